package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy_to_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_image_get_buffer_size;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Converts frames to the bytes that an encoder would receive. */
public final class ConvertedFrame implements AutoCloseable {
  private final FrameConverter converter;

  /** Creates a converter for frames like the sample. */
  public ConvertedFrame(
      VideoFrame sample, String pixelFormat, int width, int height, AlphaMode alpha)
      throws EncoderException {
    converter =
        new FrameConverter(
            sample,
            new FrameFormat(
                av_get_pix_fmt(pixelFormat),
                width,
                height,
                ColorSpec.BT709_LIMITED,
                ColorSpec.BT709_LIMITED,
                avutil.AVCHROMA_LOC_LEFT,
                alpha,
                0x336699));
  }

  /** Returns the converted frame, without padding. */
  public byte[] of(VideoFrame frame) throws EncoderException {
    AVFrame converted = converter.convert(frame);
    int format = converted.format();
    int width = converted.width();
    int height = converted.height();
    byte[] bytes = new byte[av_image_get_buffer_size(format, width, height, 1)];
    try (BytePointer copy = new BytePointer(bytes.length)) {
      int code =
          av_image_copy_to_buffer(
              copy, bytes.length, converted.data(), converted.linesize(), format, width, height, 1);
      Av.check(code, "copy a frame");
      copy.get(bytes);
    }
    return bytes;
  }

  @Override
  public void close() {
    converter.close();
  }
}
