package io.reelmux.reader.ffmpeg.internal.index;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ffmpeg.internal.demux.PacketSource;
import io.reelmux.reader.ffmpeg.internal.demux.ShownTimes;
import io.reelmux.reader.ffmpeg.internal.demux.StatedEnd;
import io.reelmux.reader.ffmpeg.internal.demux.StreamIdentity;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Makes the index of a stream: one scan of its packets, and decoding of its first and last frames,
 * which shows which packets give none. If the packets' times cannot be trusted, everything is
 * decoded once.
 */
public final class Indexer {

  /** No codec shows a frame later than this many packets after its own. */
  private static final int MAX_REORDER = 32;

  /** Packets of the head that are decoded, at most. */
  private static final int MAX_HEAD = 40;

  private static final int HEAD_GROUPS = 2;

  private final PacketTable packets;
  private final StreamIdentity identity;
  private final StatedEnd stated;
  private final int[] keys;
  private final Set<Integer> without = new HashSet<>();

  /** Key packets at which decoding does not start exactly. */
  private final Set<Integer> notStarts = new HashSet<>();

  private Indexer(PacketTable packets, StreamIdentity identity, StatedEnd stated) {
    this.stated = stated;
    this.packets = packets;
    this.identity = identity;
    this.keys = packets.keys();
  }

  /** Makes the probe, once the packets are known. */
  public interface ProbeFactory {
    /** Returns a probe that decodes the packets of this table. */
    FrameProbe create(PacketTable packets) throws IOException;
  }

  /**
   * Makes the index.
   *
   * @param source the packets of the stream, from the start
   * @param identity saved with the index, to tell its stream again
   * @param stated the end that the container states
   * @param maxBytes the memory that the index may occupy
   * @throws IOException if the source fails
   */
  public static FrameTable index(
      PacketSource source,
      StreamIdentity identity,
      StatedEnd stated,
      long maxBytes,
      ProbeFactory probes)
      throws IOException {
    PacketTable packets = PacketScan.scan(source, maxBytes);
    boolean complete = source.demuxer().error().isEmpty();
    Indexer indexer = new Indexer(packets, identity, stated.after(packets.count(), complete));
    if (indexer.keys.length == 0) {
      return indexer.empty();
    }
    FrameProbe probe = probes.create(packets);
    return indexer.timesAreTrusted() && indexer.probe(probe)
        ? indexer.fromTimes()
        : indexer.fromDecoding(probe);
  }

  private FrameTable empty() {
    return new FrameTable(
        packets,
        new FrameTable.Frames(new int[0], new long[0], 0, new boolean[0], new int[0]),
        identity,
        FrameIndex.Basis.SCAN);
  }

  /** Every packet has a time, none occurs twice, and none is far from its place in the file. */
  private boolean timesAreTrusted() {
    Integer[] sorted = shown();
    for (int i = 0; i < sorted.length; i++) {
      if (packets.pts(sorted[i]) == AV_NOPTS_VALUE) {
        return false;
      }
    }
    int[] inFile = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
    Arrays.sort(sorted, Comparator.comparingLong(packets::pts));
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0 && packets.pts(sorted[i]) == packets.pts(sorted[i - 1])) {
        return false;
      }
      int place = Arrays.binarySearch(inFile, sorted[i]);
      if (Math.abs(place - i) > MAX_REORDER) {
        return false;
      }
    }
    return true;
  }

  /** The packets from the first key packet on whose frames are shown, in the order of the file. */
  private Integer[] shown() {
    return IntStream.range(keys[0], packets.count())
        .filter(ordinal -> !packets.isHidden(ordinal) && !without.contains(ordinal))
        .boxed()
        .toArray(Integer[]::new);
  }

  /**
   * Decodes the first groups and the last one, and notes packets that give no frame.
   *
   * @return false if frames do not come in the order of their times
   */
  private boolean probe(FrameProbe probe) throws IOException {
    int headEnd = keys.length > HEAD_GROUPS ? keys[HEAD_GROUPS] : packets.count();
    headEnd = Math.min(headEnd, keys[0] + MAX_HEAD);
    return check(probe.decode(keys[0], headEnd), keys[0], headEnd) && probeTail(probe);
  }

  /** Goes back to where decoding can truly start: the last key packets may be recovery points. */
  private boolean probeTail(FrameProbe probe) throws IOException {
    for (int back = 1; ; back *= 2) {
      int key = Math.max(0, keys.length - back);
      List<FrameProbe.Decoded> frames = probe.decode(keys[key], packets.count());
      if (key == 0 || startsExactly(frames, keys[key])) {
        return check(frames, keys[key], packets.count());
      }
      notStarts.add(keys[key]);
    }
  }

  /** Whether the first packet gives a frame that depends on no other. */
  private static boolean startsExactly(List<FrameProbe.Decoded> frames, int key) {
    return frames.stream().anyMatch(frame -> frame.ordinal() == key && frame.key());
  }

  private boolean check(List<FrameProbe.Decoded> frames, int from, int to) {
    Set<Integer> found = new HashSet<>();
    long last = Long.MIN_VALUE;
    for (FrameProbe.Decoded frame : frames) {
      long pts = packets.pts(frame.ordinal());
      if (pts <= last) {
        return false;
      }
      last = pts;
      found.add(frame.ordinal());
      if (packets.isKey(frame.ordinal()) && !frame.key()) {
        notStarts.add(frame.ordinal());
      }
    }
    for (int i = from; i < to; i++) {
      // what is shown before the first key frame needs what comes before it
      boolean decodable = from == keys[0] || packets.pts(i) >= packets.pts(from);
      if (decodable && !packets.isHidden(i) && !found.contains(i)) {
        without.add(i);
      }
    }
    return true;
  }

  private FrameTable fromTimes() {
    Integer[] sorted = shown();
    Arrays.sort(sorted, Comparator.comparingLong(packets::pts));
    int count = sorted.length;
    int[] ordinals = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
    long[] pts = Arrays.stream(ordinals).mapToLong(packets::pts).toArray();
    int[] starts =
        Arrays.stream(keys).filter(key -> key == keys[0] || !notStarts.contains(key)).toArray();
    boolean[] isKey = new boolean[count];
    for (int i = 0; i < count; i++) {
      isKey[i] = Arrays.binarySearch(starts, ordinals[i]) >= 0;
    }
    long end = end(pts, i -> packets.duration(ordinals[i]));
    return new FrameTable(
        packets,
        new FrameTable.Frames(ordinals, pts, end, isKey, starts),
        identity,
        FrameIndex.Basis.SCAN);
  }

  private long end(long[] pts, IntToLongFunction durations) {
    ShownTimes times = new ShownTimes();
    for (int i = 0; i < pts.length; i++) {
      times.add(pts[i], durations.applyAsLong(i));
    }
    return times.end(stated);
  }

  private FrameTable fromDecoding(FrameProbe probe) throws IOException {
    List<FrameProbe.Decoded> frames = probe.decode(keys[0], packets.count());
    int count = frames.size();
    int[] ordinals = frames.stream().mapToInt(FrameProbe.Decoded::ordinal).toArray();
    long[] pts = frames.stream().mapToLong(FrameProbe.Decoded::pts).toArray();
    boolean[] isKey = new boolean[count];
    IntStream.Builder starts = IntStream.builder();
    for (int i = 0; i < count; i++) {
      isKey[i] = frames.get(i).key() && packets.isKey(ordinals[i]);
      if (isKey[i]) {
        starts.add(ordinals[i]);
      }
    }
    long end = end(pts, i -> frames.get(i).duration());
    int[] sorted =
        IntStream.concat(starts.build(), IntStream.of(keys[0])).distinct().sorted().toArray();
    return new FrameTable(
        packets,
        new FrameTable.Frames(ordinals, pts, end, isKey, sorted),
        identity,
        FrameIndex.Basis.DECODED);
  }
}
