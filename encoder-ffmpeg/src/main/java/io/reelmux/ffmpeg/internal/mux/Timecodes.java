package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.Timecode;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TagRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives timecodes to the muxer, and reports those that the container does not store. */
final class Timecodes {

  /** The tag in which muxers look for a timecode. */
  private static final String TAG = "timecode";

  private static final String TRACK_OPTION = "write_tmcd";
  private static final Set<String> WITH_TRACKS = Set.of("1", "true", "auto", "-1");

  private Timecodes() {}

  /**
   * Refuses an option without which a timecode would have its track.
   *
   * @param options the caller's muxer options
   * @throws IllegalArgumentException if one contradicts
   */
  static void check(MuxStream stream, Map<String, String> options) {
    String tracks = options.getOrDefault(TRACK_OPTION, "auto");
    if (stream.timecode().isPresent() && !WITH_TRACKS.contains(tracks)) {
      throw new IllegalArgumentException(
          "muxer option '%s' %s contradicts timecode %s of %s"
              .formatted(TRACK_OPTION, tracks, stream.timecode().get(), stream.label()));
    }
  }

  /** Returns the tag of a stream, where each has a timecode of its own. */
  static Map<String, String> ofStream(MuxStream stream, Container container, Notes notes) {
    if (stream.timecode().isEmpty()) {
      return Map.of();
    }
    Timecode timecode = stream.timecode().get();
    return switch (container.tags(stream.kind()).timecodes()) {
      case TRACKS -> tag(timecode);
      case ONE -> Map.of();
      case NONE -> {
        note(stream, timecode, container + " has no place for it", notes);
        yield Map.of();
      }
    };
  }

  /** Returns the tag of the file, where it has one timecode for all streams. */
  static Map<String, String> ofFile(List<MuxStream> streams, Container container, Notes notes) {
    if (container.tags().timecodes() != TagRules.Timecodes.ONE) {
      return Map.of();
    }
    Optional<Timecode> first =
        streams.stream().map(MuxStream::timecode).flatMap(Optional::stream).findFirst();
    for (MuxStream stream : streams) {
      stream
          .timecode()
          .filter(timecode -> !timecode.equals(first.orElseThrow()))
          .ifPresent(lost -> note(stream, lost, container + " stores one, " + first.get(), notes));
    }
    return first.map(Timecodes::tag).orElse(Map.of());
  }

  /** Reports the timecodes of streams whose packets go to a listener only. */
  static void withoutContainer(List<MuxStream> streams, Notes notes) {
    for (MuxStream stream : streams) {
      stream
          .timecode()
          .ifPresent(lost -> note(stream, lost, "packets have no place for it", notes));
    }
  }

  private static Map<String, String> tag(Timecode timecode) {
    return Map.of(TAG, timecode.toString());
  }

  private static void note(MuxStream stream, Timecode lost, String reason, Notes notes) {
    notes.of(stream.label()).add("timecode " + lost + " is not stored: " + reason);
  }
}
