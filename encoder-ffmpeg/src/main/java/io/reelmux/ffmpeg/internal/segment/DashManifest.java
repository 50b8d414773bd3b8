package io.reelmux.ffmpeg.internal.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentOptions.Playlists;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Puts the DASH manifest of a {@link Presentation} into the store. */
final class DashManifest {

  /** How many segments a manifest with low latency announces. */
  private static final int ANNOUNCED = 2;

  private final SegmentOptions options;
  private final GuardedStore store;
  private final Names names;
  private final InstantSource clock;
  private final NumberGrid grid;

  DashManifest(
      SegmentOptions options, GuardedStore store, Names names, Notes notes, InstantSource clock) {
    this.options = options;
    this.store = store;
    this.names = names;
    this.clock = clock;
    this.grid = new NumberGrid(options.length(), notes);
  }

  /** The first packet has come. */
  void begin(Ticks time) {
    grid.begin(time);
  }

  /** Compares a segment with where players look for it, if they do not read that. */
  void check(Track track, Segment segment, Optional<Instant> start) {
    if (isNumbered()) {
      grid.check(track, segment, start.orElseThrow(), clock.instant());
    }
  }

  /** Whether players find segments by their numbers, before they are complete. */
  private boolean isNumbered() {
    return options.parts().isPresent();
  }

  /**
   * Writes the manifest.
   *
   * @param tracks those that have segments
   * @param start date and time of presentation time zero
   */
  void write(List<PresentationTrack> tracks, Optional<Instant> start, boolean ended)
      throws IOException {
    String name = names.manifest();
    DashWriter.Manifest manifest =
        new DashWriter.Manifest(
            name,
            options.length(),
            tracks.stream().map(this::entry).toList(),
            options.playlists() == Playlists.VOD ? Optional.empty() : start,
            options.window() > 0 ? Optional.of(options.window()) : Optional.empty(),
            isNumbered() ? Optional.of(numbering(tracks, ended)) : Optional.empty(),
            clock.instant(),
            ended);
    SegmentInfo info =
        new SegmentInfo(
            SegmentKind.MANIFEST,
            "application/dash+xml",
            "",
            0,
            0,
            Duration.ZERO,
            isNumbered() && !ended ? announced(tracks) : Set.of());
    store.put(name, info, DashWriter.write(manifest).getBytes(UTF_8));
  }

  private DashWriter.Entry entry(PresentationTrack track) {
    return new DashWriter.Entry(
        track.track(),
        track.initName(),
        names.template(track.track().name()),
        track.listed(),
        track.rate().expectedPeak(),
        track.partTarget());
  }

  private DashWriter.Numbering numbering(List<PresentationTrack> tracks, boolean ended) {
    Ticks end = tracks.stream().map(PresentationTrack::end).max(Ticks::compareTo).orElseThrow();
    long count = tracks.stream().mapToLong(PresentationTrack::nextNumber).min().orElseThrow();
    // while it is live, the window says which numbers there are
    long first =
        ended
            ? tracks.stream().mapToLong(track -> track.listed().get(0).number()).max().orElse(0)
            : 0;
    return new DashWriter.Numbering(
        first,
        grid.nominalStart(first),
        options.parts().orElseThrow(),
        ended ? Optional.of(grid.end(end, count)) : Optional.empty());
  }

  /** The segments that follow; a player whose clock is fast may ask for one before its time. */
  private Set<String> announced(List<PresentationTrack> tracks) {
    return tracks.stream()
        .flatMap(
            track ->
                LongStream.range(track.nextNumber(), track.nextNumber() + ANNOUNCED)
                    .mapToObj(number -> names.segment(track.track().name(), number)))
        .collect(Collectors.toSet());
  }
}
