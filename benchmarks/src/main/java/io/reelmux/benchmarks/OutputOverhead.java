package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a second output costs: the CPU time of its thread beside that of the process, for 1280x720,
 * libx264 veryfast, MP4 and MPEG-TS. The process's own time varies by more than this from run to
 * run, so the two are not compared by subtraction.
 *
 * <p>Arguments: number of turns, number of frames.
 */
public final class OutputOverhead {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private OutputOverhead() {}

  /**
   * Runs the program.
   *
   * @param args turns and frames
   * @throws IOException if encoding fails
   */
  public static void main(String[] args) throws IOException {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int frames = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    List<byte[]> clip = clip();
    for (int i = 0; i < turns; i++) {
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      Timed second = new Timed();
      long start = system.getProcessCpuTime();
      encode(clip, frames, second);
      double all = (system.getProcessCpuTime() - start) / 1e9;
      double own = second.nanos / 1e9;
      System.out.printf(
          Locale.ROOT,
          "process %.3f s, thread of the second output %.4f s: %.2f %%%n",
          all,
          own,
          100 * own / all);
    }
  }

  /** Notes the CPU time of the output's thread when the output is complete. */
  private static final class Timed extends OutputStream {
    private volatile long nanos;

    @Override
    public void write(int value) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void flush() {
      nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }

  private static void encode(List<byte[]> clip, int frames, OutputStream second)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 30)
                  .codec("libx264")
                  .preset("veryfast")
                  .bitRate(3_000_000)
                  .build());
      encoder.open(
          Output.stream(OutputStream.nullOutputStream(), "mp4"), Output.stream(second, "mpegts"));
      for (int n = 0; n < frames; n++) {
        video.addFrame(VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, clip.get(n % clip.size())));
      }
    }
  }

  private static List<byte[]> clip() {
    Random random = new Random(1);
    List<byte[]> frames = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      byte[] i420 = new byte[WIDTH * HEIGHT * 3 / 2];
      for (int i = 0; i < i420.length; i++) {
        double across = Math.sin((i % WIDTH + 6 * k) / 40.0);
        double wave = 60 * across * Math.cos((i / WIDTH - 4 * k) / 30.0);
        i420[i] = (byte) (i < WIDTH * HEIGHT ? 128 + (int) wave + random.nextInt(8) : 128);
      }
      frames.add(i420);
    }
    return frames;
  }
}
