package io.reelmux.demos.transcode.decode;

import io.reelmux.demos.transcode.media.MediaFile;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Readers of all streams of a file. */
public final class MediaReader implements AutoCloseable {
  private final List<StreamReader> streams = new ArrayList<>();

  private MediaReader() {}

  /** Opens all streams; those without any frame are left out. */
  public static MediaReader open(MediaFile file) throws IOException {
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
  public List<StreamReader> streams() {
    return streams;
  }

  /** {@return when the first frame of any stream begins} */
  public Duration origin() {
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
