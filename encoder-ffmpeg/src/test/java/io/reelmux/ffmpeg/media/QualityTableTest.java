package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.PageTable;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.DecodedFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures each level of {@link Quality} with every encoder, and writes docs/quality.md. */
@RequiresGpl
@RequiresFfmpegCli
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
class QualityTableTest {
  private static final Path PAGE = Path.of("..", "docs", "quality.md");
  private static final int WIDTH = 320;
  private static final int HEIGHT = 192;
  private static final int FRAMES = 24;

  @TempDir Path directory;

  private final List<String> problems = new ArrayList<>();

  /** A level of an encoder; nothing is measured if FFmpeg does not decode the packets alone. */
  private record Level(long bytes, Measured measured) {
    static final Measured UNKNOWN = new Measured(Double.NaN, Double.NaN, Double.NaN);

    String size() {
      return String.format(Locale.ROOT, "%.1f", bytes / 1000.0);
    }

    String psnr() {
      return Double.isNaN(measured.psnrY())
          ? "-"
          : String.format(Locale.ROOT, "%.1f / %.1f", measured.psnrY(), measured.psnrAll());
    }

    String ssim() {
      return Double.isNaN(measured.ssim())
          ? "-"
          : String.format(Locale.ROOT, "%.4f", measured.ssim());
    }
  }

  /** What an encoder makes of the levels; these are empty if it refuses all of them. */
  private record Row(String encoder, String size, List<Level> levels, String lossless) {
    String cells(Function<Level, String> cell) {
      return "| %s | %s |"
          .formatted(encoder, levels.stream().map(cell).collect(Collectors.joining(" | ")));
    }
  }

  @Test
  void levels_everyEncoder_areMeasured() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String encoder : VideoEncoders.names().sorted().toList()) {
      rows.add(row(encoder));
    }

    assertThat(problems).isEmpty();
    PageTable.replace(PAGE, "QualityTableTest", tables(rows));
  }

  private Row row(String encoder) throws IOException {
    VideoOptions.Builder options = VideoEncoders.options(encoder, WIDTH, HEIGHT);
    VideoOptions plain = options.build();
    List<byte[]> clip = NoisyClip.frames(plain.width(), plain.height(), FRAMES);
    List<Level> levels =
        QualityTest.WITH_QUALITY.contains(encoder) ? levels(encoder, options, clip) : List.of();
    String size = plain.width() + "x" + plain.height();
    return new Row(encoder, size, levels, lossless(options.quality(Quality.LOSSLESS), clip));
  }

  private List<Level> levels(String encoder, VideoOptions.Builder options, List<byte[]> clip)
      throws IOException {
    List<Level> levels = new ArrayList<>();
    for (Quality quality : QualityTest.LEVELS) {
      VideoOptions asked = options.quality(quality).build();
      VideoEncoders.Encoded encoded = VideoEncoders.encode(asked, frames(asked, clip));
      boolean decoded = !encoded.frames().isEmpty();
      Level level =
          new Level(
              encoded.bytes(),
              decoded ? Measured.of(encoded.frames(), clip, directory) : Level.UNKNOWN);
      if (!levels.isEmpty()) {
        compare(encoder + " " + quality, level, levels.get(levels.size() - 1));
      }
      levels.add(level);
    }
    return levels;
  }

  /** SSIM is not compared: where noise is half gone, it may be lower than where all of it is. */
  private void compare(String what, Level level, Level last) {
    boolean decoded = !Double.isNaN(level.measured.psnrY());
    if (level.bytes <= last.bytes
        || (decoded && level.measured.psnrY() <= last.measured.psnrY())
        || (decoded && level.measured.psnrAll() <= last.measured.psnrAll())) {
      problems.add("%s: %s after %s".formatted(what, level, last));
    }
  }

  private static List<VideoFrame> frames(VideoOptions options, List<byte[]> clip) {
    return clip.stream()
        .map(rgb -> Fixtures.rgb24(options.width(), options.height(), rgb))
        .toList();
  }

  /** Encodes the clip losslessly, or frames of 4:2:0 if the encoder does not hold RGB. */
  private String lossless(VideoOptions.Builder options, List<byte[]> clip) throws IOException {
    VideoOptions asked = options.build();
    try {
      VideoEncoders.Encoded encoded = VideoEncoders.encode(asked, frames(asked, clip));
      if (encoded.frames().isEmpty()) {
        return kilobytes(encoded) + ", not decoded";
      }
      for (int i = 0; i < clip.size(); i++) {
        if (!isExact(encoded.frames().get(i), clip.get(i))) {
          problems.add("frame " + i + " of " + asked.codec().orElseThrow() + " is not lossless");
        }
      }
      return kilobytes(encoded);
    } catch (IllegalArgumentException refusal) {
      String codec = asked.codec().orElseThrow();
      return LosslessTest.LOSSLESS.contains(codec)
          ? losslessI420(asked, clip)
          : "refused: " + reason(refusal);
    }
  }

  /** Formats of more bits hold values of eight that are not whole, but near. */
  private static boolean isExact(DecodedFrame frame, byte[] rgb) {
    double[] decoded = frame.rgb();
    return decoded.length == rgb.length
        && IntStream.range(0, rgb.length).allMatch(i -> Math.round(decoded[i]) == (rgb[i] & 0xFF));
  }

  private String losslessI420(VideoOptions options, List<byte[]> clip) throws IOException {
    int chroma = options.width() * options.height() / 2;
    List<byte[]> planes = clip.stream().map(rgb -> i420(rgb, chroma)).toList();
    try {
      VideoEncoders.Encoded encoded =
          VideoEncoders.encode(
              options,
              planes.stream()
                  .map(
                      frame ->
                          VideoFrame.of(PixelLayout.I420, options.width(), options.height(), frame))
                  .toList());
      for (int i = 0; i < planes.size(); i++) {
        if (!Arrays.equals(encoded.frames().get(i).bytes(), planes.get(i))) {
          problems.add(options.codec().orElseThrow() + " is not lossless");
        }
      }
      return kilobytes(encoded) + " (I420)";
    } catch (IllegalArgumentException refusal) {
      return "frames of other layouts only: " + reason(refusal);
    }
  }

  /** Green as brightness, and red, with other pixels side by side, as both chroma planes. */
  private static byte[] i420(byte[] rgb, int chroma) {
    byte[] i420 = new byte[2 * chroma + chroma];
    for (int i = 0; i < 2 * chroma; i++) {
      i420[i] = rgb[3 * i + 1];
    }
    for (int i = 0; i < chroma; i++) {
      i420[2 * chroma + i] = rgb[6 * i];
    }
    return i420;
  }

  private static String kilobytes(VideoEncoders.Encoded encoded) {
    return new Level(encoded.bytes(), Level.UNKNOWN).size();
  }

  /** The first part of a message, without the encoders or formats that it lists. */
  private static String reason(IllegalArgumentException refusal) {
    return String.valueOf(refusal.getMessage())
        .replaceFirst("^video 0: ", "")
        .replaceFirst("(;|: set |: use ).*", "")
        .replace("|", "\\|");
  }

  private static List<String> tables(List<Row> rows) {
    List<Row> measured = rows.stream().filter(row -> !row.levels.isEmpty()).toList();
    List<String> lines = new ArrayList<>();
    lines.add(PageTable.machine());
    addLevels(lines, "Size, in thousands of bytes", measured, Level::size);
    addLevels(lines, "PSNR of brightness / of all components, in dB", measured, Level::psnr);
    addLevels(lines, "SSIM", measured, Level::ssim);
    lines.add("");
    lines.add("### LOSSLESS");
    lines.add("");
    lines.add("| encoder | frames | LOWEST to HIGHEST | LOSSLESS, in thousands of bytes |");
    lines.add("| --- | --- | --- | --- |");
    for (Row row : rows) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  row.encoder,
                  row.size,
                  row.levels.isEmpty() ? "refused: no constant quality" : "above",
                  row.lossless));
    }
    return lines;
  }

  private static void addLevels(
      List<String> lines, String title, List<Row> rows, Function<Level, String> cell) {
    lines.add("");
    lines.add("### " + title);
    lines.add("");
    lines.add(
        QualityTest.LEVELS.stream()
            .map(Quality::name)
            .collect(Collectors.joining(" | ", "| encoder | ", " |")));
    lines.add("| --- " + "| --: ".repeat(QualityTest.LEVELS.size()) + "|");
    rows.forEach(row -> lines.add(row.cells(cell)));
  }
}
