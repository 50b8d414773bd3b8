package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files again and again. Prints how often, how much resident memory the second half has added
 * in KiB, and the owners that are open. Arguments: two files, how often.
 */
final class OpenMain {
  private OpenMain() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    int times = Integer.parseInt(arguments[2]);
    long half = 0;
    for (int i = 0; i < times; i++) {
      read(Path.of(arguments[i % 2]), i % 8 < 2);
      if (i == times / 2) {
        half = residentKib();
      }
    }
    System.out.println(times + "\t" + (residentKib() - half) + "\t" + NativeOwner.openCount());
    System.exit(0);
  }

  private static void read(Path file, boolean decode) throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        PacketCursor packets = reader.packets()) {
      packets.next();
      if (decode) {
        try (VideoReader video = reader.video(VideoOutput.of(PixelLayout.RGB24))) {
          video.frame(video.frameCount() - 1);
        }
      }
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
