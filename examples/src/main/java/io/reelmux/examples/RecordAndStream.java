package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.OutputHandle;
import io.reelmux.OutputListener;
import io.reelmux.OutputResult;
import io.reelmux.Overflow;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Records to a file and streams at the same time, encoding once. The connection breaks midway; the
 * file is whole all the same.
 *
 * <pre>./mvnw -q package -Dexample=RecordAndStream -Dargs=recording.mp4</pre>
 */
public final class RecordAndStream {

  /**
   * Runs the program.
   *
   * @param args the file to record to
   * @throws IOException if the recording fails
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "recording.mp4");
    OutputListener listener =
        new OutputListener() {
          @Override
          public void onFailure(OutputHandle output, Throwable failure) {
            System.out.println(output.name() + " failed: " + failure.getMessage());
          }
        };
    try (Encoder encoder =
        Encoder.builder().deadline(Duration.ofSeconds(10)).outputListener(listener).build()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(640, 360, 30));
      encoder.open(
          Output.file(file).named("recording").required(true),
          // what a slow viewer cannot take is dropped, so that the recording never waits
          Output.stream(new Connection(), "mpegts")
              .named("live")
              .buffer(8 << 20, Overflow.DROP_TO_KEY_FRAME));
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
      for (int n = 0; n < 150; n++) {
        Graphics g = image.createGraphics();
        g.clearRect(0, 0, 640, 360);
        g.fillOval(20 + 4 * n % 560, 160, 40, 40);
        g.dispose();
        video.addFrame(VideoFrame.of(image));
      }
      EncodingResult result = encoder.finish();
      for (OutputResult output : result.outputs()) {
        String state = output.failure().isEmpty() ? "complete" : "incomplete";
        System.out.println(output.name() + ": " + output.container() + ", " + state);
      }
    }
  }

  /** Stands for a socket: the viewer goes away. */
  private static final class Connection extends OutputStream {
    private int left = 10_000;

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw new IOException("connection reset");
      }
    }
  }
}
