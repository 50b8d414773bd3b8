package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.SeekableOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;

/** In-memory destinations of every kind, whose calls go through a {@link FaultScript}. */
final class Targets {

  /** The kinds of destinations. */
  enum Kind {
    STREAM,
    SEEKABLE,
    CHANNEL,
    /** Accepts at most 1000 bytes per call. */
    SHORT_CHANNEL
  }

  /** The written bytes. */
  final ByteArrayOutput memory = new ByteArrayOutput();

  private final FaultScript script;

  Targets(FaultScript script) {
    this.script = script;
  }

  void open(Encoder encoder, Kind kind, String format) throws IOException {
    encoder.open(output(kind, format));
  }

  Output output(Kind kind, String format) {
    return switch (kind) {
      case STREAM -> Output.stream(new Stream(), format);
      case SEEKABLE -> Output.stream(new Seekable(), format);
      case CHANNEL -> Output.channel(new Channel(Integer.MAX_VALUE), format);
      case SHORT_CHANNEL -> Output.channel(new Channel(1000), format);
    };
  }

  /** Behaves like a disk that fills up: half of the new bytes are still written. */
  private void write(byte[] bytes, int offset, int length) throws IOException {
    if (script.failsNow() && memory.position() == memory.size()) {
      memory.write(bytes, offset, length / 2);
    }
    script.call("write");
    memory.write(bytes, offset, length);
  }

  private final class Stream extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      Targets.this.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Targets.this.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      script.call("flush");
    }

    @Override
    public void close() {
      throw new AssertionError("the caller's stream is the caller's to close");
    }
  }

  private final class Seekable extends SeekableOutputStream {
    @Override
    public void write(int value) throws IOException {
      Targets.this.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Targets.this.write(bytes, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
      script.call("seek");
      memory.seek(position);
    }

    @Override
    public long position() throws IOException {
      script.call("position");
      return memory.position();
    }

    @Override
    public void flush() throws IOException {
      script.call("flush");
    }

    @Override
    public void close() {
      throw new AssertionError("the caller's stream is the caller's to close");
    }
  }

  private final class Channel implements SeekableByteChannel {
    private final int max;

    Channel(int max) {
      this.max = max;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int count = Math.min(max, source.remaining());
      byte[] bytes = new byte[count];
      source.duplicate().get(bytes);
      Targets.this.write(bytes, 0, count);
      source.position(source.position() + count);
      return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (target.hasRemaining()) {
        script.call("read");
      }
      byte[] all = memory.toByteArray();
      int from = Math.toIntExact(memory.position());
      int count = Math.min(target.remaining(), all.length - from);
      if (count <= 0) {
        return target.hasRemaining() ? -1 : 0;
      }
      target.put(all, from, count);
      memory.seek(from + count);
      return count;
    }

    @Override
    public long position() throws IOException {
      script.call("position");
      return memory.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      script.call("seek");
      memory.seek(position);
      return this;
    }

    @Override
    public long size() {
      return memory.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws ClosedChannelException {
      throw new AssertionError("must not be truncated");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      throw new AssertionError("the caller's channel is the caller's to close");
    }
  }
}
