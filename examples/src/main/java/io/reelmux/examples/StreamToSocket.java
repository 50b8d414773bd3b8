package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Streams video into a socket while it is encoded. Any other {@link OutputStream}, such as the body
 * of an HTTP response, works the same way. Here the receiver is a thread that saves the stream.
 *
 * <pre>./mvnw -q package -Dexample=StreamToSocket -Dargs=received.mp4</pre>
 */
public final class StreamToSocket {

  /**
   * Runs the program.
   *
   * @param args the file that the receiver writes
   * @throws IOException if the connection fails
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "received.mp4");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> receive(server, file));
      send(socket.getOutputStream());
      socket.shutdownOutput();
      System.out.printf("received %d bytes%n", received.join());
    }
  }

  private static void send(OutputStream output) throws IOException {
    // A receiver that stalls for ten seconds makes the encoder fail instead of hanging forever.
    try (Encoder encoder = Encoder.builder().deadline(Duration.ofSeconds(10)).build()) {
      // A key frame every second: MP4 is sent in fragments, and each starts at a key frame.
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(640, 360, 30).gop(30).maxBFrames(0).build());
      // An OutputStream cannot seek, so this becomes a fragmented MP4. "ts" and "mkv" work too.
      encoder.openFileLike(output, "mp4");
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
      for (int n = 0; n < 150; n++) {
        Graphics g = image.createGraphics();
        g.clearRect(0, 0, 640, 360);
        g.fillOval(20 + 4 * n % 560, 160, 40, 40);
        g.dispose();
        video.addFrame(VideoFrame.of(image));
      }
    } // close() sends the rest; the socket stays open, it is the caller's
  }

  private static long receive(ServerSocket server, Path file) {
    try (Socket socket = server.accept();
        InputStream input = socket.getInputStream()) {
      return Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
