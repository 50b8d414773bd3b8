package io.reelmux.examples;

import io.reelmux.Device;
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
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Decodes, scales and encodes the video streams of a file on a GPU; sound stays on the CPU. */
final class GpuTranscoder {
  private final Device gpu;
  private final Quality quality;
  private final Optional<PictureSize> size;
  private int hostCopies;

  /**
   * A transcoder.
   *
   * @param quality of the pictures
   * @param size of the pictures; empty to keep it
   */
  GpuTranscoder(Device gpu, Quality quality, Optional<PictureSize> size) {
    this.gpu = gpu;
    this.quality = quality;
    this.size = size;
  }

  EncodingResult run(MediaFile file, Path output) throws IOException {
    try (GpuDevice device = GpuDevice.open(gpu.index());
        Owners owners = new Owners();
        MediaReader sounds = MediaReader.open(file.only(StreamKind.AUDIO));
        Encoder encoder = Encoder.create();
        ProgressBar progress = new ProgressBar("Transcoding", file.packets())) {
      List<GpuReader> videos = new ArrayList<>();
      for (MediaStream stream : file.only(StreamKind.VIDEO).streams()) {
        videos.add(owners.add(GpuReader.open(file.path(), stream, size, device)));
      }
      List<StreamCopy> copies = copies(encoder, videos, sounds);
      encoder.openFile(output);
      StreamCopies.run(copies, progress);
      EncodingResult result = encoder.finish();
      hostCopies = videos.stream().mapToInt(GpuReader::hostCopies).sum();
      return result;
    }
  }

  private List<StreamCopy> copies(Encoder encoder, List<GpuReader> videos, MediaReader sounds) {
    Duration origin =
        Stream.concat(
                videos.stream().flatMap(video -> video.time().stream()),
                sounds.streams().stream().flatMap(sound -> sound.time().stream()))
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    List<StreamCopy> copies = new ArrayList<>();
    videos.forEach(video -> copies.add(new GpuVideoCopy(encoder, video, gpu, origin, quality)));
    sounds.streams().forEach(sound -> copies.add(new AudioCopy(encoder, sound, origin)));
    return copies;
  }

  /** {@return how many pictures the last run copied from the host's memory to the GPU's} */
  int hostCopies() {
    return hostCopies;
  }
}
