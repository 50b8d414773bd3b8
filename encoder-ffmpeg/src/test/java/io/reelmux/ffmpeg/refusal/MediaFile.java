package io.reelmux.ffmpeg.refusal;

import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file as libavformat reads it.
 *
 * @param tags of the container
 * @param titles of the streams, empty where there is none
 * @param packets number of packets of each stream
 */
record MediaFile(Map<String, String> tags, List<String> titles, List<Integer> packets) {

  static MediaFile read(byte[] bytes) throws IOException {
    return of(MediaReader.demux(bytes));
  }

  static MediaFile read(Path file) throws IOException {
    return of(MediaReader.demux(file));
  }

  private static MediaFile of(Media media) {
    return new MediaFile(
        media.metadata(),
        media.streams().stream().map(s -> s.metadata().getOrDefault("title", "")).toList(),
        media.streams().stream().map(s -> s.packets().size()).toList());
  }
}
