package io.reelmux.ffmpeg.media;

import java.util.List;
import java.util.Map;

/**
 * A file that was read.
 *
 * @param format the demuxer's name
 * @param durationMicros 0 if the container does not say
 */
record Media(
    String format, long durationMicros, Map<String, String> metadata, List<ReadStream> tracks) {

  ReadStream video(int index) {
    return tracks.stream().filter(ReadStream::video).skip(index).findFirst().orElseThrow();
  }

  ReadStream audio(int index) {
    return tracks.stream().filter(track -> !track.video()).skip(index).findFirst().orElseThrow();
  }
}
