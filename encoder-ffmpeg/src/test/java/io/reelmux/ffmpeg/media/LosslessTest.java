package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.testing.media.DecodedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Quality#LOSSLESS} is bit-exact for every encoder and layout, or refused. */
class LosslessTest {
  private static final Pattern ADVICE =
      Pattern.compile("set pixelFormat to one of: ([a-z0-9_, ]+)");

  /** Floats, and what FFmpeg does not decode. */
  private static final Set<String> UNREAD = VideoEncoders.UNDECODED;

  private static final List<PixelLayout> LAYOUTS =
      List.of(
          PixelLayout.RGB24,
          PixelLayout.RGBA,
          PixelLayout.GRAY8,
          PixelLayout.GRAY16,
          PixelLayout.RGB48,
          PixelLayout.I420,
          PixelLayout.I422,
          PixelLayout.I444,
          PixelLayout.I420_10,
          PixelLayout.I422_10,
          PixelLayout.I444_10);

  /** Encoders with at least one exact form, by a list of its own that must not shrink. */
  static final Set<String> LOSSLESS =
      Set.of(
          "alias_pix",
          "apng",
          "avrp",
          "bitpacked",
          "bmp",
          "dpx",
          "ffv1",
          "ffvhuff",
          "fits",
          "flashsv",
          "gif",
          "huffyuv",
          "jpeg2000",
          "libaom-av1",
          "libsvtav1",
          "libvpx-vp9",
          "libwebp",
          "libwebp_anim",
          "libx264",
          "libx264rgb",
          "libx265",
          "ljpeg",
          "magicyuv",
          "pam",
          "pcx",
          "pgm",
          "pgmyuv",
          "png",
          "ppm",
          "qoi",
          "qtrle",
          "r10k",
          "r210",
          "rawvideo",
          "sgi",
          "snow",
          "sunrast",
          "targa",
          "tiff",
          "utvideo",
          "v308",
          "v408",
          "v410",
          "xwd",
          "yuv4",
          "zlib",
          "zmbv");

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.media.VideoEncoders#names")
  void lossless_everyEncoderAndLayout_isExactOrRefused(String encoder) throws IOException {
    int exact = 0;
    for (PixelLayout layout : LAYOUTS) {
      VideoOptions.Builder options =
          VideoEncoders.options(encoder, 64, 64)
              .quality(Quality.LOSSLESS)
              .alpha(layout.hasAlpha() ? AlphaMode.KEEP : AlphaMode.DROP);
      try {
        assertExact(layout, options.build());
        exact++;
      } catch (IllegalArgumentException refusal) {
        for (String format : advice(refusal)) {
          if (encoder.startsWith("libvpx") && format.startsWith("yuva")) {
            // the container of this test does not hold its alpha
            continue;
          }
          VideoOptions.Builder other = options.pixelFormat(format);
          if (layout.isGray()) {
            other.color(ColorSpec.BT709_FULL);
          }
          assertExact(layout, other.build());
          exact++;
        }
      }
    }
    assertThat(exact > 0).as(encoder).isEqualTo(LOSSLESS.contains(encoder));
  }

  private static List<String> advice(IllegalArgumentException refusal) {
    String text = refusal.getMessage();
    Matcher advice = ADVICE.matcher(text);
    if (!advice.find()) {
      assertThat(text)
          .containsAnyOf(
              "cannot encode losslessly",
              "another codec",
              "does not support alpha",
              "rgba only",
              "cannot store the alpha of");
      return List.of();
    }
    return List.of(advice.group(1).split(", "));
  }

  private static void assertExact(PixelLayout layout, VideoOptions options) throws IOException {
    int width = options.width();
    int height = options.height();
    byte[] pixels = Fixtures.noise((int) layout.frameBytes(width, height), 7);
    if (layout.isYuv() && layout.bytesPerComponent() == 2) {
      for (int i = 1; i < pixels.length; i += 2) {
        pixels[i] &= 3;
      }
    }
    VideoEncoders.Encoded encoded =
        VideoEncoders.encode(options, List.of(VideoFrame.of(layout, width, height, pixels)));
    if (UNREAD.contains(options.codec().orElseThrow())) {
      return;
    }
    String what = options.codec().get() + " " + layout + " as " + encoded.frames().get(0).format;
    assertThat(encoded.result().notes()).as(what).noneMatch(note -> note.contains("exactly"));
    assertThat(values(encoded.frames().get(0), layout)).as(what).isEqualTo(words(pixels, layout));
  }

  /** Returns the decoded values in the order of the layout, at its depth. */
  private static int[] values(DecodedFrame frame, PixelLayout layout) {
    List<Integer> values = new ArrayList<>();
    if (layout.isYuv()) {
      for (int c = 0; c < 3; c++) {
        int rows = c == 0 ? frame.height : frame.chromaHeight();
        int columns = c == 0 ? frame.width : frame.chromaWidth();
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < columns; x++) {
            int bits = layout.bytesPerComponent() == 1 ? 8 : 10;
            values.add(frame.value(c, x, y) >> Math.max(0, frame.depth() - bits));
          }
        }
      }
    } else {
      int count = layout.isGray() ? 1 : layout.hasAlpha() ? 4 : 3;
      double white = layout.bytesPerComponent() == 1 ? 255 : 65_535;
      for (int y = 0; y < frame.height; y++) {
        for (int x = 0; x < frame.width; x++) {
          for (int c = 0; c < count; c++) {
            double unit = (1 << frame.depth()) - 1;
            values.add((int) Math.round(white * frame.value(c, x, y) / unit));
          }
        }
      }
    }
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] words(byte[] pixels, PixelLayout layout) {
    int[] words = new int[pixels.length / layout.bytesPerComponent()];
    ByteBuffer buffer = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < words.length; i++) {
      words[i] = layout.bytesPerComponent() == 1 ? buffer.get() & 0xFF : buffer.getShort() & 0xFFFF;
    }
    return words;
  }
}
