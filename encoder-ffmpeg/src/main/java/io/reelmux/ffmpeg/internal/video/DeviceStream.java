package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** What a device contributes to one video stream: the encoder, its surfaces, the way to them. */
public interface DeviceStream extends AutoCloseable {

  /** The encoder. */
  AVCodec codec();

  /** Pixel format of the surfaces that it is given. */
  int pixelFormat();

  /**
   * Readies an encoder that is about to be opened for the device's surfaces.
   *
   * @param format the pictures that it will be given
   */
  void attach(AVCodecContext context, FrameFormat format) throws EncoderException;

  /** The way of pictures to the encoder, which has been opened. */
  FrameFeed feed(FrameFormat format) throws EncoderException;

  /**
   * What a failure of the encoder means on this device.
   *
   * @param failure what FFmpeg says
   * @return the same failure with the reason and what to do, or {@code failure} itself
   */
  EncoderException explain(EncoderException failure);

  /** Frees the surfaces. The encoder and the feed have been closed. */
  @Override
  void close();
}
