package io.reelmux.ffmpeg.internal;

import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import java.io.IOException;

/** Where the packets of one stream go. */
interface StreamOutlet extends PacketConsumer {

  /**
   * Called before a step that uses the encoder.
   *
   * @throws java.util.concurrent.CancellationException if the session was canceled
   */
  void requireRunning();

  /** Called when the stream has ended: the other streams need not wait for it. */
  void end() throws IOException;
}
