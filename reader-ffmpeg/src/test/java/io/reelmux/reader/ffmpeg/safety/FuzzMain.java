package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.AudioSamples;
import io.reelmux.ChannelLayout;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Damage;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.Limits;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Damages files again and again, and reads all of them. Prints the number of each damaged file, and
 * at the end what has come of them. Arguments: the first number, how many, whole files.
 */
final class FuzzMain {
  private static final Limits LIMITS = Limits.DEFAULT.maxPixels(1 << 20).maxMemory(64L << 20);

  /** Any frame is converted to this size, so that memory of the JVM does not count. */
  private static final int SIZE = 64;

  private static final int CHUNK = 1024;

  private final Set<String> failures = new HashSet<>();
  private int opened;
  private int refused;
  private int failedCalls;
  private long frames;
  private long samples;
  private long packets;

  private FuzzMain() {}

  /** A part of the reading of a file. */
  private interface Step {
    void run() throws IOException;
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    int first = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<byte[]> seeds = new ArrayList<>();
    for (String file : List.of(arguments).subList(2, arguments.length)) {
      seeds.add(Files.readAllBytes(Path.of(file)));
    }
    FuzzMain main = new FuzzMain();
    ProcessCost cost = ProcessCost.watchedBy(Duration.ofSeconds(5));
    for (int number = first; number < first + count; number++) {
      System.out.println("file " + number);
      cost.begin();
      try {
        byte[] whole = seeds.get(number % seeds.size());
        main.read(new Damager(number).damage(whole), number);
      } catch (Throwable e) {
        main.failed(number, e);
      }
      cost.end();
      if (NativeOwner.openCount() != 0) {
        System.out.println("LEAKED at file " + number + ": " + NativeOwner.openCount());
        System.exit(3);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "read\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.2f\t%d%n",
        count,
        main.opened,
        main.refused,
        main.failedCalls,
        main.frames,
        main.samples,
        main.packets,
        cost.longestSeconds(),
        ProcessCost.peakMib());
    System.exit(main.failures.isEmpty() ? 0 : 2);
  }

  /** Prints each failure once, whatever the number of files that cause it. */
  private void failed(int number, Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    if (failures.add(failure.getClass() + (stack.length == 0 ? "" : " at " + stack[0]))) {
      System.out.println("FAILED at file " + number);
      failure.printStackTrace(System.out);
    }
  }

  private void read(byte[] bytes, int number) throws IOException {
    try (MediaReader reader =
        MediaReader.builder().limits(LIMITS).open(ByteSource.of(ByteBuffer.wrap(bytes)))) {
      opened++;
      VideoOutput output =
          VideoOutput.of(PixelLayout.RGB24)
              .size(SIZE, SIZE, Fit.STRETCH)
              .damage(Damage.values()[number % 3])
              .threads(1 + number % 2);
      for (VideoInfo video : reader.info().videos()) {
        attempt(() -> inOrder(reader, video, output));
        attempt(() -> byNumber(reader, video, output));
      }
      for (AudioInfo audio : reader.info().audios()) {
        AudioOutput sound = audioOutput(number);
        attempt(() -> inOrder(reader, audio, sound));
        attempt(() -> ranges(reader, audio, sound, new Random(number)));
      }
      attempt(() -> packets(reader));
    } catch (ReaderException e) {
      refused++;
    }
  }

  /** Every other file is resampled, and mixed as well. */
  private static AudioOutput audioOutput(int number) {
    AudioOutput output =
        AudioOutput.of(SampleLayout.FLOAT_PLANAR).damage(Damage.values()[number % 3]);
    return number % 2 == 0 ? output : output.sampleRate(16_000).channels(ChannelLayout.MONO);
  }

  /** What a file causes is a {@link ReaderException}; anything else ends the run. */
  private void attempt(Step step) throws IOException {
    try {
      step.run();
    } catch (ReaderException e) {
      failedCalls++;
    }
  }

  private void inOrder(MediaReader reader, VideoInfo video, VideoOutput output) throws IOException {
    try (VideoReader stream = reader.video(video, output)) {
      FrameCursor cursor = stream.cursor();
      while (cursor.next()) {
        cursor.frame();
        frames++;
      }
      stream.report();
    }
  }

  private void byNumber(MediaReader reader, VideoInfo video, VideoOutput output)
      throws IOException {
    try (VideoReader stream = reader.video(video, output)) {
      FrameIndex index = stream.index();
      int count = index.count();
      if (count > 0) {
        for (int n : new int[] {count - 1, 0, count / 2}) {
          attempt(() -> stream.frame(n));
        }
        attempt(() -> stream.frameShownAt(index.time(count / 2)));
        FrameCursor cursor = stream.cursor();
        attempt(() -> cursor.seek(count / 3));
        attempt(cursor::next);
        attempt(cursor::next);
      }
      stream.report();
    }
  }

  private void inOrder(MediaReader reader, AudioInfo audio, AudioOutput output) throws IOException {
    try (AudioReader stream = reader.audio(audio, output)) {
      try {
        for (AudioSamples chunk : stream.chunks(CHUNK)) {
          samples += chunk.count();
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      stream.report();
    }
  }

  /** Ranges at random, in a reader that has not read anything before; the first failure ends it. */
  private void ranges(MediaReader reader, AudioInfo audio, AudioOutput output, Random random)
      throws IOException {
    try (AudioReader stream = reader.audio(audio, output)) {
      long count = stream.sampleCount();
      for (int i = 0; i < 3 && count > 0; i++) {
        long from = random.nextLong(count);
        int length = (int) Math.min(count - from, random.nextInt(3 * CHUNK));
        samples += stream.samples(from, length).count();
      }
      Duration from = stream.start().plusMillis(random.nextInt(1000));
      samples += stream.samples(from, from.plusMillis(20)).count();
      stream.report();
    }
  }

  private void packets(MediaReader reader) throws IOException {
    try (PacketCursor cursor = reader.packets()) {
      while (cursor.next()) {
        cursor.packet();
        packets++;
      }
      cursor.seek(Duration.ofMillis(300));
      cursor.next();
    }
  }
}
