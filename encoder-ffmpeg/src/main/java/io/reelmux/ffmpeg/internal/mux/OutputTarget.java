package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.spi.OutputRequest;
import java.util.List;
import java.util.function.Supplier;

/**
 * An output that has been prepared: everything is checked, and its destination is untouched.
 *
 * @param settings what was asked
 * @param container the name of its container, or {@code packets}
 * @param format its container, which limits the times of streams
 * @param streams the streams that it contains
 * @param target receives their packets
 * @param log receives what FFmpeg prints while it is written
 * @param ownsLog whether the log is closed with it
 * @param notes of this output
 * @param lateNotes what the destination adds in the end
 */
record OutputTarget(
    OutputRequest.Settings settings,
    String container,
    Container format,
    StreamSelection streams,
    PacketTarget target,
    SessionLog log,
    boolean ownsLog,
    Notes notes,
    Supplier<List<String>> lateNotes)
    implements AutoCloseable {

  /** The same, with another target. */
  OutputTarget with(PacketTarget other) {
    return new OutputTarget(
        settings, container, format, streams, other, log, ownsLog, notes, lateNotes);
  }

  @Override
  public void close() {
    try {
      target.close();
    } finally {
      if (ownsLog) {
        log.close();
      }
    }
  }
}
