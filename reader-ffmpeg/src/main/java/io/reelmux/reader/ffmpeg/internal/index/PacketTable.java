package io.reelmux.reader.ffmpeg.internal.index;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** The packets of a stream, in the order of the file. Their number there is their ordinal. */
public final class PacketTable {
  private static final int KEY = 1;
  private static final int HIDDEN = 2;

  private int count;
  private long[] pts = new long[256];
  private long[] dts = new long[256];
  private long[] durations = new long[256];
  private long[] positions = new long[256];
  private int[] sizes = new int[256];
  private byte[] flags = new byte[256];

  /** By what a packet is recognized after a seek; -1 if several have the same. */
  private final Map<Place, Integer> places = new HashMap<>();

  private record Place(long position, int size, long dts) {}

  /** An empty table. */
  PacketTable() {}

  /**
   * Adds a packet.
   *
   * @param hidden whether its payload says that its frame is not shown
   */
  void add(AVPacket packet, boolean hidden) {
    boolean unseen = hidden || (packet.flags() & AV_PKT_FLAG_DISCARD) != 0;
    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    add(
        new Entry(
            packet.pts(),
            packet.dts(),
            packet.duration(),
            packet.pos(),
            packet.size(),
            (byte) ((key ? KEY : 0) | (unseen ? HIDDEN : 0))));
  }

  /** A packet as it is saved. */
  record Entry(long pts, long dts, long duration, long position, int size, byte flags) {}

  /** Adds a packet that was saved. */
  void add(Entry entry) {
    if (count == pts.length) {
      grow();
    }
    pts[count] = entry.pts;
    dts[count] = entry.dts;
    durations[count] = entry.duration;
    positions[count] = entry.position;
    sizes[count] = entry.size;
    flags[count] = entry.flags;
    places.merge(placeOf(entry.position, entry.size, entry.dts), count, (first, second) -> -1);
    count++;
  }

  /** Returns a packet to save it. */
  Entry entry(int ordinal) {
    return new Entry(
        pts[ordinal],
        dts[ordinal],
        durations[ordinal],
        positions[ordinal],
        sizes[ordinal],
        flags[ordinal]);
  }

  private void grow() {
    int capacity = Math.multiplyExact(count, 2);
    pts = Arrays.copyOf(pts, capacity);
    dts = Arrays.copyOf(dts, capacity);
    durations = Arrays.copyOf(durations, capacity);
    positions = Arrays.copyOf(positions, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    flags = Arrays.copyOf(flags, capacity);
  }

  /**
   * Where a packet has a position in the file, its times do not count: Matroska has no decoding
   * time after a seek.
   */
  private static Place placeOf(long position, int size, long dts) {
    return position >= 0 ? new Place(position, size, 0) : new Place(-1, size, dts);
  }

  /** Returns the ordinal of a packet that has been read again; empty if it cannot be told. */
  public OptionalInt find(AVPacket packet) {
    Integer ordinal = places.get(placeOf(packet.pos(), packet.size(), packet.dts()));
    return ordinal == null || ordinal < 0 ? OptionalInt.empty() : OptionalInt.of(ordinal);
  }

  /** Whether a packet that has been read may be the one of an ordinal. */
  public boolean isAt(int ordinal, AVPacket packet) {
    return ordinal < count
        && packet.size() == sizes[ordinal]
        && (packet.pos() < 0 || positions[ordinal] < 0 || packet.pos() == positions[ordinal]);
  }

  /** The number of packets. */
  public int count() {
    return count;
  }

  /** The time at which a packet's frame is shown, in ticks; AV_NOPTS_VALUE if it has none. */
  public long pts(int ordinal) {
    return pts[ordinal];
  }

  /** The time at which a packet is decoded, in ticks; AV_NOPTS_VALUE if it has none. */
  public long dts(int ordinal) {
    return dts[ordinal];
  }

  /** How long a packet's frame is shown, in ticks; 0 if unknown. */
  public long duration(int ordinal) {
    return durations[ordinal];
  }

  /** The position of a packet in the file; -1 if unknown. */
  public long position(int ordinal) {
    return positions[ordinal];
  }

  /** Whether decoding can start at a packet, as the container or the parser says. */
  public boolean isKey(int ordinal) {
    return (flags[ordinal] & KEY) != 0;
  }

  /** Whether a packet's frame is decoded but not shown. */
  public boolean isHidden(int ordinal) {
    return (flags[ordinal] & HIDDEN) != 0;
  }

  /** Returns the ordinals of the key packets, rising. */
  public int[] keys() {
    int[] all = new int[count];
    int found = 0;
    for (int i = 0; i < count; i++) {
      if (isKey(i)) {
        all[found++] = i;
      }
    }
    return Arrays.copyOf(all, found);
  }
}
