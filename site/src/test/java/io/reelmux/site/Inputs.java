package io.reelmux.site;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/** The files that blocks of code in the documentation read. */
final class Inputs {
  private static final int FRAMES = 120;

  private Inputs() {}

  /**
   * Writes in.mp4, in.mkv and in.ts (four seconds of video and a tone, a key frame each second),
   * voice.wav and cover.png, and four images below images.
   */
  static void write(Path directory) throws IOException {
    for (String name : new String[] {"in.mp4", "in.mkv", "in.ts"}) {
      video(directory.resolve(name));
    }
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(directory.resolve("voice.wav"));
      for (int n = 0; n < FRAMES; n++) {
        audio.addSamples(Surroundings.tone(n));
      }
    }
    ImageIO.write(Surroundings.draw(5), "png", directory.resolve("cover.png").toFile());
    Path images = Files.createDirectory(directory.resolve("images"));
    for (int n = 0; n < 4; n++) {
      ImageIO.write(Surroundings.draw(n), "png", images.resolve(n + ".png").toFile());
    }
  }

  private static void video(Path file) throws IOException {
    VideoOptions options =
        VideoOptions.builder(320, 180, 30)
            .codec("h264")
            .keyFramesEvery(Duration.ofSeconds(1))
            .build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(file);
      for (int n = 0; n < FRAMES; n++) {
        video.addFrame(VideoFrame.of(Surroundings.draw(n)));
        audio.addSamples(Surroundings.tone(n));
      }
    }
  }
}
