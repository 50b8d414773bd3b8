package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Opens files again and again, and ends reading in every way. Prints how often, how much resident
 * memory was added after the first fifth in KiB, the file handles that were added then, and the
 * owners that are open at the end. Arguments: how often, files.
 */
final class LeakMain {

  /** A reader that nobody closes is found by the garbage collector. */
  private static final int COLLECT_EVERY = 100;

  private static final VideoOutput OUTPUT = VideoOutput.of(PixelLayout.I420);

  private static int broken;

  private LeakMain() {}

  private enum Ending {
    CLOSE,
    CANCEL,
    EXCEPTION,
    ABANDON
  }

  private static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // each reader that is left open is reported
    Logger.getLogger("io.reelmux").setLevel(Level.OFF);
    int times = Integer.parseInt(arguments[0]);
    List<byte[]> files = new ArrayList<>();
    for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
      files.add(Files.readAllBytes(Path.of(file)));
    }
    long memory = 0;
    long handles = 0;
    for (int i = 0; i < times; i++) {
      int file = i % files.size();
      // every ending meets every file
      int ending = i / files.size() % Ending.values().length;
      read(Path.of(arguments[1 + file]), files.get(file), Ending.values()[ending]);
      if (i % COLLECT_EVERY == 0) {
        System.gc();
      }
      if (i == times / 5) {
        collectAll();
        memory = residentKib();
        handles = handles();
      }
    }
    collectAll();
    System.out.printf(
        "%d\t%d\t%d\t%d%n",
        times, residentKib() - memory, handles() - handles, NativeOwner.openCount());
    System.exit(0);
  }

  private static void read(Path path, byte[] bytes, Ending ending) throws IOException {
    try {
      MediaReader reader =
          ending == Ending.EXCEPTION ? MediaReader.open(breaking(bytes)) : MediaReader.open(path);
      readSome(reader);
      switch (ending) {
        case CLOSE -> reader.close();
        case CANCEL -> {
          reader.cancel();
          expectCanceled(reader);
          reader.close();
        }
        case EXCEPTION, ABANDON -> {}
      }
    } catch (Broken e) {
      if (ending != Ending.EXCEPTION) {
        throw e;
      }
    }
  }

  private static void readSome(MediaReader reader) throws IOException {
    PacketCursor packets = reader.packets();
    packets.next();
    if (!reader.info().videos().isEmpty()) {
      VideoReader video = reader.video(OUTPUT);
      video.frame(video.frameCount() - 1);
      video.cursor().next();
    }
    if (!reader.info().audios().isEmpty()) {
      reader.audio().samples(100, 100);
    }
  }

  private static void expectCanceled(MediaReader reader) throws IOException {
    try {
      reader.packets();
      throw new IllegalStateException("reads after cancel()");
    } catch (CancellationException e) {
      // as documented
    }
  }

  /** Fails later in the file each time, until all has been read. */
  private static ByteSource breaking(byte[] bytes) {
    int last = Math.floorMod(++broken * 7919, bytes.length);
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        if (position >= bytes.length) {
          return -1;
        }
        if (position + target.remaining() > last && position > 0) {
          throw new Broken();
        }
        int count = Math.min(512, Math.min(target.remaining(), bytes.length - (int) position));
        target.put(bytes, (int) position, count);
        return count;
      }
    };
  }

  private static void collectAll() throws InterruptedException {
    for (int i = 0; i < 100 && (i < 3 || NativeOwner.openCount() > 0); i++) {
      System.gc();
      Thread.sleep(50);
    }
  }

  private static long handles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long residentKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS");
  }
}
