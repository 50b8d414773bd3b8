package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/**
 * Encodes the streams of a file anew on the CPU.
 *
 * @param quality of the pictures
 * @param size of the pictures; empty to keep it
 */
record CpuTranscoder(Quality quality, Optional<PictureSize> size) {

  EncodingResult run(MediaFile file, Path output) throws IOException {
    try (MediaReader readers = MediaReader.open(file);
        Encoder encoder = Encoder.create();
        ProgressBar progress = new ProgressBar("Transcoding", file.packets())) {
      List<StreamCopy> copies = copies(encoder, readers);
      encoder.openFile(output);
      StreamCopies.run(copies, progress);
      return encoder.finish();
    }
  }

  private List<StreamCopy> copies(Encoder encoder, MediaReader readers) {
    Duration origin = readers.origin();
    List<StreamCopy> copies = new ArrayList<>();
    for (StreamReader reader : readers.streams()) {
      copies.add(
          reader.stream().kind() == StreamKind.VIDEO
              ? new VideoCopy(encoder, reader, origin, quality, size)
              : new AudioCopy(encoder, reader, origin));
    }
    return copies;
  }
}
