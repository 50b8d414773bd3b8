package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.logCallback;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.setLogCallback;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's log callback, of which a process has one. Messages of Reelmux encoders go to the
 * encoder's own log and to {@link System.Logger} {@code io.reelmux}: warnings and errors at DEBUG,
 * since exceptions carry what matters, and everything else at TRACE. Messages from other users of
 * FFmpeg go to the callback that was installed before.
 */
public final class FfmpegLog {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");

  /**
   * What each thread is working for. Outside an encoder's calls the holder is empty, so that a
   * pooled thread does not keep this class and its class loader alive.
   */
  private static final ThreadLocal<AtomicReference<@Nullable ThreadState>> THREAD =
      ThreadLocal.withInitial(AtomicReference::new);

  private static final Map<Long, SessionLog.Part> OWNERS = new ConcurrentHashMap<>();
  private static final Pattern PREFIX = Pattern.compile("^\\[[^\\]@]* @ 0x([0-9a-f]+)\\] ?");

  /**
   * Warnings that FFmpeg prints for every crash-safe MP4, and that must not look like the cause of
   * an error: "No meaningful edit list ..." and "Track n starts with a nonzero dts ...".
   */
  private static final Pattern NOISE =
      Pattern.compile("No meaningful edit list|starts with a nonzero dts");

  /** Limits a line that never ends; FFmpeg cuts its own at 1023 bytes. */
  private static final int MAX_LINE = 8192;

  /** Kept reachable: if it were collected, FFmpeg would call freed memory. */
  private static @Nullable LogCallback ours;

  private static @Nullable LogCallback previous;

  private FfmpegLog() {}

  /** The part a thread is working for, and the unfinished line it has printed. */
  private static final class ThreadState {
    private final SessionLog.@Nullable Part part;
    private final StringBuilder text = new StringBuilder();
    private int level;

    ThreadState(SessionLog.@Nullable Part part) {
      this.part = part;
    }
  }

  /** Installs the callback, once. */
  static synchronized void install() {
    if (ours != null) {
      return;
    }
    LogCallback before = logCallback();
    previous = before == null || before.isNull() ? null : before;
    LogCallback callback =
        new LogCallback() {
          @Override
          public void call(int level, BytePointer message) {
            try {
              receive(level, message);
            } catch (Throwable e) {
              // an exception that escapes a native callback kills the JVM
            }
          }
        };
    ours = callback;
    setLogCallback(callback);
  }

  /**
   * Assigns what the calling thread prints to this part from now on; null for no encoder.
   *
   * @return the part it belonged to before
   */
  public static SessionLog.@Nullable Part enter(SessionLog.@Nullable Part part) {
    endLine();
    AtomicReference<@Nullable ThreadState> holder = THREAD.get();
    ThreadState outer = holder.get();
    holder.set(part == null ? null : new ThreadState(part));
    return outer == null ? null : outer.part;
  }

  /** Returns the part that the calling thread is working for. */
  public static SessionLog.@Nullable Part current() {
    ThreadState thread = THREAD.get().get();
    return thread == null ? null : thread.part;
  }

  /** Ends the calling thread's unfinished line, so that it counts as a message. */
  static void endLine() {
    ThreadState thread = THREAD.get().get();
    if (thread != null && thread.part != null) {
      endLine(thread, thread.part);
    }
  }

  private static void endLine(ThreadState thread, SessionLog.Part part) {
    if (thread.text.length() > 0) {
      String line = thread.text.toString();
      thread.text.setLength(0);
      line(part, thread.level, line.stripTrailing());
    }
  }

  static void own(long address, SessionLog.Part part) {
    OWNERS.put(address, part);
  }

  static void disown(long address) {
    OWNERS.remove(address);
  }

  private static void receive(int level, BytePointer message) {
    String text = Av.string(message);
    AtomicReference<@Nullable ThreadState> holder = THREAD.get();
    ThreadState current = holder.get();
    ThreadState thread = current == null ? new ThreadState(null) : current;
    SessionLog.Part part = thread.part == null ? ownerOf(text) : thread.part;
    if (part == null) {
      LogCallback other = previous;
      if (other != null) {
        other.call(level, message);
      } else {
        LOGGER.log(Level.TRACE, text);
      }
      return;
    }
    // FFmpeg prints some lines in several calls; a message is one line
    StringBuilder line = thread.text;
    // FFmpeg's flag for printing a prefix is shared by all threads: one can appear mid-line
    line.append(line.length() == 0 ? text : PREFIX.matcher(text).replaceFirst(""));
    thread.level = level;
    int end;
    while ((end = line.indexOf("\n")) >= 0) {
      line(part, level, line.substring(0, end).stripTrailing());
      line.delete(0, end + 1);
    }
    if (line.length() > MAX_LINE) {
      endLine(thread, part);
    }
    if (thread.part == null) {
      holder.set(line.length() == 0 ? null : thread);
    }
  }

  private static void line(SessionLog.Part part, int level, String line) {
    if (line.isEmpty()) {
      return;
    }
    boolean important = level <= avutil.AV_LOG_WARNING;
    if (important && !NOISE.matcher(line).find()) {
      part.add(line);
    }
    LOGGER.log(important ? Level.DEBUG : Level.TRACE, line);
  }

  private static SessionLog.@Nullable Part ownerOf(String text) {
    Matcher prefix = PREFIX.matcher(text);
    return prefix.find() ? OWNERS.get(Long.parseUnsignedLong(prefix.group(1), 16)) : null;
  }
}
