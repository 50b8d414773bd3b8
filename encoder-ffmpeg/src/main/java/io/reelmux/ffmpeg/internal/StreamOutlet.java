package io.reelmux.ffmpeg.internal;

import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Where the packets of one stream go. */
interface StreamOutlet extends PacketConsumer {

  /** For a stream that is opened only to be checked, and is not fed. */
  StreamOutlet NONE =
      new StreamOutlet() {
        @Override
        public void accept(AVPacket packet) {}

        @Override
        public void requireRunning() {}

        @Override
        public void end() {}
      };

  /**
   * Called before a step that uses the encoder.
   *
   * @throws java.util.concurrent.CancellationException if the session was canceled
   */
  void requireRunning();

  /** Called when the stream has ended: the other streams need not wait for it. */
  void end() throws IOException;
}
