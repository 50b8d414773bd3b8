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
 * Memory followed by an unreadable page: a file is mapped, then truncated by one page. Native code
 * that touches that page crashes the process.
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

  /** Returns a copy of the bytes that ends at the end of the last readable page. */
  ByteBuffer holding(byte[] bytes) {
    mapped.put(end - bytes.length, bytes);
    return mapped.slice(end - bytes.length, bytes.length);
  }

  /** Reads the first unreadable byte from native code. */
  void readBeyond() {
    try (BytePointer all = new BytePointer(mapped);
        BytePointer copy = new BytePointer(1)) {
      Pointer.memcpy(copy, all.position(end), 1);
    }
  }
}
