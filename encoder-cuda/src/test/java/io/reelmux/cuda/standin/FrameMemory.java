package io.reelmux.cuda.standin;

import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Allocates frames for an encoder, in host memory or in a CUDA device's memory. */
interface FrameMemory extends AutoCloseable {
  int width();

  int height();

  int pixelFormat();

  AVBufferRef framesContext();

  /** Returns a new frame with this content; the caller frees it. */
  AVFrame frame(Yuv yuv);

  @Override
  void close();
}
