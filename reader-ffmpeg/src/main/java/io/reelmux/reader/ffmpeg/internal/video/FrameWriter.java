package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies converted frames of one kind to the caller's memory. The JVM copies: see NativeRows. */
interface FrameWriter extends AutoCloseable {

  /** Copies a frame. */
  void write(AVFrame frame, FramePlanes planes, TargetRows target) throws EncoderException;

  @Override
  default void close() {}
}
