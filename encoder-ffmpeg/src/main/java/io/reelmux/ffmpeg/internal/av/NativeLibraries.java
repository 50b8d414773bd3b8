package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_version_info;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_license;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swresample_version;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swscale_version;

import io.reelmux.EncoderException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** Loads FFmpeg's native libraries, once, and describes them. avdevice is never loaded. */
public final class NativeLibraries {

  /** What glibc's loader reports if a library that another one requires is not installed. */
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("([^\\s:]+): cannot open shared object file");

  /** Packages with system libraries that FFmpeg requires and slim images lack. */
  private static final Map<String, String> PACKAGES =
      Map.of("libudev.so.1", "package libudev1 on Debian and Ubuntu, systemd-libs on Fedora");

  /**
   * Kept because a failed class initialization is not repeated, and later errors omit the cause.
   */
  private static @Nullable LinkageError failure;

  private static boolean loaded;

  private NativeLibraries() {}

  /**
   * Loads the libraries that every encoder needs. avfilter is loaded when a conversion needs it.
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
      try {
        touchAll();
        FfmpegLog.install();
        loaded = true;
        return;
      } catch (LinkageError e) {
        cause = e;
        failure = e;
      }
    }
    throw explain(cause);
  }

  private static void touchAll() {
    av_version_info();
    avcodec_version();
    avformat_version();
    swscale_version();
    swresample_version();
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

  /** Returns what to do: install a library of the system, or add FFmpeg's to the class path. */
  private static String remedy(String message, String platform) {
    Matcher missing = MISSING_LIBRARY.matcher(message);
    if (missing.find()) {
      String library = missing.group(1);
      return "install the system library "
          + library
          + Optional.ofNullable(PACKAGES.get(library))
              .map(packages -> " (" + packages + ")")
              .orElse("");
    }
    return "add org.bytedeco:ffmpeg and org.bytedeco:javacpp with the classifier "
        + platform
        + " to the class path, or org.bytedeco:ffmpeg-platform";
  }
}
