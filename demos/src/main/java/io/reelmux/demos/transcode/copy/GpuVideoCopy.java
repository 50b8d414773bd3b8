package io.reelmux.demos.transcode.copy;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.demos.transcode.decode.GpuReader;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.time.Duration;

/** Copies video frames that are, and stay, in the memory of a GPU. */
final class GpuVideoCopy implements StreamCopy {
  private final GpuReader reader;
  private final FrameClock clock;
  private final VideoStream target;

  /**
   * Adds the stream to an encoder.
   *
   * @param origin the time in the source that becomes 0
   */
  GpuVideoCopy(Encoder encoder, GpuReader reader, Device gpu, Duration origin, Quality quality) {
    this.reader = reader;
    this.clock = new FrameClock(reader.stream(), origin, reader.time());
    MediaStream stream = reader.stream();
    VideoOptions.Builder options =
        VideoOptions.builder(reader.frame().width(), reader.frame().height(), stream.frameRate())
            .device(gpu)
            .quality(quality)
            .color(reader.color())
            .rotation(stream.rotation())
            .variableFrameRate(!clock.constantRate());
    stream.language().ifPresent(options::language);
    this.target = encoder.addVideo(options.build());
  }

  @Override
  public double seconds() {
    return clock.seconds(reader.time());
  }

  @Override
  public boolean copyFrame() throws IOException {
    CudaFrames frame = CudaFrames.of(target.options().device(), reader.frame());
    Duration time = clock.tick(reader.time());
    target.addFrames(clock.constantRate() ? frame : frame.withPts(time));
    reader.advance();
    if (reader.atEnd()) {
      target.end();
    }
    return !reader.atEnd();
  }
}
