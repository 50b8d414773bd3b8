package io.reelmux.demos.transcode.copy;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import io.reelmux.demos.transcode.decode.GpuDevice;
import io.reelmux.demos.transcode.decode.GpuReader;
import io.reelmux.demos.transcode.decode.MediaReader;
import io.reelmux.demos.transcode.decode.Owners;
import io.reelmux.demos.transcode.media.FrameSize;
import io.reelmux.demos.transcode.media.MediaFile;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decodes, scales, and encodes the video streams of a file on a GPU; audio stays on the CPU. */
public final class GpuTranscoder {
  private final Device gpu;
  private final Quality quality;
  private final Optional<FrameSize> size;
  private int hostCopies;

  /**
   * Creates a transcoder.
   *
   * @param quality of the video
   * @param size of the frames; empty to keep it
   */
  public GpuTranscoder(Device gpu, Quality quality, Optional<FrameSize> size) {
    this.gpu = gpu;
    this.quality = quality;
    this.size = size;
  }

  public EncodingResult run(MediaFile file, Path output) throws IOException {
    try (GpuDevice device = GpuDevice.open(gpu.index());
        Owners owners = new Owners();
        MediaReader audios = MediaReader.open(file.only(StreamKind.AUDIO));
        Encoder encoder = Encoder.create();
        ProgressLine progress = new ProgressLine("Transcoding", file.packets())) {
      List<GpuReader> videos = new ArrayList<>();
      for (MediaStream stream : file.only(StreamKind.VIDEO).streams()) {
        videos.add(owners.add(GpuReader.open(file.path(), stream, size, device)));
      }
      List<StreamCopy> copies = copies(encoder, videos, audios);
      encoder.openFile(output);
      StreamCopies.run(copies, progress);
      EncodingResult result = encoder.finish();
      hostCopies = videos.stream().mapToInt(GpuReader::hostCopies).sum();
      return result;
    }
  }

  private List<StreamCopy> copies(Encoder encoder, List<GpuReader> videos, MediaReader audios) {
    Duration origin =
        Stream.concat(
                videos.stream().flatMap(video -> video.time().stream()),
                audios.streams().stream().flatMap(audio -> audio.time().stream()))
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    List<StreamCopy> copies = new ArrayList<>();
    videos.forEach(video -> copies.add(new GpuVideoCopy(encoder, video, gpu, origin, quality)));
    audios.streams().forEach(audio -> copies.add(new AudioCopy(encoder, audio, origin)));
    return copies;
  }

  /** {@return how many frames the last run copied from host memory to the GPU} */
  public int hostCopies() {
    return hostCopies;
  }
}
