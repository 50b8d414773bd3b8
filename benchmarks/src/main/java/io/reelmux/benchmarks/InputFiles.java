package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of input and output files, in memory where the system has such a file system, so that no
 * disk is measured. It is deleted when this is closed.
 */
final class InputFiles implements AutoCloseable {
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private final Path folder;

  InputFiles() throws IOException {
    folder =
        Files.isWritable(IN_MEMORY)
            ? Files.createTempDirectory(IN_MEMORY, "benchmark")
            : Files.createTempDirectory("benchmark");
  }

  /** Returns the path of a file in the folder. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes all frames of the job as R, G, B bytes. */
  Path packed(Job job) throws IOException {
    TestFrames frames = new TestFrames(job);
    return write("packed.rgb", job, job.width() * job.height() * 3, frames::packed);
  }

  /** Writes all frames of the job as planes Y, U, V. */
  Path i420(Job job) throws IOException {
    TestFrames frames = new TestFrames(job);
    return write("planes.yuv", job, job.width() * job.height() * 3 / 2, frames::i420);
  }

  private interface Drawing {
    void draw(int index, ByteBuffer target);
  }

  private Path write(String name, Job job, int bytes, Drawing drawing) throws IOException {
    ByteBuffer[] ring = new ByteBuffer[Math.min(Job.RING, job.frames())];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = ByteBuffer.allocate(bytes);
      drawing.draw(i, ring[i]);
    }
    return write(name, List.of(ring), job.frames());
  }

  /** Writes buffers in a cycle. */
  Path write(String name, List<ByteBuffer> ring, int count) throws IOException {
    Path file = path(name);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < count; i++) {
        ByteBuffer buffer = ring.get(i % ring.size()).duplicate();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
