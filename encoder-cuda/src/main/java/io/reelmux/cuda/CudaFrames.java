package io.reelmux.cuda;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.PixelLayout;
import io.reelmux.cuda.internal.driver.ForeignFrame;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the CUDA frames of FFmpeg's decoders and filters for a video stream on a CUDA device:
 * decode, filter and encode without a copy through host memory.
 *
 * <pre>{@code
 * VideoStream video =
 *     encoder.addVideo(VideoOptions.builder(width, height, 30).device(Device.cuda(0)).build());
 * // avFrame: an AVFrame from a decoder whose device was opened with primary_ctx=1
 * video.addFrames(CudaFrames.of(Device.cuda(0), avFrame));
 * }</pre>
 */
public final class CudaFrames implements DeviceFrames {
  private final Device device;
  private final AVFrame frame;
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final @Nullable Duration pts;
  private final @Nullable Duration duration;
  private final boolean keyFrame;

  private CudaFrames(Device device, AVFrame frame) {
    ForeignFrame foreign = ForeignFrame.of(frame);
    this.device = device;
    this.frame = frame;
    this.layout = foreign.layout();
    this.width = foreign.width();
    this.height = foreign.height();
    this.pts = null;
    this.duration = null;
    this.keyFrame = false;
  }

  private CudaFrames(
      CudaFrames base, @Nullable Duration pts, @Nullable Duration duration, boolean keyFrame) {
    this.device = base.device;
    this.frame = base.frame;
    this.layout = base.layout;
    this.width = base.width;
    this.height = base.height;
    this.pts = pts;
    this.duration = duration;
    this.keyFrame = keyFrame;
  }

  /**
   * Wraps one frame. Its layout and size are those of the surface. The frame's times, key flag and
   * colors are ignored: set them with {@link #withPts}, {@link #withKeyFrame} and {@link
   * io.reelmux.VideoOptions.Builder#color}.
   *
   * @param device the GPU
   * @param frame an NV12 or P010 frame in CUDA memory, in the GPU's primary context; must stay
   *     valid until the call that adds it returns, and may be unreferenced then
   * @return the frame
   * @throws IllegalArgumentException if the frame is not a surface in CUDA memory, or is neither
   *     NV12 nor P010
   */
  public static CudaFrames of(Device device, AVFrame frame) {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(frame, "frame");
    return new CudaFrames(device, frame);
  }

  /**
   * Returns the same frame with a presentation time, which requires a stream with {@link
   * io.reelmux.VideoOptions.Builder#variableFrameRate}.
   *
   * @param time the time from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public CudaFrames withPts(Duration time) {
    return new CudaFrames(this, notNegative("pts", time), duration, keyFrame);
  }

  /**
   * Returns the same frame with a duration, which requires a stream with {@link
   * io.reelmux.VideoOptions.Builder#variableFrameRate}.
   *
   * @param time how long the frame is shown, not negative; zero means the stream's frame interval
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public CudaFrames withDuration(Duration time) {
    return new CudaFrames(this, pts, notNegative("duration", time), keyFrame);
  }

  private static Duration notNegative(String name, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + " " + time + ": must not be negative");
    }
    return time;
  }

  /**
   * Returns the same frame, to be encoded as a key frame.
   *
   * @return a copy
   */
  public CudaFrames withKeyFrame() {
    return new CudaFrames(this, pts, duration, true);
  }

  /**
   * {@return the frame, which its owner may unreference at any time after the call that adds it}
   */
  public AVFrame avFrame() {
    return frame;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public PixelLayout layout() {
    return layout;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** {@return 1} */
  @Override
  public int count() {
    return 1;
  }

  @Override
  public Optional<Duration> pts(int index) {
    Objects.checkIndex(index, 1);
    return Optional.ofNullable(pts);
  }

  @Override
  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  @Override
  public boolean keyFrame() {
    return keyFrame;
  }
}
