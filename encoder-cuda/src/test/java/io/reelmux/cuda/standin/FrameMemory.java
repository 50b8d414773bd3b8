package io.reelmux.cuda.standin;

import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns what frames for an encoder are made in: the host's memory, or a CUDA device's. */
interface FrameMemory extends AutoCloseable {
  int width();

  int height();

  int pixelFormat();

  AVBufferRef framesContext();

  /** A new frame with a picture; the caller frees it. */
  AVFrame frame(Yuv picture);

  @Override
  void close();
}
