package io.reelmux;

import io.reelmux.spi.CatalogSource;
import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend without native libraries that follows the {@link Script} installed last. Public for the
 * {@link java.util.ServiceLoader}.
 */
public final class FakeBackend implements EncoderBackend {
  private static volatile Script installed = new Script();
  private static volatile @Nullable SessionRequest latest;

  /** For the {@link java.util.ServiceLoader}. */
  public FakeBackend() {}

  /** Installs a new script for the encoders opened from now on. */
  public static Script install() {
    installed = new Script();
    return installed;
  }

  /** Returns what was opened last. */
  static SessionRequest opened() {
    return Objects.requireNonNull(latest);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public EncoderCatalog catalog() {
    return new EncoderCatalog(new FakeCatalog());
  }

  @Override
  public void check(SessionRequest checked) {
    latest = checked;
  }

  @Override
  public EncodingSession open(SessionRequest request) throws IOException {
    latest = request;
    FakeSession session = new FakeSession(installed, request);
    session.open();
    return session;
  }

  /** One container, one encoder; a stream of one channel is refused. */
  private static final class FakeCatalog implements CatalogSource {
    private static final EncoderInfo AUDIO =
        new EncoderInfo(
            "fakeaudio",
            "fake",
            "a fake",
            StreamKind.AUDIO,
            List.of("flt"),
            List.of(48_000),
            List.of(2),
            List.of(new EncoderOption("q", "", "int", 0, 9, List.of("best"))));

    @Override
    public String backend() {
      return "fake 1.0";
    }

    @Override
    public List<String> containers() {
      return List.of("fake");
    }

    @Override
    public List<EncoderInfo> encoders(StreamKind kind) {
      return kind == StreamKind.AUDIO ? List.of(AUDIO) : List.of();
    }

    @Override
    public Optional<EncoderInfo> encoder(String name) {
      return name.equals(AUDIO.name()) ? Optional.of(AUDIO) : Optional.empty();
    }

    @Override
    public List<DeviceInfo> devices() {
      return List.of(Fixtures.deviceInfo());
    }

    @Override
    public Optional<String> unavailableReason(Device device) {
      return Optional.of("no " + device);
    }

    @Override
    public Optional<String> unsupportedReason(
        List<VideoOptions> videos, List<AudioOptions> audios, String format) {
      if (!format.equals("fake")) {
        return Optional.of("no container " + format);
      }
      return audios.stream().anyMatch(a -> a.channels() != 2)
          ? Optional.of("two channels only")
          : Optional.empty();
    }
  }
}
