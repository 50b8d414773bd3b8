package io.reelmux.demos.scene;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Encodes ten seconds of {@link Scene} and {@link Tone} into a file.
 *
 * <pre>./mvnw -q package -pl demos -am -Ddemo=scene.EncodeScene -Dargs=scene.mp4</pre>
 */
public final class EncodeScene {
  private static final int FRAME_RATE = 30;
  private static final int SAMPLE_RATE = 48_000;

  private EncodeScene() {}

  /**
   * Runs the program.
   *
   * @param args the file to write, and optionally the length in seconds
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "scene.mp4");
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    // drawing into memory needs no display
    System.setProperty("java.awt.headless", "true");
    Scene scene = new Scene(1280, 720);
    Tone tone = new Tone(SAMPLE_RATE);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(1280, 720, FRAME_RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(SAMPLE_RATE, 2));
      encoder.openFile(file);
      for (int n = 0; n < seconds * FRAME_RATE; n++) {
        video.addFrame(VideoFrame.of(scene.draw((double) n / FRAME_RATE)));
        audio.addSamples(tone.next(SAMPLE_RATE / FRAME_RATE));
      }
      EncodingResult result = encoder.finish();
      System.out.printf("%s: %d bytes%n", file, result.bytes());
    }
  }
}
