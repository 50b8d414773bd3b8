package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.Limits;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens a file within the limits, and reads a frame of each video, scaled down. Prints what came of
 * it, the bytes that were read, and the peak memory in MiB. Arguments: the beginning of the file,
 * how many bytes of zeros or noise follow, the maximum number of pixels, and whether any position
 * can be read.
 */
final class BombMain {
  private BombMain() {}

  /** The beginning, and then zeros, or noise that depends on the position. */
  private static final class LongSource implements ByteSource {
    private final byte[] head;
    private final long size;
    private final boolean noise;
    private final boolean seekable;
    private long total;

    LongSource(byte[] head, long more, boolean noise, boolean seekable) {
      this.seekable = seekable;
      this.head = head;
      this.size = head.length + more;
      this.noise = noise;
    }

    @Override
    public long size() {
      return seekable ? size : -1;
    }

    @Override
    public boolean seekable() {
      return seekable;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      if (position >= size) {
        return -1;
      }
      int count = (int) Math.min(target.remaining(), size - position);
      for (int i = 0; i < count; i++) {
        target.put(at(position + i));
      }
      total += count;
      return count;
    }

    private byte at(long position) {
      if (position < head.length) {
        return head[(int) position];
      }
      return noise ? (byte) (position * 0x9E3779B97F4A7C15L >> 56) : 0;
    }
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    byte[] head = Files.readAllBytes(Path.of(arguments[0]));
    boolean noise = arguments[1].startsWith("noise");
    long more = Long.parseLong(arguments[1].replaceAll("[a-z]", ""));
    LongSource source = new LongSource(head, more, noise, Boolean.parseBoolean(arguments[3]));
    Limits limits = Limits.DEFAULT.maxPixels(Long.parseLong(arguments[2]));
    ProcessCost cost = ProcessCost.watchedBy(Duration.ofSeconds(10));
    cost.begin();
    String outcome;
    try {
      outcome = read(MediaReader.builder().limits(limits).open(source));
    } catch (ReaderException e) {
      outcome = e.getClass().getSimpleName() + ": " + e.errorText().replaceAll("\\s+", " ");
    }
    cost.end();
    System.out.printf(
        "%s\t%d\t%d\t%d%n", outcome, source.total, ProcessCost.peakMib(), NativeOwner.openCount());
    System.exit(0);
  }

  private static String read(MediaReader opened) throws IOException {
    try (MediaReader reader = opened) {
      int frames = 0;
      VideoOutput output = VideoOutput.of(PixelLayout.RGB24).size(64, 64, Fit.STRETCH);
      for (VideoInfo video : reader.info().videos()) {
        try (VideoReader stream = reader.video(video, output)) {
          FrameCursor cursor = stream.cursor();
          frames += cursor.next() ? 1 : 0;
        }
      }
      return "read " + reader.info().streams().size() + " streams " + frames + " frames";
    }
  }
}
