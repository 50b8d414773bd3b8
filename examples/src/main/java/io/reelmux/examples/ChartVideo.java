package io.reelmux.examples;

import io.reelmux.AlphaMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Animates a chart of XChart that has no background: WebM keeps it transparent, MP4 and GIF get a
 * white one.
 *
 * <pre>./mvnw -q package -Dexample=ChartVideo -Dargs=chart.webm</pre>
 */
public final class ChartVideo {
  private static final String HELP =
      """
      ChartVideo OUT [WIDTH HEIGHT [FRAMES]]
        OUT           an .mp4, .gif or .webm file; .webm is transparent
        WIDTH HEIGHT  in pixels (640 360)
        FRAMES        at 25 per second (100)""";

  private static final Color TRANSPARENT = new Color(0, true);

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns the exit code. */
  static int run(String... args) {
    boolean help = List.of(args).contains("--help");
    if (help || args.length == 0) {
      (help ? System.out : System.err).println(HELP);
      return help ? 0 : 2;
    }
    try {
      int width = args.length > 2 ? Integer.parseInt(args[1]) : 640;
      int height = args.length > 2 ? Integer.parseInt(args[2]) : 360;
      write(Path.of(args[0]), width, height, args.length > 3 ? Integer.parseInt(args[3]) : 100);
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "ChartVideo: WIDTH, HEIGHT and FRAMES must be whole numbers; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("ChartVideo: " + e.getMessage());
      return 1;
    }
  }

  private static void write(Path file, int width, int height, int frames) throws IOException {
    boolean webm = file.toString().endsWith(".webm");
    VideoOptions.Builder options = VideoOptions.builder(width, height, 25);
    if (webm) {
      options.alpha(AlphaMode.KEEP).speed(Speed.FAST); // VP9 is slow by default
    } else {
      // by default alpha is dropped, and transparent black becomes black
      options.alpha(AlphaMode.FLATTEN).background(0xFFFFFF);
    }
    double[] x = new double[frames];
    double[] y = new double[frames];
    for (int i = 0; i < frames; i++) {
      x[i] = i / 25.0;
      y[i] = Math.sin(2 * x[i]) * Math.exp(-x[i] / 4);
    }
    XYChart chart = chart(width, height, x, y);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options.build());
      encoder.openFile(file);
      for (int n = 1; n <= frames; n++) {
        chart.updateXYSeries("value", Arrays.copyOf(x, n), Arrays.copyOf(y, n), null);
        Graphics2D g = image.createGraphics();
        g.setBackground(TRANSPARENT);
        g.clearRect(0, 0, width, height);
        chart.paint(g, width, height);
        g.dispose();
        video.addFrame(VideoFrame.of(image));
      }
      EncodingResult result = encoder.finish();
      System.out.println(frames + " frames, " + result.bytes() + " bytes");
      result.notes().forEach(System.out::println);
    }
  }

  private static XYChart chart(int width, int height, double[] x, double[] y) {
    XYChart chart = new XYChartBuilder().width(width).height(height).title("Damped").build();
    chart.addSeries("value", x, y).setMarker(SeriesMarkers.NONE).setLineColor(Color.RED);
    chart.getStyler().setChartBackgroundColor(TRANSPARENT).setLegendVisible(false);
    chart.getStyler().setPlotBackgroundColor(TRANSPARENT).setPlotBorderVisible(false);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(x[x.length - 1] + 0.04);
    chart.getStyler().setYAxisMin(-1.0).setYAxisMax(1.0);
    return chart;
  }
}
