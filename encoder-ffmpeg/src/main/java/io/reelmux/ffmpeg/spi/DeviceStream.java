package io.reelmux.ffmpeg.spi;

import io.reelmux.EncoderException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** A device's part in one video stream: the encoder, its surfaces, and the feed that fills them. */
public interface DeviceStream extends AutoCloseable {

  /** Returns the encoder. */
  AVCodec codec();

  /** Returns whether the encoder reads surfaces in the device's memory; false for the CPU. */
  boolean onDevice();

  /**
   * Returns the pixel format of the frames that the encoder is given.
   *
   * @throws IllegalArgumentException if a setting does not fit
   */
  int pixelFormat();

  /** Returns the pixel formats that the encoder accepts behind filters. */
  default List<Integer> formats() {
    return List.of(pixelFormat());
  }

  /**
   * Prepares an encoder that is about to be opened for the device's surfaces.
   *
   * @param format the frames that it will be given
   */
  void attach(AVCodecContext context, FrameFormat format) throws EncoderException;

  /**
   * Creates the feed of the encoder, which has been opened.
   *
   * @param format the frames that the encoder is given
   * @param host makes such frames in the host's memory; closed after the feed, not by it
   */
  FrameFeed feed(FrameFormat format, FrameFeed host) throws EncoderException;

  /**
   * Explains a failure of the encoder on this device.
   *
   * @param failure what FFmpeg reports
   * @return the same failure with the reason and what to do, or {@code failure} itself
   */
  EncoderException explain(EncoderException failure);

  /** Frees the surfaces. The encoder and the feed have been closed. */
  @Override
  void close();
}
