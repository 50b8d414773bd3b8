package io.reelmux.ffmpeg.internal;

import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a session. Its calls are refused after a cancellation, and what its encoder prints is
 * collected for the stream.
 */
abstract sealed class StreamInput
    permits VideoStreamInput, AudioStreamInput, PacketStreamInput, SubtitleStreamInput {

  /** What is reported of a stream that got nothing, once with that of its only output. */
  static final String EMPTY = "no packets: the file has no such stream, or an empty one";

  private final SessionLog.Part log;
  private final StreamOutlet outlet;
  private boolean ended;

  StreamInput(SessionLog.Part log, StreamOutlet outlet) {
    this.log = log;
    this.outlet = outlet;
  }

  /** Begins to use the encoder; to be followed by {@link SessionLog.Part#leave}. */
  final SessionLog.@Nullable Part enter() {
    outlet.requireRunning();
    return log.enter();
  }

  /** Ends the stream unless it has been ended. */
  public final void end() throws IOException {
    if (!ended) {
      ended = true;
      drain();
    }
  }

  /** Encodes what the encoder still holds, and ends the stream's packets. */
  final void drain() throws IOException {
    SessionLog.Part outer = enter();
    try {
      endEncoder();
      outlet.end();
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  abstract void endEncoder() throws IOException;

  /**
   * Returns what was added so far, from any thread.
   *
   * @param number of the stream among those of its kind
   */
  abstract StreamProgress progress(int number);

  /** Reports a stream that got nothing: what the file has of it then depends on the container. */
  abstract void reportEmpty(Notes notes);

  /** Returns the stream as the muxer sees it. */
  abstract MuxStream muxStream();

  /**
   * Returns what was encoded.
   *
   * @param index of the stream in the container
   * @param packets number of its packets
   * @param bytes size of its packets
   */
  abstract StreamResult result(int index, long packets, long bytes);
}
