package io.reelmux.ffmpeg.internal.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.SegmentFormat;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentOptions.Playlists;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a presentation in the store, in the order that {@link io.reelmux.SegmentStore}
 * promises: segments before the playlists that name them, playlists before deletions.
 */
final class Presentation {
  private static final double BITS = 8.0;

  /** How many segments a manifest with low latency announces. */
  private static final int ANNOUNCED = 2;

  private final SegmentOptions options;
  private final GuardedStore store;
  private final Names names;
  private final Notes notes;
  private final InstantSource clock;
  private final List<State> states = new ArrayList<>();
  private final SegmentLengths lengths;
  private final NumberGrid grid;
  private Optional<Instant> start;
  private boolean mainWritten;

  Presentation(
      SegmentOptions options, GuardedStore store, Names names, Notes notes, InstantSource clock) {
    this.options = options;
    this.store = store;
    this.names = names;
    this.notes = notes;
    this.clock = clock;
    this.start = options.programStart();
    this.lengths =
        new SegmentLengths(
            options, notes, () -> states.stream().mapToLong(State::longest).max().orElse(0));
    this.grid = new NumberGrid(options.length(), notes);
  }

  /** One track's part of the presentation. */
  final class State {
    private final Track track;
    private final Optional<Ticks> partTarget;

    /** The segments that playlists name. */
    private final Deque<Segment> listed = new ArrayDeque<>();

    /** Segments that have left the playlists and have not been deleted. */
    private final Deque<Segment> leaving = new ArrayDeque<>();

    /** Segments whose parts have left the playlist and have not been deleted. */
    private final Deque<Segment> withParts = new ArrayDeque<>();

    private final List<Part> parts = new ArrayList<>();
    private boolean hasInit;
    private boolean playlistWritten;
    private long nextNumber;
    private long peak;
    private long totalBytes;
    private Ticks first = Ticks.of(Duration.ZERO);
    private Ticks end = first;

    private State(Track track, Optional<Ticks> partTarget) {
      this.track = track;
      this.partTarget = partTarget;
    }

    /** Returns the number of the segment that is not complete. */
    long nextNumber() {
      return nextNumber;
    }

    /** Writes the init segment. */
    void init(byte[] bytes) throws IOException {
      SegmentInfo info =
          new SegmentInfo(SegmentKind.INIT, contentType(), track.name(), 0, 0, Duration.ZERO);
      store.put(names.init(track.name()), info, bytes);
      hasInit = true;
    }

    /** Begins the next segment. */
    GuardedStore.Open open(Ticks begin) throws IOException {
      SegmentInfo info =
          new SegmentInfo(
              SegmentKind.SEGMENT, contentType(), track.name(), nextNumber, 0, begin.toDuration());
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
      int number = parts.size();
      SegmentInfo info =
          new SegmentInfo(
              SegmentKind.PART, contentType(), track.name(), nextNumber, number, from.toDuration());
      String name = names.part(track.name(), nextNumber, number);
      store.put(name, info, bytes);
      parts.add(new Part(name, from, to, independent));
      if (!last) {
        playlist(/* ended= */ false);
      }
    }

    /** Commits a segment, and writes and deletes what follows from it. */
    void commit(GuardedStore.Open open, Ticks from, Ticks to) throws IOException {
      open.commit();
      Segment segment = new Segment(nextNumber, open.name(), from, to, open.size(), parts);
      parts.clear();
      if (nextNumber == 0) {
        first = from;
      }
      end = to;
      nextNumber++;
      totalBytes += segment.bytes();
      measure(segment);
      listed.add(segment);
      if (!segment.parts().isEmpty()) {
        withParts.add(segment);
      }
      while (options.window() > 0 && listed.size() > options.window()) {
        leaving.add(listed.remove());
      }
      lengths.check(track, segment);
      if (isNumbered()) {
        grid.check(track, segment, start.orElseThrow(), clock.instant());
      }
      if (options.playlists() != Playlists.VOD) {
        update(this);
      }
    }

    private void measure(Segment segment) {
      double seconds = segment.seconds();
      // the last one may be a frame or two, which say little about the rate
      if (seconds > 0 && (peak == 0 || seconds * 2 >= options.length().toMillis() / 1000.0)) {
        peak = Math.max(peak, Math.round(segment.bytes() * BITS / seconds));
      }
    }

    private long longest() {
      return listed.stream().mapToLong(Segment::roundedSeconds).max().orElse(0);
    }

    private String contentType() {
      if (options.format() == SegmentFormat.MPEG_TS) {
        return "video/" + options.format().subtype();
      }
      return track.hasVideo() ? "video/mp4" : "audio/mp4";
    }

    /** At least the average, which short segments at the end can be below. */
    private long peakRate() {
      return Math.max(averageRate(), Math.max(peak, track.bitRate()));
    }

    private long averageRate() {
      double seconds = end.toDouble() - first.toDouble();
      long known = seconds > 0 ? Math.round(totalBytes * BITS / seconds) : track.bitRate();
      return Math.max(1, known);
    }

    /** Writes the playlist. */
    private void playlist(boolean ended) throws IOException {
      if (!options.hls()) {
        return;
      }
      String name = names.playlist(track.name());
      Optional<String> hint =
          ended
              ? Optional.empty()
              : Optional.of(names.part(track.name(), nextNumber, parts.size()));
      MediaPlaylist playlist =
          new MediaPlaylist(
              name,
              options.playlists(),
              lengths.targetSeconds(),
              hasInit ? Optional.of(names.init(track.name())) : Optional.empty(),
              List.copyOf(listed),
              nextNumber,
              partTarget.map(length -> new MediaPlaylist.LowLatency(length, parts, hint)),
              start,
              ended);
      SegmentInfo info =
          new SegmentInfo(
              SegmentKind.MEDIA_PLAYLIST,
              "application/vnd.apple.mpegurl",
              track.name(),
              nextNumber,
              parts.size(),
              Duration.ZERO,
              partTarget.isPresent() ? hint.stream().collect(Collectors.toSet()) : Set.of());
      store.put(name, info, HlsWriter.media(playlist).getBytes(UTF_8));
      playlistWritten = true;
    }

    /** Deletes what no playlist names anymore. */
    private void deleteOld() throws IOException {
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
  }

  /**
   * Adds a track. All are added before the first segment.
   *
   * @param partTarget the longest part of it, for low latency
   */
  State add(Track track, Optional<Ticks> partTarget) {
    State state = new State(track, partTarget);
    states.add(state);
    return state;
  }

  /** The first packet has come: fixes the date of time zero where players need one. */
  void begin(Ticks time) {
    if (start.isEmpty() && options.dash() && options.playlists() != Playlists.VOD) {
      start = Optional.of(clock.instant().minus(time.toDuration()));
    }
    grid.begin(time);
  }

  /** Whether DASH players find segments by their numbers, before they are complete. */
  private boolean isNumbered() {
    return options.dash() && options.parts().isPresent();
  }

  private void update(State changed) throws IOException {
    changed.playlist(/* ended= */ false);
    if (!mainWritten && states.stream().allMatch(state -> state.playlistWritten)) {
      main();
    }
    if (!options.dash()) {
      changed.deleteOld();
    } else if (isLast(changed)) {
      manifest(/* ended= */ false);
      for (State state : states) {
        state.deleteOld();
      }
    }
  }

  /** Whether no other track is about to complete the same segment. */
  private boolean isLast(State changed) {
    return states.stream().allMatch(state -> state.nextNumber > 0)
        && states.stream()
            .allMatch(
                state ->
                    state.nextNumber >= changed.nextNumber
                        || state.nextNumber < changed.nextNumber - 1);
  }

  private void main() throws IOException {
    if (!options.hls()) {
      return;
    }
    mainWritten = true;
    List<HlsWriter.Entry> entries =
        states.stream()
            .filter(state -> state.playlistWritten)
            .map(
                state ->
                    new HlsWriter.Entry(
                        state.track,
                        names.playlist(state.track.name()),
                        state.peakRate(),
                        state.averageRate()))
            .toList();
    String name = names.main();
    boolean cmaf = options.format() == SegmentFormat.CMAF;
    store.put(
        name,
        playlistInfo(SegmentKind.MAIN_PLAYLIST, "application/vnd.apple.mpegurl", Set.of()),
        HlsWriter.main(name, entries, cmaf).getBytes(UTF_8));
  }

  private static SegmentInfo playlistInfo(
      SegmentKind kind, String contentType, Set<String> announced) {
    return new SegmentInfo(kind, contentType, "", 0, 0, Duration.ZERO, announced);
  }

  private void manifest(boolean ended) throws IOException {
    String name = names.manifest();
    List<State> written = states.stream().filter(state -> !state.listed.isEmpty()).toList();
    List<DashWriter.Entry> entries = written.stream().map(this::entry).toList();
    @Nullable Integer window = options.window() > 0 ? options.window() : null;
    DashWriter.Manifest manifest =
        new DashWriter.Manifest(
            name,
            options.length(),
            entries,
            options.playlists() == Playlists.VOD ? Optional.empty() : start,
            Optional.ofNullable(window),
            isNumbered() ? Optional.of(numbering(written, ended)) : Optional.empty(),
            ended);
    store.put(
        name,
        playlistInfo(
            SegmentKind.MANIFEST, "application/dash+xml", ended ? Set.of() : announced(written)),
        DashWriter.write(manifest).getBytes(UTF_8));
  }

  private DashWriter.Entry entry(State state) {
    return new DashWriter.Entry(
        state.track,
        names.init(state.track.name()),
        names.template(state.track.name()),
        List.copyOf(state.listed),
        state.peakRate(),
        state.partTarget);
  }

  private DashWriter.Numbering numbering(List<State> written, boolean ended) {
    Ticks end = written.stream().map(state -> state.end).max(Ticks::compareTo).orElseThrow();
    long count = written.stream().mapToLong(state -> state.nextNumber).min().orElseThrow();
    // while it is live, the window says which numbers there are
    long first =
        ended
            ? written.stream().mapToLong(state -> state.listed.element().number()).max().orElse(0)
            : 0;
    return new DashWriter.Numbering(
        first,
        grid.nominalStart(first),
        clock.instant(),
        options.parts().orElseThrow(),
        ended ? Optional.of(grid.end(end, count)) : Optional.empty());
  }

  /** The segments that follow; a player whose clock is fast may ask for one before its time. */
  private Set<String> announced(List<State> written) {
    if (!isNumbered()) {
      return Set.of();
    }
    return written.stream()
        .flatMap(
            state ->
                LongStream.range(state.nextNumber, state.nextNumber + ANNOUNCED)
                    .mapToObj(number -> names.segment(state.track.name(), number)))
        .collect(Collectors.toSet());
  }

  /** Writes all playlists for the last time. */
  void finish() throws IOException {
    List<State> written = states.stream().filter(state -> !state.listed.isEmpty()).toList();
    if (written.isEmpty()) {
      notes.add("no playlist is written: there is no segment");
      return;
    }
    for (State state : written) {
      state.playlist(/* ended= */ true);
    }
    main();
    if (options.dash()) {
      manifest(/* ended= */ true);
    }
    for (State state : written) {
      state.deleteOld();
    }
  }
}
