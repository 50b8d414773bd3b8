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

  /** Samples in the longest packets, those of FLAC. */
  private static final int MAX_AUDIO_PACKET = 4608;

  /** Seconds, where frames have no constant rate. */
  private static final double SLOW_FRAME = 0.1;

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

  /** Returns how much later than asked for a cut can be: a frame of video, or a packet of audio. */
  double frameSeconds() {
    PacketStreamInfo main = main();
    if (main.kind() == StreamKind.AUDIO) {
      return (double) MAX_AUDIO_PACKET / main.sampleRate();
    }
    return main.frameRate().map(rate -> 1 / rate.toDouble()).orElse(SLOW_FRAME);
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
