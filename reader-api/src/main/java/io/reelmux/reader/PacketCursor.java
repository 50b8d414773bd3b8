package io.reelmux.reader;

import io.reelmux.Packet;
import io.reelmux.reader.internal.Part;
import io.reelmux.reader.internal.ReaderCalls;
import io.reelmux.reader.spi.DemuxedPacket;
import io.reelmux.reader.spi.PacketDemuxer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads compressed packets in the order of the file, without decoding. They fit {@link
 * io.reelmux.PacketInput#add} of an encoder whose stream was added with the {@link
 * StreamFacts#packets} of theirs.
 *
 * <p>One thread at a time; further calls wait. Failures, {@code cancel}, deadlines and the source's
 * exceptions are as with {@link VideoReader}.
 */
public final class PacketCursor implements AutoCloseable {
  private final ReaderCalls calls;
  private final Part part;
  private final PacketDemuxer demuxer;
  private final List<StreamInfo> all;
  private @Nullable DemuxedPacket current;
  private boolean taken;

  private PacketCursor(ReaderCalls calls, Part part, PacketDemuxer demuxer, List<StreamInfo> all) {
    this.calls = calls;
    this.part = part;
    this.demuxer = demuxer;
    this.all = all;
  }

  /**
   * Inside of a call: makes a cursor of a demuxer, which it releases.
   *
   * @param all the streams of the file
   */
  static PacketCursor of(
      ReaderCalls calls, Part part, PacketDemuxer demuxer, List<StreamInfo> all) {
    calls.add(part, demuxer::release);
    return new PacketCursor(calls, part, demuxer, all);
  }

  /** A sentence, if the end has been reached and is earlier than the header says. */
  Optional<String> cutOff() {
    return demuxer.cutOff();
  }

  /** Whether a packet has been read that was not taken yet. */
  boolean hasPacket() {
    return current != null && !taken;
  }

  /** Returns the packet, once. */
  Packet take() {
    taken = true;
    return packet();
  }

  /**
   * Reads the next packet.
   *
   * @return false at the end
   * @throws IllegalStateException if the cursor has been closed or has failed
   * @throws IOException if the library or the source fails
   */
  public boolean next() throws IOException {
    current = null;
    taken = false;
    return calls.call(
        part,
        "next()",
        () -> {
          current = demuxer.next();
          return current != null;
        });
  }

  private DemuxedPacket current() {
    DemuxedPacket packet = current;
    if (packet == null) {
      throw new IllegalStateException(
          "there is no packet: call next(), and only if it returns true");
    }
    return packet;
  }

  /**
   * Returns the packet that was read last. It owns its bytes, and may be kept.
   *
   * @return the packet
   * @throws IllegalStateException if {@link #next} has not been called, has returned false, or has
   *     failed
   */
  public Packet packet() {
    return current().packet();
  }

  /**
   * Returns the stream that the packet belongs to.
   *
   * @return one of those that the cursor was opened with
   * @throws IllegalStateException if there is no packet
   */
  public StreamInfo stream() {
    return all.get(current().stream());
  }

  /**
   * Returns whether the packet must be decoded for the sake of others, but is not shown: the file's
   * edit list cuts it off.
   *
   * @return true for a packet that is not shown
   * @throws IllegalStateException if there is no packet
   */
  public boolean discard() {
    return current().discard();
  }

  /**
   * Continues at the last key frame, of the first of the streams, that is not after a time; at the
   * start if there is none.
   *
   * @param time a time on the file's timeline
   * @throws IllegalStateException if the cursor has been closed or has failed
   * @throws IOException if the library or the source fails, or the source cannot seek
   */
  public void seek(Duration time) throws IOException {
    Objects.requireNonNull(time, "time");
    calls.call(
        part,
        "seek()",
        () -> {
          demuxer.seek(time);
          return time;
        });
    current = null;
  }

  /**
   * Releases the demuxer. A call in progress on another thread ends with a {@link
   * java.util.concurrent.CancellationException}. Packets remain valid. A second call does nothing,
   * and {@link MediaReader#close} closes all cursors.
   *
   * @throws IllegalStateException if the source calls it during a call of its own reader
   */
  @Override
  public void close() {
    calls.close(part);
  }

  /** {@code packets of video 0, audio 0}. */
  @Override
  public String toString() {
    return part.toString();
  }
}
