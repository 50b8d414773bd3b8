package io.reelmux.reader.ffmpeg.internal.decode;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_frame_apply_cropping;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.reader.ffmpeg.internal.av.DeviceFailure;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.jspecify.annotations.Nullable;

/** Decoded frames in host memory: surfaces are copied there. Used by one thread at a time. */
final class HostFrames implements AutoCloseable {
  private final Device device;

  /** The memory, which is reused. */
  private @Nullable Frame memory;

  /** A reference to it, with the properties of the surface. */
  private final Frame copy;

  HostFrames(Device device) throws EncoderException {
    this.device = device;
    this.copy = Frame.allocate();
  }

  /** Whether a frame is on a device. */
  static boolean isSurface(AVFrame frame) {
    return frame.format() == AV_PIX_FMT_CUDA;
  }

  /** The pixel format of a surface, or of a frame in host memory. */
  static int format(AVFrame frame) {
    return isSurface(frame)
        ? new AVHWFramesContext(frame.hw_frames_ctx().data()).sw_format()
        : frame.format();
  }

  /**
   * Returns a frame in host memory.
   *
   * @param decoded is not changed
   * @return the same frame if it is there, or a copy that is valid until the next call
   */
  AVFrame of(AVFrame decoded) throws EncoderException {
    if (!isSurface(decoded)) {
      return decoded;
    }
    copy.unref();
    LogPosition start = LogPosition.here();
    try {
      Frame target = memory(format(decoded), decoded.width(), decoded.height());
      HardwareDevice.copy(target.struct(), decoded, "copy a frame from the GPU");
      copy.reference(target.struct());
      Av.check(av_frame_copy_props(copy.struct(), decoded), "describe a frame");
    } catch (EncoderException e) {
      String reason = NvdecFailures.reason(device, new DeviceFailure(e, start.lines()));
      throw Av.failure(e.errorCode(), e.operation(), reason, e);
    }
    // of surfaces, FFmpeg crops only what is at the right and at the bottom
    Av.check(av_frame_apply_cropping(copy.struct(), AV_FRAME_CROP_UNALIGNED), "crop a frame");
    return copy.struct();
  }

  private Frame memory(int format, int width, int height) throws EncoderException {
    Frame current = memory;
    if (current != null) {
      AVFrame struct = current.struct();
      if (struct.format() == format && struct.width() == width && struct.height() == height) {
        current.renewIfShared();
        return current;
      }
      memory = null;
      current.close();
    }
    Frame made = Frame.video(format, width, height);
    memory = made;
    return made;
  }

  @Override
  public void close() {
    try (NativeScope scope = new NativeScope()) {
      scope.add(copy);
      if (memory != null) {
        scope.add(memory);
      }
    }
  }
}
