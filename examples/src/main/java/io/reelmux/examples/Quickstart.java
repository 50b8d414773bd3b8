package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The shortest complete program, which the README shows: three seconds of video and silence.
 *
 * <pre>./mvnw -q package -Dexample=Quickstart -Dargs=out.mp4</pre>
 */
public final class Quickstart {

  /**
   * Runs the program.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(640, 360, 30));
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFile(Path.of(args[0]));
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
      for (int n = 0; n < 90; n++) {
        image.getGraphics().fillRect(7 * n, 3 * n, 16, 16);
        video.addFrame(VideoFrame.of(image));
        audio.addSamples(new float[1][1600]);
      }
    }
  }
}
