package io.reelmux.examples;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Readers of all streams of a file. */
final class MediaReader implements AutoCloseable {
  private final List<StreamReader> streams = new ArrayList<>();

  private MediaReader() {}

  /** Opens all streams; those that turn out to hold nothing to decode are left out. */
  static MediaReader open(MediaFile file) throws IOException {
    MediaReader reader = new MediaReader();
    try {
      for (MediaStream stream : file.streams()) {
        reader.add(StreamReader.open(file.path(), stream));
      }
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  private void add(StreamReader stream) throws IOException {
    if (stream.atEnd()) {
      stream.close();
    } else {
      streams.add(stream);
    }
  }

  /** {@return the streams} */
  List<StreamReader> streams() {
    return streams;
  }

  /** {@return when the first frame of any stream begins} */
  Duration origin() {
    return streams.stream()
        .flatMap(stream -> stream.time().stream())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    for (StreamReader stream : streams) {
      stream.close();
    }
  }
}
