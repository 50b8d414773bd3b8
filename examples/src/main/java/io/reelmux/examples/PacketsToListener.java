package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Receives encoded packets in a callback instead of writing a container, as for RTP or WebRTC. This
 * program appends them to a file, which becomes a raw H.264 stream (Annex B) that players accept.
 *
 * <pre>./mvnw -q package -Dexample=PacketsToListener -Dargs=out.h264</pre>
 */
public final class PacketsToListener {

  /**
   * Runs the program.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path path = Path.of(args.length > 0 ? args[0] : "out.h264");
    // The encoder is closed first, while the listener can still write.
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(640, 360, 30)
                  .codec("h264") // there is no container to choose it
                  .gop(30) // a key frame every second, where a receiver can join
                  .maxBFrames(0) // no reordering, for a low delay: dts equals pts
                  .build());
      encoder.openPackets(
          packet -> {
            // Called on the thread that adds frames. Parameter sets (SPS, PPS) are in the packet.
            file.write(packet.toByteArray());
            if (packet.keyFrame()) {
              System.out.printf("key frame at %s, %d bytes%n", packet.time(), packet.size());
            }
          });
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
      for (int n = 0; n < 90; n++) {
        Graphics g = image.createGraphics();
        g.clearRect(0, 0, 640, 360);
        g.fillRect(6 * n, 150, 60, 60);
        g.dispose();
        video.addFrame(VideoFrame.of(image));
      }
      EncodingResult result = encoder.finish();
      System.out.printf("%d packets%n", result.streams().get(0).packets());
    }
  }
}
