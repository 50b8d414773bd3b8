package io.reelmux.ffmpeg.internal.audio;

import java.io.IOException;
import org.bytedeco.javacpp.PointerPointer;

/** Receives samples in the encoder's format. */
interface SampleTarget {

  /** Receives samples, which are valid until this returns. */
  void add(PointerPointer<?> planes, int samples) throws IOException;
}
