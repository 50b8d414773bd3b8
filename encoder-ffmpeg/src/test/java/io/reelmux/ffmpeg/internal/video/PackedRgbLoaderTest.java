package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ARGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.Repacker;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each byte is copied to its position in its plane. */
class PackedRgbLoaderTest {

  /** More rows than a strip has at any of the tested widths. */
  private static final int MANY_ROWS = 700;

  /** A layout, its pixel format, and the offsets of R, G, B and A within a pixel. */
  private enum Packed {
    RGB24(PixelLayout.RGB24, AV_PIX_FMT_RGB24, 0, 1, 2),
    BGR24(PixelLayout.BGR24, AV_PIX_FMT_BGR24, 2, 1, 0),
    RGBA(PixelLayout.RGBA, AV_PIX_FMT_RGBA, 0, 1, 2, 3),
    BGRA(PixelLayout.BGRA, AV_PIX_FMT_BGRA, 2, 1, 0, 3),
    ARGB(PixelLayout.ARGB, AV_PIX_FMT_ARGB, 1, 2, 3, 0),
    ABGR(PixelLayout.ABGR, AV_PIX_FMT_ABGR, 3, 2, 1, 0);

    final PixelLayout layout;
    final int format;
    final int[] offsets;

    Packed(PixelLayout layout, int format, int... offsets) {
      this.layout = layout;
      this.format = format;
      this.offsets = offsets;
    }

    boolean hasAlpha() {
      return offsets.length > 3;
    }
  }

  /** The planes of R, G, B and A in FFmpeg's planar RGB. */
  private static final int[] PLANES = {2, 0, 1, 3};

  @ParameterizedTest
  @EnumSource
  void load_anySize_putsEachComponentIntoItsPlane(Packed packed) throws EncoderException {
    for (int width : IntStream.rangeClosed(1, 130).toArray()) {
      check(packed, AV_PIX_FMT_GBRP, width, 1 + width % 7);
    }
    check(packed, AV_PIX_FMT_GBRP, 1001, MANY_ROWS);
    check(packed, AV_PIX_FMT_GBRP, 1, 32_767);
    check(packed, AV_PIX_FMT_GBRP, 32_767, 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"RGBA", "BGRA", "ARGB", "ABGR"})
  void load_alphaKept_putsItIntoItsPlane(Packed packed) throws EncoderException {
    for (int width : IntStream.rangeClosed(1, 70).toArray()) {
      check(packed, AV_PIX_FMT_GBRAP, width, 2);
    }
    check(packed, AV_PIX_FMT_GBRAP, 1001, MANY_ROWS);
  }

  @Test
  void load_earlierFrameStillHeld_doesNotOverwriteIt() throws EncoderException {
    checkHeld(new PairSplitter(AV_PIX_FMT_RGB24, AV_PIX_FMT_GBRP, 300, MANY_ROWS));
    checkHeld(new RepackSplitter(AV_PIX_FMT_RGB24, AV_PIX_FMT_GBRP, 300, MANY_ROWS));
  }

  private static void checkHeld(StripSplitter splitter) throws EncoderException {
    byte[] first = pixels(Packed.RGB24, 300, MANY_ROWS);
    byte[] second = first.clone();
    second[0]++;
    second[second.length - 1]++;
    try (PackedRgbLoader loader = new PackedRgbLoader(splitter, RowPass.none());
        Frame held = Frame.allocate()) {
      AVFrame loaded = loader.load(VideoFrame.of(Packed.RGB24.layout, 300, MANY_ROWS, first));
      assertThat(avutil.av_frame_ref(held.struct(), loaded)).isZero();

      AVFrame next = loader.load(VideoFrame.of(Packed.RGB24.layout, 300, MANY_ROWS, second));

      compare(Packed.RGB24, held.struct(), first, 300, MANY_ROWS);
      compare(Packed.RGB24, next, second, 300, MANY_ROWS);
    }
  }

  private static byte[] pixels(Packed packed, int width, int height) {
    byte[] pixels = new byte[packed.offsets.length * width * height];
    new Random(31L * width + height).nextBytes(pixels);
    return pixels;
  }

  private static void check(Packed packed, int planarFormat, int width, int height)
      throws EncoderException {
    check(packed, new PairSplitter(packed.format, planarFormat, width, height), width, height);
    if (Repacker.supports(packed.format, planarFormat)) {
      check(packed, new RepackSplitter(packed.format, planarFormat, width, height), width, height);
    }
  }

  private static void check(Packed packed, StripSplitter splitter, int width, int height)
      throws EncoderException {
    byte[] pixels = pixels(packed, width, height);
    try (PackedRgbLoader loader = new PackedRgbLoader(splitter, RowPass.none())) {
      AVFrame frame = loader.load(VideoFrame.of(packed.layout, width, height, pixels));

      assertThat(loader.format()).isEqualTo(splitter.planar().struct().format());
      compare(packed, frame, pixels, width, height);
    }
  }

  private static void compare(Packed packed, AVFrame frame, byte[] pixels, int width, int height) {
    boolean alpha = packed.hasAlpha() && frame.format() == AV_PIX_FMT_GBRAP;
    byte[] actual = new byte[width];
    byte[] expected = new byte[width];
    for (int component = 0; component < (alpha ? 4 : 3); component++) {
      int plane = PLANES[component];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          expected[x] = pixels[(y * width + x) * packed.offsets.length + packed.offsets[component]];
        }
        frame.data(plane).position((long) y * frame.linesize(plane)).get(actual);
        assertThat(actual)
            .as("%s %dx%d, component %d, row %d", packed, width, height, component, y)
            .isEqualTo(expected);
      }
    }
  }
}
