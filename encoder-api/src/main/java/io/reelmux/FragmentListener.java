package io.reelmux;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Receives an encoding as fragments of an MP4, which a browser plays through Media Source
 * Extensions while it goes on. Called by one thread at a time, on the thread of its output. An
 * exception ends that output, and is thrown unchanged.
 */
public interface FragmentListener {

  /**
   * Receives the header, once and before any fragment. It describes all streams, so that one {@code
   * SourceBuffer} of this type plays everything.
   *
   * @param init the header, read-only; may be kept
   * @param mimeType the type with the codecs, such as {@code video/mp4;
   *     codecs="avc1.64001f,mp4a.40.2"}, as {@code MediaSource.addSourceBuffer} accepts it
   * @throws IOException if it cannot be processed
   */
  void onInit(ByteBuffer init, String mimeType) throws IOException;

  /**
   * Receives a fragment.
   *
   * @param fragment the next fragment; may be kept
   * @throws IOException if it cannot be processed
   */
  void onFragment(Fragment fragment) throws IOException;

  /**
   * Called after the last fragment, but not after a failure or a cancellation.
   *
   * @throws IOException if the end cannot be processed
   */
  default void onEnd() throws IOException {}

  /**
   * Called instead of {@link #onEnd} after a cancellation or a failure, including one of this
   * listener: nothing follows. May be called by any thread, but never while another call is
   * running. Must not block.
   */
  default void onAbort() {}
}
