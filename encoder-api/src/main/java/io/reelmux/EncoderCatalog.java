package io.reelmux;

import io.reelmux.internal.Backends;
import io.reelmux.spi.CatalogSource;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The containers, encoders and devices of this build and host. Immutable and thread-safe. Queries
 * load the native libraries.
 */
public final class EncoderCatalog {
  private final CatalogSource source;

  /**
   * Creates a catalog. For backends.
   *
   * @param source what the catalog's queries are forwarded to
   */
  public EncoderCatalog(CatalogSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * Returns the catalog of the backend on the class path.
   *
   * @return the catalog
   * @throws IllegalStateException if there is no backend
   * @throws IOException if the native libraries cannot be loaded
   */
  public static EncoderCatalog load() throws IOException {
    return Backends.first().catalog();
  }

  /** {@return the name, version and license of the native library in use} */
  public String backend() {
    return source.backend();
  }

  /** {@return the names of the containers, sorted} */
  public List<String> containers() {
    return source.containers();
  }

  /**
   * Returns all encoders of a kind.
   *
   * @param kind video or audio
   * @return the encoders, sorted by name
   */
  public List<EncoderInfo> encoders(StreamKind kind) {
    return source.encoders(kind);
  }

  /**
   * Returns an encoder by name.
   *
   * @param name the name of the implementation ({@code libx264})
   * @return the encoder; empty if this build does not have it
   */
  public Optional<EncoderInfo> encoder(String name) {
    return source.encoder(Checks.name("encoder", name));
  }

  /**
   * Returns why a video stream cannot be encoded into a container. Opens the encoder to find out;
   * writes nothing.
   *
   * @param options the settings of the stream
   * @param format the name of the container
   * @return the reason; empty if it can be encoded
   */
  public Optional<String> unsupportedReason(VideoOptions options, String format) {
    return source.unsupportedReason(List.of(options), List.of(), Checks.name("format", format));
  }

  /**
   * Returns why an audio stream cannot be encoded into a container. Opens the encoder to find out;
   * writes nothing.
   *
   * @param options the settings of the stream
   * @param format the name of the container
   * @return the reason; empty if it can be encoded
   */
  public Optional<String> unsupportedReason(AudioOptions options, String format) {
    return source.unsupportedReason(List.of(), List.of(options), Checks.name("format", format));
  }

  /**
   * Returns the GPUs that the driver reports, whether or not they can encode. Opens several dozen
   * encoders on each GPU, which may take a while.
   *
   * @return the GPUs in the driver's order, which is that of {@link Device#cuda(int)}; empty
   *     without a driver, and {@link #unavailableReason(Device)} then returns why
   */
  public List<DeviceInfo> devices() {
    return source.devices();
  }

  /**
   * Returns why a device cannot encode video.
   *
   * @param device the device
   * @return the reason, and what to do about it; empty if it can encode, as the CPU always can
   */
  public Optional<String> unavailableReason(Device device) {
    Objects.requireNonNull(device, "device");
    return device.isCuda() ? source.unavailableReason(device) : Optional.empty();
  }

  /**
   * Returns how many frames an encoder looks at before it encodes one, so that frames beyond the
   * end of a part are of use to it ({@link VideoOptions.Builder#partFrames}).
   *
   * @param options the settings of the stream, with a codec
   * @return the number with these settings' preset; 0 if it looks at none, or this is not known
   * @throws IllegalArgumentException if there is no such codec
   */
  public int lookahead(VideoOptions options) {
    return source.lookahead(Objects.requireNonNull(options, "options"));
  }

  /**
   * Returns whether a video stream can be encoded into a container.
   *
   * @param options the settings of the stream
   * @param format the name of the container
   * @return true if it can
   */
  public boolean canEncode(VideoOptions options, String format) {
    return unsupportedReason(options, format).isEmpty();
  }

  /**
   * Returns whether an audio stream can be encoded into a container.
   *
   * @param options the settings of the stream
   * @param format the name of the container
   * @return true if it can
   */
  public boolean canEncode(AudioOptions options, String format) {
    return unsupportedReason(options, format).isEmpty();
  }

  /** {@code EncoderCatalog[FFmpeg 8.1.2 (LGPL)]}. */
  @Override
  public String toString() {
    return "EncoderCatalog[" + backend() + "]";
  }
}
