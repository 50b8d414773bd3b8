package io.reelmux.reader.ffmpeg;

import io.reelmux.reader.ffmpeg.internal.FfmpegMediaSession;
import io.reelmux.reader.spi.MediaSession;
import io.reelmux.reader.spi.OpenRequest;
import io.reelmux.reader.spi.ReaderBackend;
import java.io.IOException;

/**
 * Demuxes and decodes with FFmpeg. Found by {@link java.util.ServiceLoader}; the native libraries
 * on the class path, LGPL or GPL, are loaded at the first use.
 */
public final class FfmpegReaderBackend implements ReaderBackend {

  /** For the service loader. */
  public FfmpegReaderBackend() {}

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public MediaSession open(OpenRequest request) throws IOException {
    return FfmpegMediaSession.open(request);
  }
}
