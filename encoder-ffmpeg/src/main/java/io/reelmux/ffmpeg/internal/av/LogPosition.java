package io.reelmux.ffmpeg.internal.av;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in the log of a thread's current stream. What FFmpeg logs after it distinguishes
 * failures that share a code.
 */
public final class LogPosition {
  private final SessionLog.@Nullable Part part;
  private final long position;

  private LogPosition(SessionLog.@Nullable Part part, long position) {
    this.part = part;
    this.position = position;
  }

  /** Returns the current position in the log of the calling thread's stream. */
  public static LogPosition here() {
    FfmpegLog.endLine();
    SessionLog.Part part = FfmpegLog.current();
    return new LogPosition(part, part == null ? 0 : part.position());
  }

  /** Returns the last warnings and errors of that stream since then, oldest first. */
  public List<String> lines() {
    FfmpegLog.endLine();
    return part == null ? List.of() : part.linesSince(position);
  }

  /** Returns whether there is a warning or an error since then. Cheap. */
  public boolean hasLines() {
    FfmpegLog.endLine();
    return part != null && part.position() != position && !lines().isEmpty();
  }
}
