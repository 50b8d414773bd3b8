package io.reelmux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * An encoded video frame, chunk of audio, or subtitle. Owns its bytes, so it may be kept, and can
 * be fed to the {@link PacketInput} of another encoder. Immutable.
 */
public final class Packet {
  private final PacketStreamInfo stream;
  private final byte[] bytes;
  private final long pts;
  private final long dts;
  private final long duration;
  private final boolean keyFrame;
  private final Map<SideDataType, byte[]> sideData;

  /**
   * Creates a packet without side data.
   *
   * @param stream the stream it belongs to
   * @param bytes the payload, of which the packet takes ownership
   * @param pts presentation time in ticks of the stream's time base
   * @param dts decoding time in ticks
   * @param duration duration in ticks; 0 if it is not known
   * @param keyFrame whether decoding can start here
   */
  public Packet(
      PacketStreamInfo stream, byte[] bytes, long pts, long dts, long duration, boolean keyFrame) {
    this(stream, bytes, pts, dts, duration, keyFrame, Map.of());
  }

  private Packet(
      PacketStreamInfo stream,
      byte[] bytes,
      long pts,
      long dts,
      long duration,
      boolean keyFrame,
      Map<SideDataType, byte[]> sideData) {
    this.stream = Objects.requireNonNull(stream, "stream");
    this.bytes = Objects.requireNonNull(bytes, "bytes");
    this.pts = pts;
    this.dts = dts;
    this.duration = duration;
    this.keyFrame = keyFrame;
    this.sideData = sideData;
  }

  /**
   * Returns this packet with other times, such as those of the second of two files that are joined.
   *
   * @param newPts presentation time in ticks
   * @param newDts decoding time in ticks
   * @return a packet that shares the payload
   */
  public Packet withTimes(long newPts, long newDts) {
    return new Packet(stream, bytes, newPts, newDts, duration, keyFrame, sideData);
  }

  /**
   * Returns this packet as one of another stream.
   *
   * @param newStream the stream
   * @param newPts presentation time in ticks of that stream's time base
   * @param newDts decoding time in ticks
   * @param newDuration duration in ticks; 0 if it is not known
   * @return a packet that shares the payload
   */
  public Packet withStream(PacketStreamInfo newStream, long newPts, long newDts, long newDuration) {
    return new Packet(newStream, bytes, newPts, newDts, newDuration, keyFrame, sideData);
  }

  /**
   * Returns this packet with one more piece of side data.
   *
   * @param type what it holds; replaces a piece of the same type
   * @param data the bytes, which are copied
   * @return a packet that shares the payload
   */
  public Packet withSideData(SideDataType type, ByteBuffer data) {
    Map<SideDataType, byte[]> all = new EnumMap<>(SideDataType.class);
    all.putAll(sideData);
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    all.put(Objects.requireNonNull(type, "type"), copy);
    return new Packet(stream, bytes, pts, dts, duration, keyFrame, all);
  }

  /** {@return the stream it belongs to} */
  public PacketStreamInfo stream() {
    return stream;
  }

  /** {@return the payload, read-only; empty if the packet carries side data only} */
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

  /** {@return the duration in ticks; 0 if it is not known} */
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

  /** {@return the side data by type, read-only buffers; empty for most packets} */
  public Map<SideDataType, ByteBuffer> sideData() {
    if (sideData.isEmpty()) {
      return Map.of();
    }
    Map<SideDataType, ByteBuffer> views = new EnumMap<>(SideDataType.class);
    sideData.forEach((type, data) -> views.put(type, ByteBuffer.wrap(data).asReadOnlyBuffer()));
    return Collections.unmodifiableMap(views);
  }

  /** {@return stream, time and size in one line} */
  @Override
  public String toString() {
    return stream.kind()
        + " "
        + stream.index()
        + ": pts "
        + pts
        + ", dts "
        + dts
        + ", "
        + bytes.length
        + " bytes"
        + (keyFrame ? ", key" : "")
        + (sideData.isEmpty() ? "" : ", " + sideData.keySet());
  }
}
