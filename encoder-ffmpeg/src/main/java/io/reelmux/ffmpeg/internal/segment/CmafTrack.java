package io.reelmux.ffmpeg.internal.segment;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/** Cuts one stream into CMAF segments, and those into parts. */
final class CmafTrack implements AutoCloseable {

  /** Limits memory; a segment may consist of several fragments. */
  private static final long MAX_FRAGMENT_BYTES = 16L << 20;

  private final FragmentMuxer muxer;
  private final PresentationTrack state;
  private final TimeBase base;
  private final StreamKind kind;
  private final boolean hasParts;
  private final long maxBytes;
  private final String name;

  /** Where the reference has begun segments and parts that this track has not reached. */
  private final Deque<Ticks> segmentCuts = new ArrayDeque<>();

  private final Deque<Ticks> partCuts = new ArrayDeque<>();

  private GuardedStore.@Nullable Open segment;
  private boolean begun;
  private Ticks segmentStart;
  private Ticks partStart;
  private boolean independent;
  private Ticks end;

  CmafTrack(
      String name,
      FragmentMuxer muxer,
      PresentationTrack state,
      StreamKind kind,
      TimeBase base,
      boolean hasParts,
      long maxBytes) {
    this.name = name;
    this.muxer = muxer;
    this.state = state;
    this.kind = kind;
    this.base = base;
    this.hasParts = hasParts;
    this.maxBytes = maxBytes;
    this.segmentStart = new Ticks(0, base);
    this.partStart = segmentStart;
    this.end = segmentStart;
  }

  /** The reference has begun a segment or a part. */
  void follow(CutClock.Cut cut, Ticks time) {
    switch (cut) {
      case SEGMENT -> segmentCuts.add(time);
      case PART -> partCuts.add(time);
      case NONE -> {}
    }
  }

  /** Writes a packet of a stream that decides for itself where it is cut. */
  void write(AVPacket packet, CutClock.Cut cut) throws IOException {
    if (begun) {
      switch (cut) {
        case SEGMENT -> endSegment(packet);
        case PART -> endPart(packet, /* last= */ false);
        case NONE -> limitFragment(packet);
      }
    }
    add(packet);
  }

  /**
   * Writes a packet of a stream that follows the reference.
   *
   * @param overdue whether the reference has been silent for a segment
   */
  void writeFollowing(AVPacket packet, boolean overdue) throws IOException {
    boolean newSegment = reached(segmentCuts, new Ticks(packet.pts(), base));
    boolean newPart = reached(partCuts, new Ticks(packet.dts(), base));
    if (newSegment || overdue) {
      write(packet, CutClock.Cut.SEGMENT);
    } else {
      write(packet, newPart && hasParts ? CutClock.Cut.PART : CutClock.Cut.NONE);
    }
  }

  private static boolean reached(Deque<Ticks> cuts, Ticks time) {
    boolean reached = false;
    while (!cuts.isEmpty() && !time.isBefore(cuts.element())) {
      cuts.remove();
      reached = true;
    }
    return reached;
  }

  private void add(AVPacket packet) throws IOException {
    if (!begun) {
      begun = true;
      // an edit list cuts what is before zero: the priming of audio
      begin(new Ticks(Math.max(0, packet.pts()), base), packet);
    }
    Ticks packetEnd = new Ticks(packet.pts() + packet.duration(), base);
    if (end.isBefore(packetEnd)) {
      end = packetEnd;
    }
    muxer.write(0, packet);
    long size = muxer.waitingBytes() + (segment == null ? 0 : segment.size());
    if (size > maxBytes) {
      throw new EncoderException(
          "write a segment",
          name,
          0,
          "segment %d has more than %d bytes: shorten the distance of key frames, or raise maxSegmentBytes"
              .formatted(state.nextNumber(), maxBytes),
          List.of(),
          null);
    }
  }

  private void begin(Ticks start, AVPacket packet) {
    segmentStart = start;
    beginPart(packet);
  }

  private void beginPart(AVPacket packet) {
    partStart = new Ticks(packet.dts(), base);
    independent = kind == StreamKind.AUDIO || (packet.flags() & AV_PKT_FLAG_KEY) != 0;
  }

  private void limitFragment(AVPacket next) throws IOException {
    if (!hasParts && muxer.waitingBytes() > MAX_FRAGMENT_BYTES) {
      append(muxer.fragment(0, next.dts()));
    }
  }

  private void endPart(AVPacket next, boolean last) throws IOException {
    part(muxer.fragment(0, next.dts()), new Ticks(next.dts(), base), last);
    beginPart(next);
  }

  private void part(byte[] bytes, Ticks until, boolean last) throws IOException {
    append(bytes);
    if (hasParts) {
      state.part(bytes, partStart, until, independent, last);
    }
  }

  private void append(byte[] bytes) throws IOException {
    GuardedStore.Open open = segment;
    if (open == null) {
      if (state.nextNumber() == 0) {
        state.init(muxer.init());
      }
      open = state.open(segmentStart);
      segment = open;
    }
    open.write(bytes);
  }

  private void endSegment(AVPacket next) throws IOException {
    endPart(next, /* last= */ true);
    Ticks start = new Ticks(next.pts(), base);
    commit(start);
    begin(start, next);
  }

  private void commit(Ticks until) throws IOException {
    GuardedStore.Open open = segment;
    segment = null;
    if (open != null) {
      state.commit(open, segmentStart, until);
    }
  }

  /** Returns the presentation time of the segment's start. */
  Ticks segmentStart() {
    return segmentStart;
  }

  /** Writes the last segment. */
  void finish() throws IOException {
    if (begun) {
      part(muxer.last(), end, /* last= */ true);
      commit(end);
    }
  }

  @Override
  public void close() {
    muxer.close();
  }
}
