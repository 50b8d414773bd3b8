package example;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.MediaReader;
import java.io.IOException;
import java.nio.file.Path;

/** Encodes a file with video and audio, and reads it back. */
public final class Main {
  private Main() {}

  /** Writes the file that is named. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, 25));
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFile(file);
      for (int n = 0; n < 25; n++) {
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 48, new byte[64 * 48 * 3]));
        audio.addSamples(new float[1][1920]);
      }
      System.out.println(encoder.finish().backend());
    }
    try (MediaReader reader = MediaReader.open(file)) {
      long frames = reader.video().frameCount();
      if (frames != 25 || reader.info().audios().size() != 1) {
        throw new IllegalStateException(frames + " frames, " + reader.info());
      }
    }
    boolean named = Main.class.getModule().isNamed();
    System.out.println("encoded and read on the " + (named ? "module path" : "class path"));
  }
}
