package io.reelmux.benchmarks;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.FragmentListener;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Encodes 30 frames each second, as a camera does, with the number of each frame in its top rows:
 * 16 squares, the most significant bit first. One encoding goes to all outputs.
 */
final class LiveCamera {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** Frames per second. */
  static final int RATE = 30;

  private static final int BITS = 16;
  private static final int SQUARE = WIDTH / BITS;
  private static final int SAMPLES = 48_000 / RATE;
  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final Duration PART = Duration.ofMillis(200);

  private final AtomicLongArray madeAt = new AtomicLongArray(1 << BITS);

  /** Nanoseconds by which each frame was late. */
  private final AtomicLongArray delays = new AtomicLongArray(1 << BITS);

  private final AtomicInteger made = new AtomicInteger();
  private final FragmentListener fragments;
  private final SegmentStore parts;
  private final SegmentStore segments;
  private int count = 1 << BITS;

  LiveCamera(FragmentListener fragments, SegmentStore parts, SegmentStore segments) {
    this.fragments = fragments;
    this.parts = parts;
    this.segments = segments;
  }

  /** Returns the time at which a frame was given to the encoder, in milliseconds of the epoch. */
  long madeAt(int frame) {
    return madeAt.get(frame);
  }

  /** Returns how many frames have been given to the encoder. */
  int made() {
    return made.get();
  }

  /**
   * Returns how many seconds frames were given to the encoder after their time, since the first
   * one: what the stream itself is behind the clock.
   */
  List<Double> delays(int from) {
    return IntStream.range(from, made()).mapToObj(n -> delays.get(n) / 1e9).toList();
  }

  /** Ends the stream after a number of seconds. */
  void end(int seconds) {
    count = seconds * RATE;
  }

  /** Starts the stream on a thread of its own. */
  void start() {
    Thread thread = new Thread(this::run, "camera");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, RATE)
                  .codec("libx264")
                  .preset("veryfast")
                  .lowLatency(true)
                  .build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.open(
          Output.fragments(fragments, PART),
          Output.segments(parts, SegmentOptions.hlsAndDash(LENGTH).live(6).parts(PART)),
          Output.segments(segments, SegmentOptions.hlsAndDash(LENGTH).live(6)));
      long start = System.nanoTime();
      for (int n = 0; n < count; n++) {
        long time = start + n * 1_000_000_000L / RATE;
        Thread.sleep(Math.max(0, (time - System.nanoTime()) / 1_000_000));
        delays.set(n, System.nanoTime() - time);
        madeAt.set(n, System.currentTimeMillis());
        made.set(n + 1);
        video.addFrame(VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, frame(n)));
        audio.addSamples(tone(n));
      }
      encoder.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] frame(int number) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3 / 2];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean set = (number >> (BITS - 1 - x / SQUARE) & 1) == 1;
        int moving = 60 + (x + y + 4 * number) % 128;
        pixels[y * WIDTH + x] = (byte) (y >= SQUARE ? moving : set ? 235 : 16);
      }
    }
    Arrays.fill(pixels, WIDTH * HEIGHT, pixels.length, (byte) 128);
    return pixels;
  }

  private static float[][] tone(int number) {
    float[][] samples = new float[2][SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[0][i] = samples[1][i] = (float) (0.2 * Math.sin((number * SAMPLES + i) * 0.05));
    }
    return samples;
  }
}
