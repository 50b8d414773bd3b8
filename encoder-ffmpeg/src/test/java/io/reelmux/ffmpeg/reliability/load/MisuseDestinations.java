package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PacketListener;
import io.reelmux.SeekableOutputStream;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** Destinations that work, fail, write short, block, or call their own encoder. */
final class MisuseDestinations {
  private final Random random;
  private boolean mayBlock;

  MisuseDestinations(Random random) {
    this.random = random;
  }

  /** Opens an encoder on a destination. */
  @FunctionalInterface
  interface Opening {
    void open(Encoder encoder, String container) throws IOException;
  }

  /** An exception from a destination, of an unexpected kind. */
  static final class OwnError extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** An unchecked exception from a destination. */
  static final class OwnException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static boolean isOwn(Throwable thrown) {
    return thrown instanceof OwnError || thrown instanceof OwnException;
  }

  /** Returns whether a thread may wait in a destination until the encoder is canceled. */
  boolean mayBlock() {
    return mayBlock;
  }

  /** Returns the destination of the next open. */
  Opening next(Path file, ThrowingRunnable<IOException> reaction) {
    Fault fault = fault(reaction);
    return switch (random.nextInt(7)) {
      case 0 -> (encoder, container) -> encoder.openFile(file);
      case 1 -> (encoder, container) -> encoder.openFile(file, container);
      case 2 -> (encoder, container) -> encoder.openFileLike(new ByteArrayOutput(), container);
      case 3 -> (encoder, container) -> encoder.openFileLike(new Channel(fault), container);
      case 4 -> (encoder, container) -> encoder.openFileLike(new Append(fault), container);
      case 5 -> (encoder, container) -> encoder.openFileLike(new Seekable(fault), container);
      default -> (encoder, container) -> encoder.openPackets(packet -> fault.meet());
    };
  }

  PacketListener listener(ThrowingRunnable<IOException> reaction) {
    Fault fault = fault(reaction);
    return packet -> fault.meet();
  }

  private Fault fault(ThrowingRunnable<IOException> reaction) {
    int after = random.nextInt(20);
    return switch (random.nextInt(12)) {
      case 0 -> new Fault(after, () -> raise(new IOException("the destination is full")));
      case 1 -> new Fault(after, () -> raise(new OwnException()));
      case 2 -> new Fault(after, () -> raise(new OwnError()));
      case 3 -> new Fault(after, reaction);
      case 4 -> blocking(after);
      default -> new Fault(Integer.MAX_VALUE, () -> {});
    };
  }

  private Fault blocking(int after) {
    mayBlock = true;
    return new Fault(
        after,
        () -> {
          try {
            new Semaphore(0).acquire();
          } catch (InterruptedException e) {
            throw new IOException("interrupted in the destination", e);
          }
        });
  }

  private static void raise(Throwable thrown) throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) thrown;
  }

  /** Something that happens from the n-th call on. */
  private static final class Fault {
    private final ThrowingRunnable<IOException> reaction;
    private int left;

    Fault(int after, ThrowingRunnable<IOException> reaction) {
      this.left = after;
      this.reaction = reaction;
    }

    void meet() throws IOException {
      if (left-- <= 0) {
        left = 0;
        reaction.run();
      }
    }
  }

  private static final class Append extends OutputStream {
    private final Fault fault;

    Append(Fault fault) {
      this.fault = fault;
    }

    @Override
    public void write(int value) throws IOException {
      fault.meet();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      fault.meet();
    }

    @Override
    public void flush() throws IOException {
      fault.meet();
    }
  }

  private static final class Seekable extends SeekableOutputStream {
    private final ByteArrayOutput bytes = new ByteArrayOutput();
    private final Fault fault;

    Seekable(Fault fault) {
      this.fault = fault;
    }

    @Override
    public void seek(long position) throws IOException {
      fault.meet();
      bytes.seek(position);
    }

    @Override
    public long position() throws IOException {
      fault.meet();
      return bytes.position();
    }

    @Override
    public void write(int value) throws IOException {
      fault.meet();
      bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      fault.meet();
      bytes.write(source, offset, length);
    }
  }

  /** Accepts a third of each buffer, at least one byte. */
  private static final class Channel implements SeekableByteChannel {
    private final ByteArrayOutput bytes = new ByteArrayOutput();
    private final Fault fault;

    Channel(Fault fault) {
      this.fault = fault;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      ByteBuffer all = bytes.asByteBuffer();
      int at = (int) Math.min(bytes.position(), all.limit());
      int count = Math.min(target.remaining(), all.limit() - at);
      target.put(all.position(at).limit(at + count));
      bytes.seek(at + count);
      return count == 0 && target.hasRemaining() ? -1 : count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      fault.meet();
      byte[] part = new byte[(source.remaining() + 2) / 3];
      source.get(part);
      bytes.write(part, 0, part.length);
      return part.length;
    }

    @Override
    public long position() throws IOException {
      fault.meet();
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      fault.meet();
      bytes.seek(newPosition);
      return this;
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      return this;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
