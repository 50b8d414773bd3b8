package io.reelmux.ffmpeg.media;

import java.util.List;
import java.util.Map;

/**
 * The contents of a media file.
 *
 * @param format name of the demuxer
 * @param durationMicros 0 if the container does not specify it
 */
record Media(
    String format, long durationMicros, Map<String, String> metadata, List<ReadStream> streams) {

  ReadStream video(int index) {
    return streams.stream().filter(ReadStream::video).skip(index).findFirst().orElseThrow();
  }

  ReadStream audio(int index) {
    return streams.stream().filter(stream -> !stream.video()).skip(index).findFirst().orElseThrow();
  }
}
