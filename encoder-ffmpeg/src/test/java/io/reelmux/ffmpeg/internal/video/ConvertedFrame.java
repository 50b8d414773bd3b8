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

/** For tests: the bytes that an encoder would be given. */
public final class ConvertedFrame implements AutoCloseable {
  private final FrameConverter converter;

  /** A conversion of frames like the sample. */
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
                avutil.AVCHROMA_LOC_LEFT,
                alpha,
                0x336699));
  }

  /** The converted picture, without padding. */
  public byte[] of(VideoFrame frame) throws EncoderException {
    AVFrame picture = converter.convert(frame);
    int format = picture.format();
    int width = picture.width();
    int height = picture.height();
    byte[] bytes = new byte[av_image_get_buffer_size(format, width, height, 1)];
    try (BytePointer copy = new BytePointer(bytes.length)) {
      int code =
          av_image_copy_to_buffer(
              copy, bytes.length, picture.data(), picture.linesize(), format, width, height, 1);
      Av.check(code, "copy a picture");
      copy.get(bytes);
    }
    return bytes;
  }

  @Override
  public void close() {
    converter.close();
  }
}
