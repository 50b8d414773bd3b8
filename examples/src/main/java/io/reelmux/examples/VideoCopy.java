package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Carries pictures. */
final class VideoCopy implements StreamCopy {
  private final StreamReader reader;
  private final FrameClock clock;
  private final PictureFormat format;
  private final VideoStream target;

  /**
   * Adds the stream to an encoder.
   *
   * @param origin the time in the source that becomes 0
   * @param size of the pictures in the new file; empty to keep it
   */
  VideoCopy(
      Encoder encoder,
      StreamReader reader,
      Duration origin,
      Quality quality,
      Optional<PictureSize> size) {
    this.reader = reader;
    this.clock = new FrameClock(reader.stream(), origin, reader.time());
    this.format = PictureFormat.of(reader.stream().pixelFormat());
    this.target = encoder.addVideo(options(quality, size));
  }

  private VideoOptions options(Quality quality, Optional<PictureSize> size) {
    MediaStream stream = reader.stream();
    AVFrame picture = reader.frame();
    PictureSize written = size.orElse(new PictureSize(picture.width(), picture.height()));
    VideoOptions.Builder options =
        VideoOptions.builder(picture.width(), picture.height(), stream.frameRate())
            .outputSize(written.width(), written.height())
            .quality(quality)
            .rotation(stream.rotation())
            .variableFrameRate(!clock.steady());
    if (format.layout().isYuv()) {
      options.color(Colors.of(picture));
    }
    if (written.width() % 2 != 0 || written.height() % 2 != 0) {
      // the usual 4:2:0 has no odd sizes
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
    target.addFrame(clock.steady() ? frame : frame.withPts(time).withDuration(reader.duration()));
    reader.advance();
    if (reader.atEnd()) {
      target.end();
    }
    return !reader.atEnd();
  }
}
