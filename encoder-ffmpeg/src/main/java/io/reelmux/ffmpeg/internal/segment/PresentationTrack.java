package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentFormat;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One track of a {@link Presentation}: its init segment, segments and parts in the store, and which
 * of them playlists name.
 */
final class PresentationTrack {
  private final Presentation presentation;
  private final Track track;
  private final Optional<Ticks> partTarget;
  private final SegmentOptions options;
  private final GuardedStore store;
  private final Names names;
  private final MeasuredRate rate;

  /** The segments that playlists name. */
  private final Deque<Segment> listed = new ArrayDeque<>();

  /** Segments that have left the playlists and have not been deleted. */
  private final Deque<Segment> leaving = new ArrayDeque<>();

  /** Segments whose parts have left the playlist and have not been deleted. */
  private final Deque<Segment> withParts = new ArrayDeque<>();

  private final List<Part> parts = new ArrayList<>();
  private boolean hasInit;
  private long nextNumber;
  private Ticks end = Ticks.of(Duration.ZERO);

  /**
   * A track without segments.
   *
   * @param partTarget the longest part of it, for low latency
   */
  PresentationTrack(
      Presentation presentation,
      Track track,
      Optional<Ticks> partTarget,
      SegmentOptions options,
      GuardedStore store,
      Names names) {
    this.presentation = presentation;
    this.track = track;
    this.partTarget = partTarget;
    this.options = options;
    this.store = store;
    this.names = names;
    this.rate = new MeasuredRate(options.length(), track.bitRate());
  }

  /** Writes the init segment. */
  void init(byte[] bytes) throws IOException {
    store.put(initName(), info(SegmentKind.INIT, 0, 0, Duration.ZERO), bytes);
    hasInit = true;
  }

  /** Begins the next segment. */
  GuardedStore.Open open(Ticks begin) throws IOException {
    SegmentInfo info = info(SegmentKind.SEGMENT, nextNumber, 0, begin.toDuration());
    return store.open(names.segment(track.name(), nextNumber), info);
  }

  /**
   * Writes a part of the segment that is not complete, which HLS requires: for DASH the segment
   * itself grows.
   *
   * @param last whether the segment is complete with it: its playlist is then written with the
   *     segment
   */
  void part(byte[] bytes, Ticks from, Ticks to, boolean independent, boolean last)
      throws IOException {
    if (!options.hls()) {
      return;
    }
    SegmentInfo info = info(SegmentKind.PART, nextNumber, parts.size(), from.toDuration());
    String name = nextPartName();
    store.put(name, info, bytes);
    parts.add(new Part(name, from, to, independent));
    if (!last) {
      presentation.partAdded(this);
    }
  }

  private SegmentInfo info(SegmentKind kind, long number, int part, Duration start) {
    return new SegmentInfo(kind, contentType(), track.name(), number, part, start);
  }

  private String contentType() {
    if (options.format() == SegmentFormat.MPEG_TS) {
      return "video/" + options.format().subtype();
    }
    return track.hasVideo() ? "video/mp4" : "audio/mp4";
  }

  /** Commits a segment, and lets the presentation write and delete what follows from it. */
  void commit(GuardedStore.Open open, Ticks from, Ticks to) throws IOException {
    open.commit();
    Segment segment = new Segment(nextNumber, open.name(), from, to, open.size(), parts);
    parts.clear();
    end = to;
    nextNumber++;
    rate.add(segment);
    listed.add(segment);
    if (!segment.parts().isEmpty()) {
      withParts.add(segment);
    }
    while (options.window() > 0 && listed.size() > options.window()) {
      leaving.add(listed.remove());
    }
    presentation.segmentAdded(this, segment);
  }

  /** Deletes what no playlist names anymore. */
  void deleteOld() throws IOException {
    // players may still ask for those that the playlist before this one named
    while (withParts.size() > 2 * MediaPlaylist.PARTS_OF) {
      for (Part part : withParts.remove().parts()) {
        store.delete(part.name());
      }
    }
    while (options.window() > 0 && leaving.size() > options.keep()) {
      store.delete(leaving.remove().name());
    }
  }

  Track track() {
    return track;
  }

  Optional<Ticks> partTarget() {
    return partTarget;
  }

  /** Returns the bit rates that its segments have. */
  MeasuredRate rate() {
    return rate;
  }

  /** Returns the segments that playlists name, oldest first. */
  List<Segment> listed() {
    return List.copyOf(listed);
  }

  boolean hasSegments() {
    return !listed.isEmpty();
  }

  /** Returns the parts of the segment that is not complete. */
  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Returns the number of the segment that is not complete. */
  long nextNumber() {
    return nextNumber;
  }

  /** Returns the end of the last segment. */
  Ticks end() {
    return end;
  }

  /** Returns the rounded duration of the longest segment that is listed, in seconds. */
  long longest() {
    return listed.stream().mapToLong(Segment::roundedSeconds).max().orElse(0);
  }

  String initName() {
    return names.init(track.name());
  }

  /** Returns the name of the init segment, if there is one: transport streams have none. */
  Optional<String> init() {
    return hasInit ? Optional.of(initName()) : Optional.empty();
  }

  /** Returns the name of the part that follows. */
  String nextPartName() {
    return names.part(track.name(), nextNumber, parts.size());
  }
}
