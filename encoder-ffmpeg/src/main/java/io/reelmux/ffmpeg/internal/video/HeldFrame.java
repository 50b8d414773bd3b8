package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A converted frame that is kept for one call, so that it is encoded while the next one is
 * converted.
 */
final class HeldFrame implements AutoCloseable {

  /** Below this, about 640x360, using another thread costs as much as it saves. */
  private static final long MIN_PIXELS = 200_000;

  private final Frame frame;
  private boolean empty = true;

  private HeldFrame(Frame frame) {
    this.frame = frame;
  }

  /** Returns one that holds nothing. */
  static HeldFrame allocate() throws EncoderException {
    return new HeldFrame(Frame.allocate());
  }

  /** Returns whether frames are large enough to be worth holding. */
  static boolean isWorthwhile(FrameFormat format) {
    return (long) format.width() * format.height() >= MIN_PIXELS;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Holds a frame, whose own struct becomes empty. */
  void hold(AVFrame converted) {
    frame.moveFrom(converted);
    empty = false;
  }

  /** The frame that is held. */
  AVFrame struct() {
    return frame.struct();
  }

  /** Drops the frame. */
  void release() {
    frame.unref();
    empty = true;
  }

  /**
   * Runs both at once, the conversion perhaps on another thread; it has ended in any case when this
   * returns.
   *
   * @param conversion converts the next frame
   * @param encoding of this frame
   * @return the converted frame
   * @throws IOException if either fails; with both, the conversion's failure is suppressed
   */
  static AVFrame convertWhile(
      ParallelStep<VideoFrame, AVFrame> conversion,
      VideoFrame next,
      ThrowingRunnable<IOException> encoding)
      throws IOException {
    conversion.start(next);
    try {
      encoding.run();
    } catch (IOException | RuntimeException | Error e) {
      try {
        conversion.join();
      } catch (IOException | RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    return conversion.join();
  }

  @Override
  public void close() {
    frame.close();
  }
}
