package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.EncoderInfo;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.codec.PixelFormats;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What opening a stream accepts can be encoded: every pixel format from every layout. */
class ReachTest {
  private static final int SIDE = 32;

  @BeforeAll
  static void load() throws EncoderException {
    NativeLibraries.load();
  }

  /** The formats that the raw encoder accepts, which has no list of its own. */
  private static Set<Integer> accepted() {
    AVCodec raw = Codecs.find("rawvideo").orElseThrow();
    Set<Integer> accepted = new LinkedHashSet<>();
    for (String name : PixelFormat.names()) {
      try {
        accepted.add(
            PixelFormats.choose(
                raw,
                VideoOptions.builder(64, 64, 25).pixelFormat(name).build(),
                Container.PACKETS_ONLY));
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining(name);
      }
    }
    return accepted;
  }

  private static VideoFrame frame(PixelLayout layout, int width, int height) {
    return VideoFrame.of(layout, width, height, new byte[(int) layout.frameBytes(width, height)]);
  }

  @Test
  void convert_everyAcceptedFormat_fromEveryLayout() {
    List<String> failures = new ArrayList<>();
    for (int format : accepted()) {
      for (PixelLayout layout : PixelLayout.values()) {
        tryOut(format, layout, SIDE, SIDE, failures);
        if (layout == PixelLayout.RGB24
            || layout == PixelLayout.GRAY16
            || layout == PixelLayout.NV12
            || layout == PixelLayout.RGBA_F32) {
          tryOut(format, layout, 15, 9, failures);
        }
      }
    }

    assertThat(failures).isEmpty();
    assertThat(accepted()).hasSizeGreaterThan(150);
  }

  private static void tryOut(
      int pixelFormat, PixelLayout layout, int width, int height, List<String> failures) {
    for (ColorSpec color : List.of(ColorSpec.BT709_LIMITED, ColorSpec.BT709_FULL)) {
      FrameFormat format =
          new FrameFormat(
              pixelFormat,
              SIDE,
              SIDE,
              color,
              ColorSpec.BT709_LIMITED,
              avutil.AVCHROMA_LOC_LEFT,
              AlphaMode.DROP,
              0);
      try (HostFeed feed = new HostFeed(format, Fit.CONTAIN, null)) {
        AVFrame converted = feed.convert(frame(layout, width, height));
        if (converted.format() != pixelFormat || converted.width() != SIDE) {
          failures.add(PixelFormat.name(pixelFormat) + " from " + layout + ": another format");
        }
      } catch (EncoderException | RuntimeException e) {
        failures.add(PixelFormat.name(pixelFormat) + " from " + layout + ": " + e.getMessage());
      }
    }
  }

  @Test
  void addFrame_everyFormatOfEveryEncoder_isEncoded() throws IOException {
    List<String> failures = new ArrayList<>();
    int opened = 0;
    for (EncoderInfo info : EncoderCatalog.load().encoders(StreamKind.VIDEO)) {
      for (String format : info.formats()) {
        if (encode(info.name(), format, failures)) {
          opened++;
        }
      }
    }

    assertThat(failures).isEmpty();
    assertThat(opened).isGreaterThan(300);
  }

  /** Returns whether opening accepts the format. */
  private static boolean encode(String codec, String format, List<String> failures)
      throws IOException {
    for (int[] size : new int[][] {{64, 64}, {176, 144}, {48, 48}, {720, 576}}) {
      try (Encoder encoder = Encoder.create()) {
        VideoStream video =
            encoder.addVideo(
                VideoOptions.builder(size[0], size[1], 25)
                    .codec(codec)
                    .pixelFormat(format)
                    .fit(Fit.STRETCH)
                    .build());
        try {
          encoder.openPackets(packet -> {});
        } catch (IllegalArgumentException | EncoderException e) {
          continue;
        }
        video.addFrame(frame(PixelLayout.RGB24, 16, 16));
        video.addFrame(frame(PixelLayout.GRAY16, 16, 16));
        video.addFrame(frame(PixelLayout.I420, size[0], size[1]));
        encoder.finish();
        return true;
      } catch (IOException | RuntimeException e) {
        failures.add(codec + " " + format + ": " + e.getMessage());
        return true;
      }
    }
    return false;
  }
}
