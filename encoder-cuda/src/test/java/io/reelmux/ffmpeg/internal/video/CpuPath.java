package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy_to_buffer;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** For tests: the CPU backend's conversion of a frame for a 4:2:0 encoder. */
public final class CpuPath {
  private CpuPath() {}

  /**
   * Converts a frame.
   *
   * @param bits 8 or 10
   * @return planes Y, U, V without padding; 10-bit codes as two bytes, low byte first
   */
  public static byte[] yuv420(VideoFrame frame, ColorSpec color, int bits) throws EncoderException {
    NativeLibraries.load();
    int format = bits == 8 ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_YUV420P10LE;
    FrameFormat video =
        new FrameFormat(
            format,
            frame.width(),
            frame.height(),
            color,
            color,
            avutil.AVCHROMA_LOC_LEFT,
            AlphaMode.DROP,
            0);
    try (FrameConverter converter = new FrameConverter(frame, video)) {
      AVFrame converted = converter.convert(frame);
      byte[] bytes = new byte[frame.width() * frame.height() * 3 / 2 * (bits == 8 ? 1 : 2)];
      try (BytePointer copy = new BytePointer(bytes.length)) {
        Av.check(
            av_image_copy_to_buffer(
                copy,
                bytes.length,
                converted.data(),
                converted.linesize(),
                format,
                frame.width(),
                frame.height(),
                1),
            "copy a frame");
        copy.get(bytes);
      }
      return bytes;
    }
  }
}
