package io.reelmux;

import java.nio.ByteBuffer;
import java.time.Duration;

/** An encoded video frame or chunk of audio. Owns its bytes, so it may be kept. */
public final class Packet {
  private final PacketStream stream;
  private final byte[] bytes;
  private final long pts;
  private final long dts;
  private final long duration;
  private final boolean keyFrame;

  /**
   * Creates a packet.
   *
   * @param stream the stream it belongs to
   * @param bytes the payload, of which the packet takes ownership
   * @param pts presentation time in ticks of the stream's time base
   * @param dts decoding time in ticks
   * @param duration duration in ticks
   * @param keyFrame whether decoding can start here
   */
  public Packet(
      PacketStream stream, byte[] bytes, long pts, long dts, long duration, boolean keyFrame) {
    this.stream = stream;
    this.bytes = bytes;
    this.pts = pts;
    this.dts = dts;
    this.duration = duration;
    this.keyFrame = keyFrame;
  }

  /** {@return the stream it belongs to} */
  public PacketStream stream() {
    return stream;
  }

  /** {@return the payload, read-only} */
  public ByteBuffer data() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** {@return the size of the payload in bytes} */
  public int size() {
    return bytes.length;
  }

  /** {@return a copy of the payload} */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** {@return the presentation time in ticks of the stream's time base} */
  public long pts() {
    return pts;
  }

  /**
   * {@return the decoding time in ticks; negative at the start of a stream with reordered frames}
   */
  public long dts() {
    return dts;
  }

  /** {@return the duration in ticks} */
  public long duration() {
    return duration;
  }

  /** {@return the presentation time} */
  public Duration time() {
    return stream.timeBase().toDuration(pts);
  }

  /** {@return whether decoding can start here} */
  public boolean keyFrame() {
    return keyFrame;
  }

  /** {@return stream, time and size in one line} */
  @Override
  public String toString() {
    return "%s %d: pts %d, dts %d, %d bytes%s"
        .formatted(stream.kind(), stream.index(), pts, dts, bytes.length, keyFrame ? ", key" : "");
  }
}
