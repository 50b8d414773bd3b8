package io.reelmux.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** Loads the native libraries, once, and says which they are. avdevice is never loaded. */
public final class Natives {
  /** A failed class initialisation cannot be repeated, and later attempts would not say why. */
  private static @Nullable LinkageError failure;

  private static boolean loaded;

  private Natives() {}

  /**
   * Loads what every encoding needs. Filters are loaded when a conversion wants them.
   *
   * @throws EncoderException if that is not possible, with what to do about it
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
    avutil.av_version_info();
    avcodec.avcodec_version();
    avformat.avformat_version();
    swscale.swscale_version();
    swresample.swresample_version();
  }

  /** Whether the loaded build has the encoders under the GPL (x264, x265). */
  public static boolean isGpl() {
    return Av.string(avcodec.avcodec_license()).startsWith("GPL");
  }

  /** {@code FFmpeg 8.0.1 (LGPL version 3 or later)}. */
  public static String description() {
    return "FFmpeg "
        + Av.string(avutil.av_version_info())
        + " ("
        + Av.string(avcodec.avcodec_license())
        + ")";
  }

  private static EncoderException explain(LinkageError error) {
    String platform = Loader.getPlatform();
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new EncoderException(
        "load FFmpeg's native libraries for " + platform,
        null,
        0,
        root.getMessage()
            + "; add org.bytedeco:ffmpeg and org.bytedeco:javacpp with the classifier "
            + platform
            + " to the class path, or org.bytedeco:ffmpeg-platform",
        List.of(),
        error);
  }
}
