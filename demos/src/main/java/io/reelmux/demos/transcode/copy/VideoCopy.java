package io.reelmux.demos.transcode.copy;

import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.demos.transcode.decode.Colors;
import io.reelmux.demos.transcode.decode.FrameFormat;
import io.reelmux.demos.transcode.decode.StreamReader;
import io.reelmux.demos.transcode.media.FrameSize;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies video frames. */
final class VideoCopy implements StreamCopy {
  private final StreamReader reader;
  private final FrameClock clock;
  private final FrameFormat format;
  private final VideoStream target;

  /**
   * Adds the stream to an encoder.
   *
   * @param origin the time in the source that becomes 0
   * @param size of the frames in the new file; empty to keep it
   */
  VideoCopy(
      Encoder encoder,
      StreamReader reader,
      Duration origin,
      Quality quality,
      Optional<FrameSize> size) {
    this.reader = reader;
    this.clock = new FrameClock(reader.stream(), origin, reader.time());
    this.format = FrameFormat.of(reader.stream().pixelFormat());
    this.target = encoder.addVideo(options(quality, size));
  }

  private VideoOptions options(Quality quality, Optional<FrameSize> size) {
    MediaStream stream = reader.stream();
    AVFrame frame = reader.frame();
    FrameSize written = size.orElse(new FrameSize(frame.width(), frame.height()));
    VideoOptions.Builder options =
        VideoOptions.builder(frame.width(), frame.height(), stream.frameRate())
            .outputSize(written.width(), written.height())
            .fit(Fit.STRETCH)
            .quality(quality)
            .rotation(stream.rotation())
            .variableFrameRate(!clock.constantRate());
    if (format.layout().isYuv()) {
      options.color(Colors.of(frame));
    }
    if (written.width() % 2 != 0 || written.height() % 2 != 0) {
      // 4:2:0 chroma subsampling requires even dimensions
      options.pixelFormat("yuv444p");
    }
    stream.language().ifPresent(options::language);
    return options.build();
  }

  @Override
  public double seconds() {
    return clock.seconds(reader.atEnd() ? Optional.empty() : reader.time());
  }

  @Override
  public boolean copyFrame() throws IOException {
    VideoFrame frame = format.view(reader.frame());
    Duration time = clock.tick(reader.time());
    target.addFrame(
        clock.constantRate() ? frame : frame.withPts(time).withDuration(reader.duration()));
    reader.advance();
    if (reader.atEnd()) {
      target.end();
    }
    return !reader.atEnd();
  }
}
