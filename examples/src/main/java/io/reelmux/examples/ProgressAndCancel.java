package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.Progress;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reports progress while encoding, and cancels from another thread, as a Cancel button would. A
 * canceled file is deleted.
 *
 * <pre>./mvnw -q package -Dexample=ProgressAndCancel -Dargs="out.mp4 3"</pre>
 */
public final class ProgressAndCancel {

  /**
   * Runs the program.
   *
   * @param args the file to write, after how many seconds to cancel (3), and the number of frames
   *     (3000)
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "out.mp4");
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 3;
    int frames = args.length > 2 ? Integer.parseInt(args[2]) : 3000;
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (Encoder encoder =
        Encoder.builder().progressListener(progress -> print(progress, frames)).build()) {
      Future<?> cancellation =
          timer.schedule(encoder::cancel, (long) (seconds * 1000), TimeUnit.MILLISECONDS);
      encode(encoder, file, frames);
      cancellation.cancel(false);
      System.out.println("\nfinished: " + Files.size(file) + " bytes");
    } catch (CancellationException e) {
      // Thrown by the call that was running, or by the next one.
      System.out.println("\ncanceled; file exists: " + Files.exists(file));
    } finally {
      timer.shutdownNow();
    }
  }

  /** Called after every frame, on the thread that adds it, so it should return quickly. */
  private static void print(Progress progress, int frames) {
    if (progress.frames() % 50 == 0) {
      System.out.printf("\r%d%%, %d bytes", 100 * progress.frames() / frames, progress.bytes());
    }
  }

  private static void encode(Encoder encoder, Path file, int frames) throws IOException {
    VideoStream video = encoder.addVideo(VideoOptions.of(1280, 720, 30));
    encoder.openFile(file);
    BufferedImage image = new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR);
    for (int n = 0; n < frames; n++) {
      Graphics g = image.createGraphics();
      g.setColor(Color.getHSBColor(n / 300f, 0.6f, 0.7f));
      g.fillRect(0, 0, 1280, 720);
      g.dispose();
      video.addFrame(VideoFrame.of(image));
    }
    encoder.finish();
  }
}
