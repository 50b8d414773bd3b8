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
   * pooled thread does not keep this class and its class loader alive. Entering a part allocates
   * nothing, since each frame does that.
   */
  private static final ThreadLocal<AtomicReference<SessionLog.@Nullable Part>> PART =
      ThreadLocal.withInitial(AtomicReference::new);

  /** The line that a thread has begun to print; empty between lines. */
  private static final ThreadLocal<AtomicReference<@Nullable UnfinishedLine>> UNFINISHED =
      ThreadLocal.withInitial(AtomicReference::new);

  private static final Map<Long, SessionLog.Part> OWNERS = new ConcurrentHashMap<>();

  /** Limits a line that never ends; FFmpeg cuts its own at 1023 bytes. */
  private static final int MAX_LINE = 8192;

  /** Kept reachable: if it were collected, FFmpeg would call freed memory. */
  private static @Nullable LogCallback ours;

  private static @Nullable LogCallback previous;

  private FfmpegLog() {}

  /** What names a struct before a message; compiled when the first message is to be searched. */
  private static final class Prefix {
    static final Pattern PATTERN = Pattern.compile("^\\[[^\\]@]* @ 0x([0-9a-f]+)\\] ?");

    private Prefix() {}
  }

  /** FFmpeg prints some lines in several calls; a message is one line. */
  private static final class UnfinishedLine {
    private final SessionLog.Part part;
    private final StringBuilder text = new StringBuilder();
    private int level;

    UnfinishedLine(SessionLog.Part part) {
      this.part = part;
    }

    void append(int newLevel, String more) {
      level = newLevel;
      // FFmpeg's flag for printing a prefix is shared by all threads: one can appear mid-line
      text.append(text.length() == 0 ? more : Prefix.PATTERN.matcher(more).replaceFirst(""));
    }

    /** Passes on the lines that have been completed. */
    void passLines() {
      int end;
      while ((end = text.indexOf("\n")) >= 0) {
        line(part, level, text.substring(0, end).stripTrailing());
        text.delete(0, end + 1);
      }
    }

    void passRest() {
      line(part, level, text.toString().stripTrailing());
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
    LogKeeper.keepWhileInstalled(() -> setLogCallback(callback));
    ours = callback;
  }

  /**
   * Assigns what the calling thread prints to this part from now on; null for no encoder.
   *
   * @return the part it belonged to before
   */
  public static SessionLog.@Nullable Part enter(SessionLog.@Nullable Part part) {
    endLine();
    return PART.get().getAndSet(part);
  }

  /** Returns the part that the calling thread is working for. */
  public static SessionLog.@Nullable Part current() {
    return PART.get().get();
  }

  /** Ends the calling thread's unfinished line, so that it counts as a message. */
  static void endLine() {
    AtomicReference<@Nullable UnfinishedLine> holder = UNFINISHED.get();
    UnfinishedLine line = holder.get();
    if (line != null) {
      holder.set(null);
      line.passRest();
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
    SessionLog.Part part = partOf(text);
    if (part == null) {
      LogCallback other = previous;
      if (other != null) {
        other.call(level, message);
      } else {
        LOGGER.log(Level.TRACE, text);
      }
      return;
    }
    AtomicReference<@Nullable UnfinishedLine> holder = UNFINISHED.get();
    UnfinishedLine line = holder.get();
    if (line == null || line.part != part) {
      endLine();
      line = new UnfinishedLine(part);
    }
    line.append(level, text);
    line.passLines();
    if (line.text.length() > MAX_LINE) {
      line.passRest();
      line.text.setLength(0);
    }
    holder.set(line.text.length() == 0 ? null : line);
  }

  /** The part that a message belongs to: the thread's, its struct's, or that of its line. */
  private static SessionLog.@Nullable Part partOf(String text) {
    SessionLog.Part part = PART.get().get();
    if (part == null) {
      part = ownerOf(text);
    }
    UnfinishedLine line = UNFINISHED.get().get();
    return part == null && line != null ? line.part : part;
  }

  private static void line(SessionLog.Part part, int level, String line) {
    if (line.isEmpty()) {
      return;
    }
    boolean important = level <= avutil.AV_LOG_WARNING;
    if (important && !isNoise(line)) {
      part.add(WithoutAddresses.of(line));
    }
    LOGGER.log(important ? Level.DEBUG : Level.TRACE, line);
  }

  /**
   * Warnings that say nothing, and must not look like the cause of an error: the first two come
   * with every crash-safe MP4, the third with the palette of a GIF with few colors.
   */
  private static boolean isNoise(String line) {
    return line.contains("No meaningful edit list")
        || line.contains("starts with a nonzero dts")
        || line.contains("Duped color: ");
  }

  private static SessionLog.@Nullable Part ownerOf(String text) {
    Matcher prefix = Prefix.PATTERN.matcher(text);
    return prefix.find() ? OWNERS.get(Long.parseUnsignedLong(prefix.group(1), 16)) : null;
  }
}
