package io.reelmux.demos.transcode.copy;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import io.reelmux.demos.transcode.decode.MediaReader;
import io.reelmux.demos.transcode.decode.StreamReader;
import io.reelmux.demos.transcode.media.FrameSize;
import io.reelmux.demos.transcode.media.MediaFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Re-encodes the streams of a file on the CPU.
 *
 * @param quality of the video
 * @param size of the frames; empty to keep it
 */
public record CpuTranscoder(Quality quality, Optional<FrameSize> size) {

  public EncodingResult run(MediaFile file, Path output) throws IOException {
    try (MediaReader readers = MediaReader.open(file);
        Encoder encoder = Encoder.create();
        ProgressLine progress = new ProgressLine("Transcoding", file.packets())) {
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
