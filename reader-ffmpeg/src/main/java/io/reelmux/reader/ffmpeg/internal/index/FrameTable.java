package io.reelmux.reader.ffmpeg.internal.index;

import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ffmpeg.internal.demux.StreamIdentity;
import java.util.Arrays;

/** Which packets are which frames, and where decoding can start. */
public final class FrameTable {
  private final PacketTable packets;
  private final FrameIndex index;

  /** For each frame, the ordinal of its packet. */
  private final int[] ordinals;

  /** For each packet, the number of its frame; -1 if it gives none that is shown. */
  private final int[] numbers;

  /** The ordinals of the packets at which decoding can start, rising. */
  private int[] starts;

  FrameTable(PacketTable packets, Frames frames, StreamIdentity identity, FrameIndex.Basis basis) {
    this(
        packets,
        frames,
        new FrameIndex(
            identity.timeBase(),
            frames.pts,
            frames.end,
            frames.keys,
            basis,
            SavedTable.write(identity, packets, frames.ordinals, frames.starts)));
  }

  private FrameTable(PacketTable packets, Frames frames, FrameIndex index) {
    this.packets = packets;
    this.ordinals = frames.ordinals;
    this.numbers = new int[packets.count()];
    Arrays.fill(numbers, -1);
    for (int n = 0; n < ordinals.length; n++) {
      numbers[ordinals[n]] = n;
    }
    this.index = index;
    this.starts = frames.starts;
  }

  /**
   * Makes a table of what was saved.
   *
   * @param ordinals for each frame, the ordinal of its packet
   * @param starts the ordinals of the packets at which decoding can start, rising
   */
  static FrameTable restored(FrameIndex index, PacketTable packets, int[] ordinals, int[] starts) {
    return new FrameTable(
        packets, new Frames(ordinals, new long[0], index.endPts(), new boolean[0], starts), index);
  }

  /** What the table is made of. */
  static final class Frames {
    private final int[] ordinals;
    private final long[] pts;
    private final long end;
    private final boolean[] keys;
    private final int[] starts;

    /**
     * Takes over the arrays.
     *
     * @param ordinals for each frame, in the order shown, the ordinal of its packet
     * @param pts for each frame, when it is shown
     * @param end when the last one ends
     * @param keys for each frame, whether decoding can start there
     * @param starts the ordinals of the packets at which decoding can start, rising
     */
    Frames(int[] ordinals, long[] pts, long end, boolean[] keys, int[] starts) {
      this.ordinals = ordinals;
      this.pts = pts;
      this.end = end;
      this.keys = keys;
      this.starts = starts;
    }
  }

  /** What the caller sees. */
  public FrameIndex index() {
    return index;
  }

  /** The packets. */
  public PacketTable packets() {
    return packets;
  }

  /** The number of frames. */
  public int count() {
    return ordinals.length;
  }

  /** The ordinal of a frame's packet. */
  public int ordinal(int frame) {
    return ordinals[frame];
  }

  /** The number of a packet's frame; -1 if it gives none that is shown. */
  public int frame(int ordinal) {
    return ordinal >= 0 && ordinal < numbers.length ? numbers[ordinal] : -1;
  }

  /**
   * Where decoding must start so that a frame is exact: a frame that is shown before a key frame
   * refers to what comes before that one.
   *
   * @return the ordinal of a packet
   */
  public int startFor(int frame) {
    int wanted = ordinals[frame];
    int found = Arrays.binarySearch(starts, wanted);
    int i = found >= 0 ? found : -found - 2;
    while (i > 0 && !shownByThen(starts[i], frame)) {
      i--;
    }
    return i < 0 ? wanted : starts[i];
  }

  private boolean shownByThen(int start, int frame) {
    int first = numbers[start];
    return first >= 0 ? first <= frame : packets.pts(start) <= packets.pts(ordinals[frame]);
  }

  /** The start before another one; the same if there is none. */
  public int startBefore(int start) {
    int found = Arrays.binarySearch(starts, start);
    int i = found >= 0 ? found : -found - 1;
    return i > 0 ? starts[i - 1] : start;
  }

  /**
   * Forgets a start at which decoding has proved not to be exact.
   *
   * @return false if it is the only one before its frame, which must do then
   */
  public boolean removeStart(int start) {
    if (starts.length == 0 || starts[0] == start) {
      return false;
    }
    starts = Arrays.stream(starts).filter(other -> other != start).toArray();
    return true;
  }
}
