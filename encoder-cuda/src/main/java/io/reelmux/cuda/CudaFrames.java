package io.reelmux.cuda;

import io.reelmux.Device;
import io.reelmux.VideoFrames;
import io.reelmux.cuda.internal.driver.ForeignFrame;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Wraps the CUDA frames of FFmpeg's decoders and filters for a video stream on a CUDA device:
 * decode, filter and encode without a copy through host memory.
 *
 * <pre>{@code
 * VideoStream video =
 *     encoder.addVideo(VideoOptions.builder(w, h, rate).device(Device.cuda(0)).build());
 * // frame: an AVFrame from a decoder whose device was opened with primary_ctx=1
 * video.addFrames(CudaFrames.of(Device.cuda(0), frame));
 * }</pre>
 */
public final class CudaFrames {

  private CudaFrames() {}

  /**
   * Wraps one frame. Its layout and size are those of the surface. The frame's times, key flag and
   * colors are ignored: set them with {@link VideoFrames#withPts}, {@link VideoFrames#withKeyFrame}
   * and {@link io.reelmux.VideoOptions.Builder#color}.
   *
   * @param device the GPU
   * @param frame an NV12 or P010 frame in CUDA memory, in the GPU's primary context; must stay
   *     valid until the call that adds it returns, and may be unreferenced then
   * @return the frame
   * @throws IllegalArgumentException if the frame is not a surface in CUDA memory, or is neither
   *     NV12 nor P010
   */
  public static VideoFrames of(Device device, AVFrame frame) {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(frame, "frame");
    ForeignFrame foreign = ForeignFrame.of(frame);
    return VideoFrames.ofAvFrame(
        device, foreign.layout(), foreign.width(), foreign.height(), frame.address());
  }
}
