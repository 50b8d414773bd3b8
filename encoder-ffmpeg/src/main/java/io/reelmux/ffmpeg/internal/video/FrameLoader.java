package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Brings the caller's picture into native memory, in a format that the conversion can read. */
interface FrameLoader extends AutoCloseable {

  /** The loaded picture; valid until the next one is loaded. */
  AVFrame load(VideoFrame frame) throws EncoderException;

  /** Number of the pixel format that {@link #load} gives. */
  int format();

  @Override
  void close();
}
