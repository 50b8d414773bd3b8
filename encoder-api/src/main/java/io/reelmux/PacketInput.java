package io.reelmux;

import io.reelmux.internal.EncoderCalls;
import io.reelmux.internal.StreamSlot;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.PacketWriter;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream of an {@link Encoder} that is fed packets which are encoded already: stream copy. One
 * thread at a time; different streams may be fed from different threads at once.
 *
 * <p>Packets of H.264 and HEVC may be in Annex B or have length-prefixed NAL units, and AAC may
 * have ADTS headers: they are written as the container needs them.
 */
public final class PacketInput implements MediaStream {
  private final Encoder encoder;
  private final EncoderCalls calls;
  private final StreamSlot slot;
  private final PacketStreamInfo info;

  /** Set when the encoder is opened. */
  private volatile @Nullable PacketWriter connected;

  PacketInput(Encoder encoder, EncoderCalls calls, StreamSlot slot, PacketStreamInfo info) {
    this.encoder = encoder;
    this.calls = calls;
    this.slot = slot;
    this.info = info;
  }

  StreamSlot slot() {
    return slot;
  }

  void connect(EncodingSession session) {
    connected = session.packets(slot.number());
  }

  private PacketWriter writer() {
    return Objects.requireNonNull(connected, "writer");
  }

  /** {@return the description that the stream was added with} */
  public PacketStreamInfo info() {
    return info;
  }

  /**
   * Writes a packet.
   *
   * @param packet the next packet in decoding order, with times in this stream's time base
   * @throws IllegalArgumentException if the first packet is not a key frame, the decoding time does
   *     not rise or is after the presentation time, or the payload or its side data is damaged; the
   *     encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the library fails; the destination's exception is
   *     thrown unchanged
   */
  public void add(Packet packet) throws IOException {
    Objects.requireNonNull(packet, "packet");
    calls.begin(slot, "add()");
    try {
      PacketWriter writer = writer();
      writer.check(packet);
      calls.add("add()", () -> writer.add(packet));
    } finally {
      calls.leave(slot);
    }
    encoder.reportProgress();
  }

  /**
   * Ends the stream, so that the other streams need not wait for it. Calling it again does nothing.
   *
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the library fails
   */
  public void end() throws IOException {
    calls.end(slot, () -> writer().end());
  }
}
