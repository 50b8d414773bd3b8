package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.RgbConversion;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice of what converts RGB. What it makes is checked by {@code Nv12ConversionTest}. */
@RequiresGpl
class RgbConversionTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  private static VideoOptions options(RgbConversion conversion) {
    return VideoOptions.builder(WIDTH, HEIGHT, 25)
        .codec("libx264")
        .preset("ultrafast")
        .qp(0)
        .rgbConversion(conversion)
        .build();
  }

  /** Large enough that a frame is held while the next is converted. */
  @Test
  void java_severalFrames_differByRoundingOnly() throws IOException {
    VideoFrame[] frames = new VideoFrame[5];
    for (int i = 0; i < frames.length; i++) {
      frames[i] =
          VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, Fixtures.moving(WIDTH, HEIGHT, i));
    }

    ReadStream library =
        MediaReader.read(Fixtures.encode(options(RgbConversion.LIBRARY), "mkv", frames)).video(0);
    ReadStream java =
        MediaReader.read(Fixtures.encode(options(RgbConversion.JAVA), "mkv", frames)).video(0);

    assertThat(java.frames()).hasSize(frames.length);
    assertThat(java.framePts()).isEqualTo(library.framePts());
    for (int i = 0; i < frames.length; i++) {
      assertSame(library.frames().get(i), java.frames().get(i));
    }
  }

  private static void assertSame(DecodedFrame expected, DecodedFrame frame) {
    assertThat(frame.components()).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      int shift = c == 0 ? 0 : 1;
      for (int y = 0; y < HEIGHT >> shift; y++) {
        for (int x = 0; x < WIDTH >> shift; x++) {
          int difference = frame.value(c, x, y) - expected.value(c, x, y);
          if (Math.abs(difference) > 1) {
            fail("component %d at %d,%d differs by %d", c, x, y, difference);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void java_layout_isConvertedOrRefused(PixelLayout layout) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(RgbConversion.JAVA));
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      VideoFrame frame =
          VideoFrame.of(layout, WIDTH, HEIGHT, new byte[(int) layout.frameBytes(WIDTH, HEIGHT)]);
      if (!layout.isYuv() && layout.bytesPerComponent() == 1) {
        video.addFrame(frame);
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> video.addFrame(frame))
            .withMessageContaining(layout.name())
            .withMessageContaining("rgbConversion JAVA converts only 8-bit RGB frames");
      }
      video.addFrame(VideoFrame.of(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB)));
    }
  }

  @Test
  void java_encoderWithoutNv12_refused() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options(RgbConversion.JAVA).toBuilder().unsetQp().codec("libx265").build());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openFileLike(output, "mkv"))
          .withMessage(
              "video 0: rgbConversion JAVA makes nv12, which libx265 does not accept: use"
                  + " libx264, or leave rgbConversion unset");
    }
    assertThat(output.toByteArray()).isEmpty();
  }
}
