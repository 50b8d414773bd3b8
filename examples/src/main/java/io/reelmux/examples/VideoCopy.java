package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Carries pictures. */
final class VideoCopy implements StreamCopy {
  private static final Duration LEAST_STEP = Duration.ofMillis(1);

  private final StreamReader reader;
  private final Duration origin;
  private final PictureFormat format;
  private final VideoStream target;
  private long frames;
  private Duration last = Duration.ZERO.minus(LEAST_STEP);

  /**
   * Adds the stream to an encoder.
   *
   * @param origin the time in the source that becomes 0
   */
  VideoCopy(Encoder encoder, StreamReader reader, Duration origin, Quality quality) {
    this.reader = reader;
    this.origin = origin;
    this.format = PictureFormat.of(reader.stream().pixelFormat());
    this.target = encoder.addVideo(options(quality));
  }

  private VideoOptions options(Quality quality) {
    MediaStream stream = reader.stream();
    AVFrame picture = reader.frame();
    VideoOptions.Builder options =
        VideoOptions.builder(picture.width(), picture.height(), stream.frameRate())
            .quality(quality)
            .rotation(stream.rotation())
            .variableFrameRate(!steady());
    if (format.layout().isYuv()) {
      options.color(Colors.of(picture));
    }
    if (picture.width() % 2 != 0 || picture.height() % 2 != 0) {
      // the usual 4:2:0 has no odd sizes
      options.pixelFormat("yuv444p");
    }
    stream.language().ifPresent(options::language);
    return options.build();
  }

  /** Whether frame n is shown at n / rate, so that no frame needs a time of its own. */
  private boolean steady() {
    MediaStream stream = reader.stream();
    double offset = reader.time().map(this::sinceOrigin).orElse(0.0);
    return stream.constantRate() && offset * stream.frameRate().toDouble() < 0.5;
  }

  private double sinceOrigin(Duration time) {
    return time.minus(origin).toNanos() / 1e9;
  }

  @Override
  public double seconds() {
    FrameRate rate = reader.stream().frameRate();
    return target.options().variableFrameRate() && !reader.atEnd()
        ? reader.time().map(this::sinceOrigin).orElse(0.0)
        : frames / rate.toDouble();
  }

  @Override
  public boolean copyFrame() throws IOException {
    VideoFrame frame = format.view(reader.frame());
    target.addFrame(target.options().variableFrameRate() ? timed(frame) : frame);
    frames++;
    reader.advance();
    if (reader.atEnd()) {
      target.end();
    }
    return !reader.atEnd();
  }

  /** With the time of the source; damaged files have times that do not rise. */
  private VideoFrame timed(VideoFrame frame) {
    Duration least = last.plus(LEAST_STEP);
    Duration time = reader.time().map(t -> t.minus(origin)).orElse(least);
    last = time.compareTo(least) < 0 ? least : time;
    return frame.withPts(last).withDuration(reader.duration());
  }
}
