package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentOptions;
import io.reelmux.SegmentOptions.Playlists;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a presentation in the store, in the order that {@link io.reelmux.SegmentStore}
 * promises: segments before the playlists that name them, playlists before deletions.
 */
final class Presentation {
  private final SegmentOptions options;
  private final GuardedStore store;
  private final Names names;
  private final Notes notes;
  private final InstantSource clock;
  private final List<PresentationTrack> tracks = new ArrayList<>();
  private final SegmentLengths lengths;
  private final HlsPlaylists hls;
  private final DashManifest dash;
  private Optional<Instant> start;

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
            options,
            notes,
            () -> tracks.stream().mapToLong(PresentationTrack::longest).max().orElse(0));
    this.hls = new HlsPlaylists(options, store, names, lengths);
    this.dash = new DashManifest(options, store, names, notes, clock);
  }

  /**
   * Adds a track. All are added before the first segment.
   *
   * @param partTarget the longest part of it, for low latency
   */
  PresentationTrack add(Track track, Optional<Ticks> partTarget) {
    PresentationTrack added = new PresentationTrack(this, track, partTarget, options, store, names);
    tracks.add(added);
    return added;
  }

  /** The first packet has come: fixes the date of time zero where players need one. */
  void begin(Ticks time) {
    if (start.isEmpty() && options.dash() && options.playlists() != Playlists.VOD) {
      start = Optional.of(clock.instant().minus(time.toDuration()));
    }
    dash.begin(time);
  }

  /** A part is in the store with which its segment is not complete. */
  void partAdded(PresentationTrack track) throws IOException {
    if (options.hls()) {
      hls.media(track, start, /* ended= */ false);
    }
  }

  /** A segment is in the store. */
  void segmentAdded(PresentationTrack track, Segment segment) throws IOException {
    lengths.check(track.track(), segment);
    if (options.dash()) {
      dash.check(track.track(), segment, start);
    }
    if (options.playlists() != Playlists.VOD) {
      update(track);
    }
  }

  private void update(PresentationTrack changed) throws IOException {
    if (options.hls()) {
      hls.media(changed, start, /* ended= */ false);
      hls.mainIfComplete(tracks);
    }
    if (!options.dash()) {
      changed.deleteOld();
    } else if (isLast(changed)) {
      dash.write(withSegments(), start, /* ended= */ false);
      for (PresentationTrack track : tracks) {
        track.deleteOld();
      }
    }
  }

  /** Whether no other track is about to complete the same segment. */
  private boolean isLast(PresentationTrack changed) {
    long number = changed.nextNumber();
    return tracks.stream().allMatch(PresentationTrack::hasSegments)
        && tracks.stream()
            .allMatch(track -> track.nextNumber() >= number || track.nextNumber() < number - 1);
  }

  private List<PresentationTrack> withSegments() {
    return tracks.stream().filter(PresentationTrack::hasSegments).toList();
  }

  /** Writes all playlists for the last time. */
  void finish() throws IOException {
    List<PresentationTrack> written = withSegments();
    if (written.isEmpty()) {
      notes.add("no playlist is written: there is no segment");
      return;
    }
    if (options.hls()) {
      for (PresentationTrack track : written) {
        hls.media(track, start, /* ended= */ true);
      }
      hls.main(tracks, /* ended= */ true);
    }
    if (options.dash()) {
      dash.write(written, start, /* ended= */ true);
    }
    for (PresentationTrack track : written) {
      track.deleteOld();
    }
  }
}
