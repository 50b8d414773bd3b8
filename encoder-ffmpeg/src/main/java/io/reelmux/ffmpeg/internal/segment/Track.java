package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What playlists say of a sequence of segments: one stream, or all of a transport stream.
 *
 * @param name its name, from which those of its objects are made
 * @param streams the streams in its segments
 * @param bitRate the bit rate that was asked for; 0 if none was
 */
record Track(String name, List<PacketStreamInfo> streams, long bitRate) {

  Track {
    streams = List.copyOf(streams);
  }

  /** Returns whether it has video. */
  boolean hasVideo() {
    return streams.stream().anyMatch(stream -> stream.kind() == StreamKind.VIDEO);
  }

  /** Returns the stream that players choose it by. */
  PacketStreamInfo main() {
    return streams.stream()
        .filter(stream -> stream.kind() == StreamKind.VIDEO)
        .findFirst()
        .orElse(streams.get(0));
  }

  /** Returns the names of its codecs, separated by commas. */
  String codecs() {
    return streams.stream()
        .map(stream -> stream.codecString().orElseThrow())
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** Returns the language as BCP 47 has it; empty if it is not known. */
  String language() {
    return main().language().map(Languages::tag).orElse("");
  }
}
