package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.ffmpeg.internal.demux.Demuxer;
import io.reelmux.reader.ffmpeg.internal.demux.PacketSource;
import io.reelmux.reader.ffmpeg.internal.demux.SeekBy;
import io.reelmux.reader.ffmpeg.internal.index.PacketTable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a stream with their ordinals: counted from the start of the file, recognized after
 * a seek. Where a seek lands is not believed but looked up, because containers land behind the
 * target, before it, or do not say.
 */
public final class NumberedPackets implements AutoCloseable {

  /** Unknown packets that are read after a seek until one is recognized. */
  private static final int MAX_UNKNOWN = 64;

  /** Packets before the first that can be decoded: a few groups. */
  private static final int MAX_KEPT = 1024;

  /** Opens the stream again at its start. */
  public interface Opener {
    /** Returns the packets of the stream from the start. */
    PacketSource open() throws IOException;
  }

  private final Opener opener;
  private PacketSource source;
  private final int stream;
  private @Nullable PacketTable table;

  /** Whether the table was made of this file; else each packet is compared with it. */
  private boolean trusted = true;

  /** The ordinal of the next packet, if it is the one after the last. */
  private int next;

  /** A packet that has been read to find out where a seek has landed. */
  private final PacketRef ahead;

  private boolean isAhead;

  /** Packets that have been read and may be needed again; null if none are kept. */
  private @Nullable Deque<PacketRef> kept;

  /** Kept packets that come again before those of the source. */
  private final Deque<PacketRef> again = new ArrayDeque<>();

  /**
   * Numbers packets.
   *
   * @param source at the start; closed by this
   * @param opener for what no seek reaches
   */
  public NumberedPackets(PacketSource source, Opener opener) throws IOException {
    this.source = source;
    this.opener = opener;
    this.stream = source.stream().index();
    this.ahead = PacketRef.allocate();
  }

  /** Packets can be recognized from now on. */
  public void recognizeBy(PacketTable packets) {
    table = packets;
  }

  /** Packets are those of a table that was saved: each is compared with it. */
  public void checkAgainst(PacketTable packets) {
    table = packets;
    trusted = false;
  }

  public PacketSource source() {
    return source;
  }

  /**
   * Reads the next packet.
   *
   * @param packet empty; receives it
   * @return its ordinal; -1 at the end
   */
  public int read(PacketRef packet) throws IOException {
    PacketRef before = again.poll();
    if (before != null) {
      packet.moveFrom(before.struct());
      before.close();
      return next++;
    }
    if (isAhead) {
      packet.moveFrom(ahead.struct());
      isAhead = false;
    } else if (!source.read(packet)) {
      checkEnd();
      return -1;
    }
    check(packet.struct());
    keep(packet);
    return next++;
  }

  private void check(AVPacket packet) throws ReaderException {
    if (!trusted && !requireTable().isAt(next, packet)) {
      throw otherFile("packet " + next + " of " + packet.size() + " bytes is not in it");
    }
  }

  private void checkEnd() throws ReaderException {
    if (!trusted && next < requireTable().count() && source.demuxer().error().isEmpty()) {
      throw otherFile("the file ends before packet " + next);
    }
  }

  private static ReaderException otherFile(String text) {
    return new ReaderException(
        "read frames by the given index",
        null,
        0,
        "the file is not the one that the index was made of: " + text + "; make a new one",
        List.of(),
        null);
  }

  /** Keeps packets from now on, the start, so that {@link #rewind} needs not read them again. */
  public void keep() {
    kept = new ArrayDeque<>();
  }

  private void keep(PacketRef packet) throws IOException {
    Deque<PacketRef> all = kept;
    if (all == null) {
      return;
    }
    if (all.size() == MAX_KEPT) {
      forget();
      return;
    }
    PacketRef copy = PacketRef.allocate();
    all.add(copy);
    copy.refTo(packet.struct());
  }

  /** Whether all packets from the start are kept. */
  public boolean isKept() {
    return kept != null;
  }

  /** Keeps no packets any longer. */
  public void forget() {
    closeAll(kept);
    kept = null;
  }

  private static void closeAll(@Nullable Deque<PacketRef> packets) {
    if (packets != null) {
      packets.forEach(PacketRef::close);
      packets.clear();
    }
  }

  /** Goes back to the start: to packets that are kept, or else by opening the source again. */
  public void rewind() throws IOException {
    Deque<PacketRef> all = kept;
    if (all == null) {
      restart();
      return;
    }
    kept = null;
    again.addAll(all);
    next = 0;
  }

  /** Moves so that the next packet is this one. */
  public void moveTo(int ordinal) throws IOException {
    if (next == ordinal) {
      return;
    }
    int target = ordinal;
    PacketTable packets = requireTable();
    for (int step = 1; ; step *= 2) {
      if (seek(packets, target) && landedAtOrBefore(packets, ordinal)) {
        skipTo(ordinal);
        return;
      }
      if (target <= 0) {
        restart();
        skipTo(ordinal);
        return;
      }
      target = Math.max(0, earlierKey(packets, target, step));
    }
  }

  /** Some containers cannot even be moved to their start. */
  private void restart() throws IOException {
    dropAhead();
    closeAll(again);
    source.close();
    source = opener.open();
    next = 0;
  }

  private PacketTable requireTable() {
    if (table == null) {
      throw new IllegalStateException("packets are recognized by the index, which is missing");
    }
    return table;
  }

  private static int earlierKey(PacketTable packets, int from, int keys) {
    int ordinal = from;
    int left = keys;
    while (ordinal > 0 && left > 0) {
      ordinal--;
      if (packets.isKey(ordinal)) {
        left--;
      }
    }
    return ordinal;
  }

  private boolean seek(PacketTable packets, int target) throws IOException {
    dropAhead();
    closeAll(again);
    Demuxer demuxer = source.demuxer();
    long position = packets.position(target);
    if (demuxer.seekBy() == SeekBy.BYTE) {
      return position >= 0 && demuxer.seekToByte(position);
    }
    long time = demuxer.seekBy() == SeekBy.DTS ? packets.dts(target) : packets.pts(target);
    if (target == 0) {
      // the container's own start may be before the first packet's time
      time = Math.min(time, packets.dts(target));
    }
    return demuxer.seekToTime(stream, time) || (position >= 0 && demuxer.seekToByte(position));
  }

  private boolean landedAtOrBefore(PacketTable packets, int wanted) throws IOException {
    for (int unknown = 0; unknown < MAX_UNKNOWN; unknown++) {
      if (!source.read(ahead)) {
        return false;
      }
      isAhead = true;
      OptionalInt found = packets.find(ahead.struct());
      if (found.isPresent()) {
        next = found.getAsInt();
        return next <= wanted;
      }
      dropAhead();
    }
    return false;
  }

  private void skipTo(int ordinal) throws IOException {
    while (next < ordinal) {
      if (isAhead) {
        dropAhead();
        next++;
      } else {
        if (!source.read(ahead)) {
          throw notReached(ordinal);
        }
        isAhead = true;
      }
    }
  }

  private void dropAhead() {
    if (isAhead) {
      ahead.unref();
      isAhead = false;
    }
  }

  private static ReaderException notReached(int ordinal) {
    return new ReaderException(
        "move to packet " + ordinal,
        null,
        0,
        "no seek of this container reaches it; has the file changed?",
        List.of(),
        null);
  }

  /** Whether a packet is one that decoding can start at. */
  static boolean isKey(AVPacket packet) {
    return (packet.flags() & AV_PKT_FLAG_KEY) != 0;
  }

  @Override
  public void close() {
    forget();
    closeAll(again);
    ahead.close();
    source.close();
  }
}
