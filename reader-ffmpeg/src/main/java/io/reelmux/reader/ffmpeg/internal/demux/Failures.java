package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.reader.ReaderException;
import java.io.IOException;

/** Runs native work of a reader: routes FFmpeg's messages to its log, and names its failures. */
public final class Failures {

  private Failures() {}

  /**
   * Runs work.
   *
   * @param log receives what FFmpeg prints
   * @param stream label for exceptions, such as {@code video 0}
   * @throws IOException what the work throws; failures of FFmpeg as a {@link ReaderException}
   */
  public static <T> T during(SessionLog log, String stream, ThrowingSupplier<T, IOException> work)
      throws IOException {
    log.clear();
    return converted(() -> log.during(stream, work));
  }

  /** As the other, for work that belongs to no stream. */
  public static <T> T during(SessionLog log, ThrowingSupplier<T, IOException> work)
      throws IOException {
    log.clear();
    return converted(() -> log.during(work));
  }

  /** Runs work whose messages are routed already. */
  public static <T> T converted(ThrowingSupplier<T, IOException> work) throws IOException {
    try {
      return work.get();
    } catch (EncoderException e) {
      throw convert(e);
    }
  }

  private static ReaderException convert(EncoderException e) {
    return new ReaderException(
        e.operation(), e.stream().orElse(null), e.errorCode(), e.errorText(), e.logLines(), e);
  }
}
