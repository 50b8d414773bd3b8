package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_version_info;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_license;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avutil_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swresample_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swscale_version;
import static org.bytedeco.ffmpeg.global.avcodec.LIBAVCODEC_VERSION_MAJOR;
import static org.bytedeco.ffmpeg.global.avformat.LIBAVFORMAT_VERSION_MAJOR;
import static org.bytedeco.ffmpeg.global.avutil.LIBAVUTIL_VERSION_MAJOR;
import static org.bytedeco.ffmpeg.global.swresample.LIBSWRESAMPLE_VERSION_MAJOR;
import static org.bytedeco.ffmpeg.global.swscale.LIBSWSCALE_VERSION_MAJOR;

import io.reelmux.EncoderException;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** Loads FFmpeg's native libraries, once, and describes them. avdevice is never loaded. */
public final class NativeLibraries {

  /** What glibc's loader reports if a library that another one requires is not installed. */
  private static final String MISSING_LIBRARY = "([^\\s:]+): cannot open shared object file";

  /**
   * Kept because a failed class initialization is not repeated, and later errors omit the cause.
   */
  private static @Nullable LinkageError failure;

  private static final System.Logger LOGGER = System.getLogger("io.reelmux");

  private static boolean loaded;
  private static boolean filtersBegun;

  private NativeLibraries() {}

  /**
   * Loads the libraries that every encoder needs; for avfilter see {@link #beginFilters}. JavaCPP
   * unpacks them once, which the log tells at DEBUG: where to, and how long it took.
   *
   * @throws EncoderException if they cannot be loaded; the message says what to do
   */
  @SuppressWarnings("StaticAssignmentOfThrowable") // see failure
  public static synchronized void load() throws EncoderException {
    if (loaded) {
      return;
    }
    LinkageError cause = failure;
    if (cause == null) {
      long start = System.nanoTime();
      boolean told = LOGGER.isLoggable(Level.DEBUG);
      if (told) {
        LOGGER.log(Level.DEBUG, "loading FFmpeg; unpacked to " + cache() + " if not there yet");
      }
      try {
        requireVersion("libavutil", avutil_version(), LIBAVUTIL_VERSION_MAJOR);
        requireVersion("libavcodec", avcodec_version(), LIBAVCODEC_VERSION_MAJOR);
        requireVersion("libavformat", avformat_version(), LIBAVFORMAT_VERSION_MAJOR);
        requireVersion("libswscale", swscale_version(), LIBSWSCALE_VERSION_MAJOR);
        requireVersion("libswresample", swresample_version(), LIBSWRESAMPLE_VERSION_MAJOR);
        FfmpegLog.install();
        loaded = true;
        if (told) {
          long millis = (System.nanoTime() - start) / 1_000_000;
          LOGGER.log(Level.DEBUG, "loaded " + description() + from() + " in " + millis + " ms");
        }
        return;
      } catch (LinkageError e) {
        cause = e;
        failure = e;
      }
    }
    throw explain(cause);
  }

  /** Loads libavfilter when it is first read; whoever reads it meanwhile waits. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // see failure
  private static final class Filters {

    /** Kept for the same reason as that of the other libraries; null if libavfilter is loaded. */
    static final @Nullable LinkageError FAILURE = load();

    private static @Nullable LinkageError load() {
      try {
        Loader.load(avfilter.class);
        return null;
      } catch (LinkageError e) {
        return e;
      }
    }

    private Filters() {}

    /** Does nothing but have this class initialized. */
    static void begin() {}
  }

  /**
   * Begins to load libavfilter, on a thread of its own: most streams of video need it, but not
   * before their first frame. Called when the others have been loaded; {@link #requireFilters}
   * waits.
   */
  public static synchronized void beginFilters() {
    if (!loaded || filtersBegun) {
      return;
    }
    filtersBegun = true;
    Thread thread = new Thread(Filters::begin, "reelmux-load");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // whoever needs it loads it
      return;
    }
  }

  /**
   * Loads libavfilter, if that has not been done.
   *
   * @throws EncoderException if it cannot be loaded; the message says what to do
   */
  static void requireFilters() throws EncoderException {
    LinkageError cause = Filters.FAILURE;
    if (cause != null) {
      throw explain(cause);
    }
  }

  private static String cache() {
    try {
      return Loader.getCacheDir().getPath();
    } catch (IOException e) {
      return "a directory that cannot be written: " + e.getMessage();
    }
  }

  private static String from() {
    return Loader.getLoadedLibraries().values().stream()
        .filter(file -> file.contains("jniavutil"))
        .findFirst()
        .map(file -> " from " + new File(file).getParent())
        .orElse("");
  }

  /**
   * Refuses another version than the one that this was compiled with: its structs and functions
   * differ, and what uses them would fail later, or crash.
   *
   * @param loaded the version as FFmpeg counts it
   * @param major the constant of the class path at compile time
   * @throws EncoderException with both, and what to do
   */
  static void requireVersion(String library, int loaded, int major) throws EncoderException {
    if (loaded >>> 16 != major) {
      throw new EncoderException(
          "load FFmpeg's native libraries",
          /* stream= */ null,
          0,
          library
              + " has the version "
              + (loaded >>> 16)
              + ", and Reelmux was built for "
              + major
              + JarVersions.mixed().map(mixed -> "; " + mixed).orElse("")
              + "; use the version of org.bytedeco:ffmpeg that encoder-ffmpeg depends on, for all"
              + " of its classifiers",
          List.of(),
          /* cause= */ null);
    }
  }

  /** Returns whether the loaded build contains the GPL encoders (x264, x265). */
  public static boolean isGpl() {
    return Av.string(avcodec_license()).startsWith("GPL");
  }

  /** Returns version and license: {@code FFmpeg 8.1.2 (LGPL version 3 or later)}. */
  public static String description() {
    return "FFmpeg " + Av.string(av_version_info()) + " (" + Av.string(avcodec_license()) + ")";
  }

  private static EncoderException explain(LinkageError error) {
    String platform = Loader.getPlatform();
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return new EncoderException(
        "load FFmpeg's native libraries for " + platform,
        /* stream= */ null,
        0,
        message + "; " + remedy(message, platform),
        List.of(),
        error);
  }

  /** Names the packages with a system library that FFmpeg requires and slim images lack. */
  private static String packages(String library) {
    return library.equals("libudev.so.1")
        ? " (package libudev1 on Debian and Ubuntu, systemd-libs on Fedora)"
        : "";
  }

  /** Returns what to do: install a library of the system, or add FFmpeg's to the class path. */
  private static String remedy(String message, String platform) {
    Matcher missing = Pattern.compile(MISSING_LIBRARY).matcher(message);
    if (missing.find()) {
      String library = missing.group(1);
      return "install the system library " + library + packages(library);
    }
    Optional<String> mixed = JarVersions.mixed();
    if (mixed.isPresent()) {
      return mixed.get() + ": use one version for all of them";
    }
    return "add org.bytedeco:ffmpeg and org.bytedeco:javacpp with the classifier "
        + platform
        + " to the class path, or org.bytedeco:ffmpeg-platform"
        + (NativeLibraries.class.getModule().isNamed()
            ? "; if they are on the module path, start Java with --add-modules ALL-MODULE-PATH"
            : "");
  }
}
