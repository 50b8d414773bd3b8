package io.reelmux.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What programs have written below docs is what they would write now. */
class GeneratedPagesTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void files_committed_areUpToDate() throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(system.equals("Linux amd64"), "other builds of FFmpeg have other encoders");

    for (Map.Entry<String, String> file : WritePages.files(ROOT).entrySet()) {
      assertThat(Files.readString(ROOT.resolve(file.getKey())))
          .as("%s; ./mvnw -q package -pl site -am -Dsite=WritePages", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void strip_committed_showsWhatTheExampleEncodes() throws IOException {
    BufferedImage committed =
        ImageIO.read(ROOT.resolve("docs/images/video-with-audio.png").toFile());

    BufferedImage now = FrameStrip.draw();

    assertThat(committed.getWidth()).isEqualTo(now.getWidth());
    assertThat(committed.getHeight()).isEqualTo(now.getHeight());
    assertThat(difference(committed, now)).isLessThan(2);
    assertThat(orange(now))
        .as("a ball in each of %s frames", FrameStrip.FRAMES)
        .allMatch(n -> n > 30);
  }

  @Test
  void plots_haveABarOrLineForEachRow() throws IOException {
    Map<String, String> plots = new Plots(ROOT).all();

    assertThat(plots.getOrDefault("quality.svg", "").split("<polyline", -1)).hasSize(1 + 6);
    assertThat(plots.getOrDefault("performance-encode.svg", ""))
        .contains("JavaCV FFmpegFrameRecorder, RGB24", "Reelmux, RGB24 in heap arrays");
    assertThat(plots.getOrDefault("reader-fuzz.svg", "").split("<rect", -1)).hasSizeGreaterThan(30);
    assertThat(plots.values()).allMatch(svg -> !svg.contains("NaN") && !svg.contains("\n\n"));
  }

  @Test
  void bars_lengths_areInProportion() {
    List<BarChart.Bar> bars =
        List.of(new BarChart.Bar("a", List.of(100.0)), new BarChart.Bar("b", List.of(25.0)));

    String svg = new BarChart("t", List.of(""), bars, false).toSvg();

    List<Double> widths =
        Pattern.compile("<rect[^>]* width=\"([0-9.]+)\"")
            .matcher(svg)
            .results()
            .map(width -> Double.parseDouble(width.group(1)))
            .toList();
    assertThat(widths).hasSize(2);
    assertThat(widths.get(0) / widths.get(1)).isBetween(3.98, 4.02);
  }

  @Test
  void part_thatThePageLacks_isRefused() {
    assertThatThrownBy(() -> GeneratedPart.replace("# Page\n", "matrix", "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("matrix");
  }

  /** The mean difference of a component. */
  private static double difference(BufferedImage a, BufferedImage b) {
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 32; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >>> shift & 0xff) - (b.getRGB(x, y) >>> shift & 0xff));
        }
      }
    }
    return sum / (4.0 * a.getWidth() * a.getHeight());
  }

  private static List<Long> orange(BufferedImage strip) {
    return IntStream.range(0, FrameStrip.FRAMES)
        .mapToObj(
            n -> {
              int left = n * (FrameStrip.TILE_WIDTH + FrameStrip.GAP);
              return IntStream.range(0, FrameStrip.TILE_WIDTH * FrameStrip.TILE_HEIGHT)
                  .map(
                      i ->
                          strip.getRGB(left + i % FrameStrip.TILE_WIDTH, i / FrameStrip.TILE_WIDTH))
                  .filter(rgb -> (rgb >> 16 & 0xff) > 200 && (rgb & 0xff) < 90)
                  .count();
            })
        .toList();
  }
}
