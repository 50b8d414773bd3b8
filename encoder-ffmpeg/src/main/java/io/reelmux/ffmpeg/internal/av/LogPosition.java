package io.reelmux.ffmpeg.internal.av;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the messages of the work that a thread does: what FFmpeg said after it tells apart
 * failures that have one code.
 */
public final class LogPosition {
  private final SessionLog.@Nullable Part part;
  private final long position;

  private LogPosition(SessionLog.@Nullable Part part, long position) {
    this.part = part;
    this.position = position;
  }

  /** The place where the calling thread's stream is now. */
  public static LogPosition here() {
    FfmpegLog.endLine();
    SessionLog.Part part = FfmpegLog.current();
    return new LogPosition(part, part == null ? 0 : part.position());
  }

  /** Warnings and errors of that stream since then, oldest first; the last ones if many. */
  public List<String> lines() {
    FfmpegLog.endLine();
    return part == null ? List.of() : part.linesSince(position);
  }

  /** Whether there was a warning or an error since then. Costs next to nothing. */
  public boolean saidSomething() {
    FfmpegLog.endLine();
    return part != null && part.position() != position && !lines().isEmpty();
  }
}
