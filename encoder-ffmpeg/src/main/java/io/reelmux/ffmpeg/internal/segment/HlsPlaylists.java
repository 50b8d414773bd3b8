package io.reelmux.ffmpeg.internal.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.SegmentFormat;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the HLS playlists of a {@link Presentation} into the store. */
final class HlsPlaylists {
  private static final String TYPE = "application/vnd.apple.mpegurl";

  private final SegmentOptions options;
  private final GuardedStore store;
  private final Names names;
  private final SegmentLengths lengths;

  /** The tracks whose playlists have been written. */
  private final Set<PresentationTrack> written = new LinkedHashSet<>();

  private boolean mainWritten;

  HlsPlaylists(SegmentOptions options, GuardedStore store, Names names, SegmentLengths lengths) {
    this.options = options;
    this.store = store;
    this.names = names;
    this.lengths = lengths;
  }

  /**
   * Writes the playlist of a track.
   *
   * @param start date and time of presentation time zero
   */
  void media(PresentationTrack track, Optional<Instant> start, boolean ended) throws IOException {
    String name = names.playlist(track.track().name());
    Optional<String> hint = ended ? Optional.empty() : Optional.of(track.nextPartName());
    MediaPlaylist playlist =
        new MediaPlaylist(
            name,
            options.playlists(),
            lengths.targetSeconds(),
            track.init(),
            track.listed(),
            track.nextNumber(),
            track
                .partTarget()
                .map(length -> new MediaPlaylist.LowLatency(length, track.parts(), hint)),
            start,
            ended);
    SegmentInfo info =
        new SegmentInfo(
            SegmentKind.MEDIA_PLAYLIST,
            TYPE,
            track.track().name(),
            track.nextNumber(),
            track.parts().size(),
            Duration.ZERO,
            track.partTarget().isPresent() ? hint.stream().collect(Collectors.toSet()) : Set.of());
    store.put(name, info, HlsWriter.media(playlist).getBytes(UTF_8));
    written.add(track);
  }

  /** Writes the main playlist for the first time, once there is a playlist of each track. */
  void mainIfComplete(List<PresentationTrack> tracks) throws IOException {
    if (!mainWritten && written.containsAll(tracks)) {
      main(tracks, /* ended= */ false);
    }
  }

  /**
   * Writes the main playlist. Once all segments exist, BANDWIDTH must be their highest rate (RFC
   * 8216, section 4.3.4.2).
   */
  void main(List<PresentationTrack> tracks, boolean ended) throws IOException {
    mainWritten = true;
    List<HlsWriter.Entry> entries =
        tracks.stream()
            .filter(written::contains)
            .map(
                track ->
                    new HlsWriter.Entry(
                        track.track(),
                        names.playlist(track.track().name()),
                        ended ? track.rate().peak() : track.rate().expectedPeak(),
                        track.rate().average()))
            .toList();
    String name = names.main();
    boolean cmaf = options.format() == SegmentFormat.CMAF;
    store.put(
        name,
        new SegmentInfo(SegmentKind.MAIN_PLAYLIST, TYPE, "", 0, 0, Duration.ZERO),
        HlsWriter.main(name, entries, cmaf).getBytes(UTF_8));
  }
}
