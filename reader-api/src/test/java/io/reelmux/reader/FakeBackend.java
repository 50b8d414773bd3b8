package io.reelmux.reader;

import io.reelmux.reader.spi.MediaSession;
import io.reelmux.reader.spi.OpenRequest;
import io.reelmux.reader.spi.ReaderBackend;
import java.io.IOException;

/**
 * A backend without native libraries that reads the {@link FakeMedia} installed last. Public for
 * the {@link java.util.ServiceLoader}.
 */
public final class FakeBackend implements ReaderBackend {
  private static volatile FakeMedia installed = new FakeMedia();

  /** For the {@link java.util.ServiceLoader}. */
  public FakeBackend() {}

  /** Installs media for the readers that are opened from now on. */
  static FakeMedia install(FakeMedia media) {
    installed = media;
    return media;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public MediaSession open(OpenRequest request) throws IOException {
    return new FakeSession(installed, request);
  }
}
