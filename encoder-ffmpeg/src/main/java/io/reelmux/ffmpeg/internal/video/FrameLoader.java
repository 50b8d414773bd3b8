package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies the caller's frame to native memory, in a format that the conversion can read. */
interface FrameLoader extends AutoCloseable {

  /** Returns the loaded frame; valid until the next one is loaded. */
  AVFrame load(VideoFrame frame) throws EncoderException;

  /** Returns the pixel format of the frames that {@link #load} returns. */
  int format();

  @Override
  void close();
}
