package io.reelmux.cli;

import io.reelmux.reader.UnsupportedMediaException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What went wrong, for a reader who knows the command and not the classes, and what to do. */
final class Messages {

  /** Words of the library's messages, and the option of the command that answers them. */
  private static final Map<Pattern, String> NEXT = new LinkedHashMap<>();

  static {
    next(
        "even dimensions",
        "--size with even numbers, --filter with a crop, or --pixel-format yuv444p");
    next(
        "GPL build",
        "another codec, or the command built with -Pgpl; reelmux doctor lists encoders");
    next("load FFmpeg's native libraries", "reelmux doctor, which shows what was found and where");
    next(
        "CUDA|cuda|nvenc|GPU",
        "reelmux doctor, which says what a GPU lacks; --fallback-to-cpu with --device");
    next(
        "no extension|extension|container '|unknown container|format '",
        "an output name that ends in .mp4, .mkv or .webm");
    next("[Ff]it\\b", "--fit contain, --fit cover or --fit stretch");
    next("did you mean|no encoder|codec '", "reelmux doctor, which lists the encoders");
    next("outputChannels|channels", "--channels 2 or --channels 1");
    next("sample rate|outputSampleRate", "--audio-rate 48000");
    next("pixel format|pixelFormat", "--pixel-format with one of the formats named above");
    next("crf|quality|bitRate|rateControl", "one of --crf, --quality and --bitrate");
  }

  private Messages() {}

  private static void next(String words, String option) {
    NEXT.put(Pattern.compile(words), option);
  }

  /** Returns what went wrong. */
  static String of(Exception e) {
    if (e instanceof FileSystemException file) {
      String reason = Objects.requireNonNullElse(file.getReason(), reason(file));
      return file.getFile() + ": " + reason;
    }
    String message = e.getMessage();
    if (message == null || !isExpected(e)) {
      return "unexpected " + e;
    }
    return message;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    return e instanceof AccessDeniedException ? "access denied" : e.getClass().getSimpleName();
  }

  private static boolean isExpected(Exception e) {
    return e instanceof IOException
        || e instanceof IllegalArgumentException
        || e instanceof IllegalStateException;
  }

  /**
   * Returns what to do.
   *
   * @param command the command that has failed, as it is typed
   */
  static String next(Exception e, String command) {
    if (e instanceof FileAlreadyExistsException) {
      return "--overwrite, or another name";
    }
    if (e instanceof FileSystemException) {
      return "a path that exists and may be used; quote it if it has spaces";
    }
    if (!isExpected(e)) {
      return "the same with --debug, and report what it prints";
    }
    String message = String.valueOf(e.getMessage());
    for (Map.Entry<Pattern, String> each : NEXT.entrySet()) {
      if (each.getKey().matcher(message).find()) {
        return each.getValue();
      }
    }
    if (e instanceof UnsupportedMediaException) {
      return command.endsWith(" info")
          ? "a file with video or audio"
          : "reelmux info FILE, which shows what is in it";
    }
    return e instanceof IOException
        ? "the same with --debug, which prints FFmpeg's messages"
        : command + " --help";
  }
}
