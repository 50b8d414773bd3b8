package io.reelmux.cli;

import io.reelmux.VideoFrame;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Frames that are encoded, one after another. */
interface FrameSource extends AutoCloseable {

  /** Returns the width of the first frame in pixels. */
  int width();

  /** Returns the height of the first frame in pixels. */
  int height();

  /** Returns the number of frames; empty if it is not known. */
  OptionalLong count();

  /** Returns the next frame; null at the end. */
  @Nullable VideoFrame next() throws IOException, CommandException;

  /** Returns whether {@link #next} waits for another program. */
  boolean isWaiting();

  /** Returns what was found and not encoded, in sentences. */
  List<String> notes();

  @Override
  void close() throws IOException;
}
