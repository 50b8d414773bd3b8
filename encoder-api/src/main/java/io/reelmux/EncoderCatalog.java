package io.reelmux;

import io.reelmux.spi.CatalogSource;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What this build and this host can encode. Immutable, thread-safe; queries load the natives. */
public final class EncoderCatalog {
  private final CatalogSource source;

  /**
   * For backends.
   *
   * @param source answers the questions
   */
  public EncoderCatalog(CatalogSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * The catalog of the backend on the class path.
   *
   * @return the catalog
   * @throws IllegalStateException if there is no backend
   * @throws IOException if the natives cannot be loaded
   */
  public static EncoderCatalog load() throws IOException {
    return Backends.first().catalog();
  }

  /** {@return library, version and licence of the natives that are loaded} */
  public String backend() {
    return source.backend();
  }

  /** {@return names of the containers, sorted} */
  public List<String> containers() {
    return source.containers();
  }

  /** {@return all encoders of a kind, sorted by name} */
  public List<EncoderInfo> encoders(StreamKind kind) {
    return source.encoders(kind);
  }

  /**
   * One encoder.
   *
   * @param name name of the implementation ({@code libx264})
   * @return what it takes; empty if this build lacks it
   */
  public Optional<EncoderInfo> encoder(String name) {
    return source.encoder(Checks.name("encoder", name));
  }

  /**
   * Whether a video stream can be encoded into a container. Opens the encoder to find out, and
   * writes nothing.
   *
   * @param options the stream
   * @param format name of the container
   * @return empty if it can; otherwise the reason
   */
  public Optional<String> unsupportedReason(VideoOptions options, String format) {
    return source.unsupportedReason(List.of(options), List.of(), Checks.name("format", format));
  }

  /**
   * Whether an audio stream can be encoded into a container.
   *
   * @param options the stream
   * @param format name of the container
   * @return empty if it can; otherwise the reason
   */
  public Optional<String> unsupportedReason(AudioOptions options, String format) {
    return source.unsupportedReason(List.of(), List.of(options), Checks.name("format", format));
  }

  /**
   * The GPUs that the driver knows, whether or not they can encode. Opens an encoder on each to
   * find out, which takes a second or so for each board.
   *
   * @return in the driver's order, which is that of {@link Device#cuda(int)}; none without a
   *     driver; {@link #unavailableReason(Device)} says why
   */
  public List<DeviceInfo> devices() {
    return source.devices();
  }

  /**
   * Whether a device can encode video.
   *
   * @param device the device
   * @return empty if it can, as the CPU always can; otherwise the reason, and what to do about it
   */
  public Optional<String> unavailableReason(Device device) {
    Objects.requireNonNull(device, "device");
    return device.isCuda() ? source.unavailableReason(device) : Optional.empty();
  }

  /**
   * Whether a video stream can be encoded into a container.
   *
   * @param options the stream
   * @param format name of the container
   * @return true if it can
   */
  public boolean canEncode(VideoOptions options, String format) {
    return unsupportedReason(options, format).isEmpty();
  }

  /**
   * Whether an audio stream can be encoded into a container.
   *
   * @param options the stream
   * @param format name of the container
   * @return true if it can
   */
  public boolean canEncode(AudioOptions options, String format) {
    return unsupportedReason(options, format).isEmpty();
  }
}
