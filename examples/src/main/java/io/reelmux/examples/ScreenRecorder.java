package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.AWTError;
import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * Records the screen, at the times at which it was captured, and the microphone on a thread of its
 * own if there is one. A program that is killed leaves a file that can be played.
 *
 * <pre>./mvnw -q package -Dexample=ScreenRecorder -Dargs="screen.mp4 10"</pre>
 */
public final class ScreenRecorder {
  private static final String HELP =
      """
      ScreenRecorder OUT [SECONDS [RATE]]
        OUT      the file to write, such as screen.mp4
        SECONDS  to record; without it, a button stops the recording
        RATE     captures per second, at most (15)""";

  private static final AudioFormat SOUND = new AudioFormat(48_000, 16, 1, true, false);

  private volatile boolean stopped;

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
    System.setProperty("java.awt.headless", "false");
    try {
      double seconds = args.length > 1 ? Double.parseDouble(args[1]) : Double.MAX_VALUE;
      int rate = args.length > 2 ? Integer.parseInt(args[2]) : 15;
      new ScreenRecorder().record(Path.of(args[0]), seconds, rate);
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "ScreenRecorder: SECONDS and RATE must be numbers, RATE a whole one; --help explains them");
      return 1;
    } catch (AWTError | AWTException | IOException | InterruptedException | RuntimeException e) {
      System.err.println("ScreenRecorder: " + e.getMessage());
      return 1;
    }
  }

  private void record(Path file, double seconds, int rate)
      throws AWTException, IOException, InterruptedException {
    Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    screen.setSize(screen.width & ~1, screen.height & ~1); // as H.264 requires
    Robot robot = new Robot();
    VideoOptions options =
        VideoOptions.builder(screen.width, screen.height, rate)
            .variableFrameRate(true)
            .speed(Speed.FAST)
            .lowLatency(true) // a killed process loses no frames that wait in the encoder
            .build();
    try (TargetDataLine microphone = microphone();
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      AudioStream audio = microphone == null ? null : encoder.addAudio(AudioOptions.of(SOUND));
      encoder.openFile(file);
      if (seconds == Double.MAX_VALUE) {
        SwingUtilities.invokeLater(this::showButton);
      }
      long start = System.nanoTime();
      CompletableFuture<Void> listening =
          audio == null
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.runAsync(() -> listen(microphone, audio));
      int frames = 0;
      for (long time = 0; !stopped && time < seconds * 1e9; time = System.nanoTime() - start) {
        VideoFrame frame = VideoFrame.of(robot.createScreenCapture(screen));
        video.addFrame(frame.withPts(Duration.ofNanos(time)));
        frames++;
        long next = start + time + 1_000_000_000 / rate;
        Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
      }
      stopped = true;
      video.end(Duration.ofNanos(System.nanoTime() - start)); // the last frame is shown until now
      listening.join();
      System.out.println(frames + " frames, " + encoder.finish().duration());
    }
  }

  private void showButton() {
    JButton stop = new JButton("Stop recording");
    stop.addActionListener(event -> stopped = true);
    JFrame window = new JFrame("ScreenRecorder");
    window.add(stop);
    window.pack();
    window.setAlwaysOnTop(true);
    window.setVisible(true);
  }

  /** Returns the open microphone, or null if there is none. */
  private static @Nullable TargetDataLine microphone() {
    try {
      TargetDataLine line = AudioSystem.getTargetDataLine(SOUND);
      line.open(SOUND);
      return line;
    } catch (LineUnavailableException | IllegalArgumentException e) {
      System.err.println("without sound: " + e.getMessage());
      return null;
    }
  }

  private void listen(TargetDataLine microphone, AudioStream audio) {
    byte[] bytes = new byte[SOUND.getFrameSize() * 4800]; // a tenth of a second
    microphone.start();
    try {
      while (!stopped) {
        int read = microphone.read(bytes, 0, bytes.length);
        audio.addSamples(AudioSamples.of(SOUND, Arrays.copyOf(bytes, read)));
      }
      audio.end();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
