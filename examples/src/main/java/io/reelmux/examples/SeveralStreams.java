package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;

/**
 * Encodes two videos and audio in two languages into one file, with titles and metadata.
 *
 * <pre>./mvnw -q package -Dexample=SeveralStreams -Dargs=out.mkv</pre>
 */
public final class SeveralStreams {

  /**
   * Runs the program.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "out.mkv");
    try (Encoder encoder = Encoder.builder().metadata("title", "Two cameras").build()) {
      // Each stream has its own size, rate, and codec.
      VideoStream wide =
          encoder.addVideo(
              VideoOptions.builder(640, 360, 30).title("Stage").quality(Quality.HIGH).build());
      VideoStream detail =
          encoder.addVideo(
              VideoOptions.builder(320, 240, 25).title("Hands").codec("libvpx-vp9").build());
      AudioStream english =
          encoder.addAudio(
              AudioOptions.builder(48_000, 2).language("eng").bitRate(128_000).build());
      AudioStream japanese =
          encoder.addAudio(
              AudioOptions.builder(44_100, 1).language("jpn").codec("libopus").build());
      encoder.openFile(file);
      // Packets are written in the order of their times, so add the streams side by side, here
      // second by second. Each stream could also be fed by a thread of its own.
      for (int second = 0; second < 3; second++) {
        addSecond(wide, Color.ORANGE, second);
        addSecond(detail, Color.CYAN, second);
        addSecond(english, 440);
        addSecond(japanese, 330);
      }
      EncodingResult result = encoder.finish();
      result.streams().forEach(System.out::println);
      // What the encoder had to adapt, such as a sample rate that Opus does not support.
      result.notes().forEach(System.out::println);
    }
  }

  private static void addSecond(VideoStream video, Color color, int second) throws IOException {
    int width = video.options().width();
    int height = video.options().height();
    int frames = (int) video.options().frameRate().toDouble();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int n = 0; n < frames; n++) {
      Graphics g = image.createGraphics();
      g.clearRect(0, 0, width, height);
      g.setColor(color);
      g.fillRect(0, height / 3, width * (second * frames + n) / (3 * frames), height / 3);
      g.dispose();
      video.addFrame(VideoFrame.of(image));
    }
  }

  private static void addSecond(AudioStream audio, int hertz) throws IOException {
    int rate = audio.options().sampleRate();
    float[] tone = new float[rate];
    for (int i = 0; i < rate; i++) {
      tone[i] = (float) (0.2 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    // [channel][sample]; these channels are all the same
    audio.addSamples(Collections.nCopies(audio.options().channels(), tone).toArray(float[][]::new));
  }
}
