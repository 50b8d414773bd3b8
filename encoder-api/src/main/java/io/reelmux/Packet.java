package io.reelmux;

import java.nio.ByteBuffer;
import java.time.Duration;

/** An encoded picture or piece of sound. Owns its bytes: it may be kept. */
public final class Packet {
  private final PacketStream stream;
  private final byte[] bytes;
  private final long pts;
  private final long dts;
  private final long duration;
  private final boolean keyFrame;

  /**
   * Makes a packet.
   *
   * @param stream the stream it belongs to
   * @param bytes the payload, which the packet takes over
   * @param pts presentation time in ticks of the stream's time base
   * @param dts decoding time in ticks
   * @param duration in ticks
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

  /** {@return bytes of the payload} */
  public int size() {
    return bytes.length;
  }

  /** {@return a copy of the payload} */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** {@return presentation time in ticks of the stream's time base} */
  public long pts() {
    return pts;
  }

  /** {@return decoding time in ticks; negative before pictures that are reordered} */
  public long dts() {
    return dts;
  }

  /** {@return duration in ticks} */
  public long duration() {
    return duration;
  }

  /** {@return presentation time} */
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
