package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.Color;
import java.awt.Component;
import java.awt.Frame;
import java.awt.GridLayout;
import java.awt.Robot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own, on a screen in memory that shows known colors. */
@RequiresFfmpegCli
@Timeout(120)
class ScreenRecorderTest {
  private static final int WIDTH = 161; // odd, which H.264 does not encode
  private static final int HEIGHT = 120;

  @TempDir Path directory = Path.of("");

  /** Shows red and blue, and green in the place of red while it is recorded; runs the program. */
  public static final class OnColors {
    private OnColors() {}

    /** Runs the program with these arguments. */
    public static void main(String[] args) throws Exception {
      System.setProperty("java.awt.headless", "false");
      JPanel left = panel(Color.RED);
      JWindow window = new JWindow();
      window.setLayout(new GridLayout(1, 2));
      window.add(left);
      window.add(panel(Color.BLUE));
      window.setBounds(0, 0, WIDTH, HEIGHT);
      window.setVisible(true);
      Robot robot = new Robot();
      while (!robot.getPixelColor(WIDTH / 4, HEIGHT / 2).equals(Color.RED)) {
        Thread.sleep(20);
      }
      Thread changes =
          new Thread(
              () -> {
                while (!Files.exists(Path.of(args[0]))) {
                  sleep(20);
                }
                sleep(800); // of the recording
                left.setBackground(Color.GREEN);
                if (args.length == 1) {
                  sleep(700);
                  stopButton().doClick();
                }
              });
      changes.setDaemon(true);
      changes.start();
      int exit = ScreenRecorder.run(args);
      System.exit(exit);
    }

    private static JPanel panel(Color color) {
      JPanel panel = new JPanel();
      panel.setBackground(color);
      return panel;
    }

    private static JButton stopButton() {
      for (Frame frame : Frame.getFrames()) {
        if (frame instanceof JFrame window && window.isShowing()) {
          for (Component component : window.getContentPane().getComponents()) {
            if (component instanceof JButton button) {
              return button;
            }
          }
        }
      }
      throw new AssertionError("no button is shown");
    }

    private static void sleep(int millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private ChildJvm program(Xvfb screen, Object... arguments) {
    return ChildJvm.of(OnColors.class)
        .environment("DISPLAY", screen.display())
        .jvm("-XX:TieredStopAtLevel=1")
        .with(arguments);
  }

  private static double seconds(Path file, String entry) throws Exception {
    return FfmpegCli.ffprobe(file, "-show_entries", entry).stream()
        .mapToDouble(Double::parseDouble)
        .max()
        .orElseThrow();
  }

  @Test
  void run_seconds_recordsTheScreenAtItsTimes() throws Exception {
    Path file = directory.resolve("screen.mp4");
    try (Xvfb screen = Xvfb.start(WIDTH, HEIGHT)) {
      ChildJvm.Result result = program(screen, file, 2, 10).run(Duration.ofMinutes(1));

      assertThat(result.lines()).singleElement().asString().matches("\\d+ frames, PT[12]\\..*S");
      assertThat(result.err()).contains("without sound: ");
    }
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name,width,height"))
        .containsExactly("h264,160,120");
    RawVideo video = RawVideo.rgb(file, 160, 120);
    assertThat(video.frames()).isBetween(8, 22);
    video.assertPixel(2, 40, 60, 12, 255, 0, 0);
    video.assertPixel(2, 120, 60, 12, 0, 0, 255);
    video.assertPixel(video.frames() - 1, 40, 60, 12, 0, 255, 0);
    assertThat(seconds(file, "format=duration")).isCloseTo(2, within(0.4));
    List<String> times = FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time");
    assertThat(times.stream().map(Double::parseDouble).sorted().skip(1).findFirst())
        .get()
        .as("the first capture takes longer than the others")
        .matches(time -> time > 0.09);
    GalleryStill.check("ScreenRecorder", video, 1, 3, video.frames() - 3, video.frames() - 1);
  }

  @Test
  void run_microphoneAndButton_recordsBothUntilItIsPressed() throws Exception {
    Path file = directory.resolve("screen.mp4");
    try (Xvfb screen = Xvfb.start(WIDTH, HEIGHT)) {
      ChildJvm.Result result =
          program(screen, file).jvm("-Dreelmux.test.microphone=true").run(Duration.ofMinutes(1));

      assertThat(result.lines()).hasSize(1);
      assertThat(result.err()).isEmpty();
    }
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name"))
        .containsExactly("h264", "aac");
    List<String> durations = FfmpegCli.ffprobe(file, "-show_entries", "stream=duration");
    assertThat(Double.parseDouble(durations.get(0))).isBetween(1.2, 6.0);
    assertThat(Double.parseDouble(durations.get(1)))
        .isCloseTo(Double.parseDouble(durations.get(0)), within(0.35));
    Path pcm = directory.resolve("sound.raw");
    FfmpegCli.ffmpeg(
        "-i", file.toString(), "-map", "0:a", "-f", "s16le", "-c:a", "pcm_s16le", pcm.toString());
    byte[] sound = Files.readAllBytes(pcm);
    int crossings = 0;
    for (int i = 48_000; i < 2 * 48_000; i += 2) {
      crossings += sound[i + 1] < 0 && sound[i + 3] >= 0 ? 1 : 0;
    }
    assertThat(crossings).as("of 440 Hz in half a second").isBetween(215, 225);
  }

  @Test
  void run_killed_leavesAFileThatPlays() throws Exception {
    Path file = directory.resolve("screen.mp4");
    try (Xvfb screen = Xvfb.start(WIDTH, HEIGHT)) {
      ChildJvm.Started started = program(screen, file, 60, 10).start();
      for (int i = 0; i < 600 && !(Files.exists(file) && Files.size(file) > 2500); i++) {
        Thread.sleep(50);
      }
      started.process().destroyForcibly();
      started.await(Duration.ofSeconds(10));
    }

    assertThat(RawVideo.rgb(file, 160, 120).frames()).isGreaterThan(5);
  }

  @Test
  void run_noScreen_isSaid() {
    ChildJvm.Result result =
        ChildJvm.of(ScreenRecorder.class)
            .environment("DISPLAY", "")
            .jvm("-Djava.awt.headless=true") // as the build runs examples; the program undoes it
            .with(directory.resolve("screen.mp4"), 1)
            .run(Duration.ofMinutes(1));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).startsWith("ScreenRecorder: ").contains("DISPLAY");
  }
}
