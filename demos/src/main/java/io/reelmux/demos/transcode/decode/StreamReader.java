package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import io.reelmux.StreamKind;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.FrameGrabber.SampleMode;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one stream of a file, one frame ahead. A grabber reads one video and one audio stream, so
 * each stream has its own.
 */
public final class StreamReader implements AutoCloseable {
  private final MediaStream stream;
  private final FFmpegFrameGrabber grabber;
  private @Nullable AVFrame frame;

  private StreamReader(MediaStream stream, FFmpegFrameGrabber grabber) {
    this.stream = stream;
    this.grabber = grabber;
  }

  /** Opens the stream and decodes its first frame. */
  public static StreamReader open(Path path, MediaStream stream) throws IOException {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(path.toFile());
    StreamReader reader = new StreamReader(stream, grabber);
    try {
      // the index selects the stream of its kind; the other call has no effect
      grabber.setVideoStream(stream.index());
      grabber.setAudioStream(stream.index());
      grabber.setSampleMode(SampleMode.RAW);
      reader.chooseFormat();
      grabber.start();
      reader.advance();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  private void chooseFormat() {
    if (stream.kind() == StreamKind.VIDEO) {
      FrameFormat format = FrameFormat.of(stream.pixelFormat());
      grabber.setImageMode(format.converted() ? ImageMode.COLOR : ImageMode.RAW);
      if (format.converted()) {
        grabber.setPixelFormat(format.pixelFormat());
      }
    }
  }

  /** {@return what is read} */
  public MediaStream stream() {
    return stream;
  }

  /** {@return whether the stream has ended} */
  public boolean atEnd() {
    return frame == null;
  }

  /**
   * The next frame.
   *
   * @return valid until {@link #advance}
   * @throws IllegalStateException at the end
   */
  public AVFrame frame() {
    AVFrame next = frame;
    if (next == null) {
      throw new IllegalStateException("stream " + stream.index() + " has ended");
    }
    return next;
  }

  /** {@return when the next frame starts; empty if unknown} */
  public Optional<Duration> time() {
    long ticks = frame().best_effort_timestamp();
    return ticks == AV_NOPTS_VALUE ? Optional.empty() : Optional.of(duration(ticks));
  }

  /** {@return how long the next frame lasts; zero if unknown} */
  public Duration duration() {
    return duration(frame().duration());
  }

  private Duration duration(long ticks) {
    AVRational timeBase = grabber.getFormatContext().streams(stream.index()).time_base();
    long nanos = av_rescale(ticks, 1_000_000_000L * timeBase.num(), timeBase.den());
    return Duration.ofNanos(nanos);
  }

  /** Advances to the frame after. */
  public void advance() throws IOException {
    Frame next = stream.kind() == StreamKind.VIDEO ? grabber.grabImage() : grabber.grabSamples();
    frame = next == null ? null : (AVFrame) next.opaque;
  }

  @Override
  public void close() throws IOException {
    grabber.close();
  }
}
