package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.Rendition;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Encodes a video in three sizes at once, for players that choose by their connection. The same
 * segments serve HLS ({@code main.m3u8}) and DASH ({@code manifest.mpd}): put the folder on any web
 * server.
 *
 * <pre>./mvnw -q package -Dexample=HlsRenditions -Dargs=hls</pre>
 */
public final class HlsRenditions {
  private static final int RATE = 30;
  private static final int AUDIO_RATE = 48_000;

  /**
   * Runs the program.
   *
   * @param args the folder to write to
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "hls");
    Duration length = Duration.ofSeconds(2);
    try (Encoder encoder = Encoder.create()) {
      // Players switch between sizes where segments begin: all have their key frames there.
      VideoStream video =
          encoder.addVideo(
              VideoOptions.of(640, 360, RATE),
              List.of(
                  Rendition.of("large", 640, 360, 1_000_000),
                  Rendition.of("medium", 426, 240, 500_000),
                  Rendition.of("small", 256, 144, 200_000)));
      AudioStream audio = encoder.addAudio(AudioOptions.of(AUDIO_RATE, 1));
      // For an object store, implement SegmentStore: two methods, and three of its entries.
      encoder.open(
          Output.segments(SegmentStore.directory(folder), SegmentOptions.hlsAndDash(length)));
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
      for (int n = 0; n < 5 * RATE; n++) {
        Graphics g = image.createGraphics();
        g.clearRect(0, 0, 640, 360);
        g.fillRect(4 * n % 580, 150, 60, 60);
        g.dispose();
        video.addFrame(VideoFrame.of(image));
        audio.addSamples(tone(n * AUDIO_RATE / RATE, AUDIO_RATE / RATE));
      }
      encoder.finish();
    }
    System.out.println("play " + folder.resolve("main.m3u8"));
  }

  private static float[][] tone(int start, int count) {
    float[][] samples = new float[1][count];
    for (int i = 0; i < count; i++) {
      samples[0][i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * (start + i) / AUDIO_RATE));
    }
    return samples;
  }

  private HlsRenditions() {}
}
