package io.reelmux.ffmpeg;

import io.reelmux.EncoderCatalog;
import io.reelmux.ffmpeg.internal.FfmpegCatalog;
import io.reelmux.ffmpeg.internal.FfmpegSession;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;

/**
 * Encodes with FFmpeg on the CPU. Found by {@link java.util.ServiceLoader}; the native libraries on
 * the class path, LGPL or GPL, are loaded at the first use.
 */
public final class FfmpegBackend implements EncoderBackend {

  /** For the service loader. */
  public FfmpegBackend() {}

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public EncoderCatalog catalog() throws IOException {
    NativeLibraries.load();
    return new EncoderCatalog(new FfmpegCatalog());
  }

  @Override
  public void check(SessionRequest request) throws IOException {
    FfmpegSession.check(request);
  }

  @Override
  public EncodingSession open(SessionRequest request) throws IOException {
    return FfmpegSession.open(request);
  }
}
