package io.reelmux.ffmpeg.reliability.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory with an unreadable page behind it: a file is mapped with one page more than it then has.
 * Native code that touches that page ends the process.
 */
final class GuardedMemory {
  private static final int PAGE = 4096;

  private final MappedByteBuffer mapped;
  private final int end;

  GuardedMemory(Path directory, int capacity) throws IOException {
    end = (capacity + PAGE - 1) / PAGE * PAGE;
    Path file = Files.createTempFile(directory, "guarded", ".bin");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) end + PAGE);
      channel.truncate(end);
    }
  }

  /** The bytes, the last of them at the end of the last readable page. */
  ByteBuffer holding(byte[] bytes) {
    mapped.put(end - bytes.length, bytes);
    return mapped.slice(end - bytes.length, bytes.length);
  }

  /** Reads the byte that cannot be read, by native code. */
  void readBeyond() {
    try (BytePointer all = new BytePointer(mapped);
        BytePointer copy = new BytePointer(1)) {
      Pointer.memcpy(copy, all.position(end), 1);
    }
  }
}
