package io.reelmux.internal;

import io.reelmux.PacketListener;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder is opened on.
 *
 * @param destination receives the container, or null for packets only
 * @param format the name of the container, or null to choose it by the file name
 * @param fileName the name of the file, or null
 * @param callersObject the caller's stream, channel or listener, which the encoder keeps reachable;
 *     null for a file. See {@link WeakCallerRef}.
 */
public record Target(
    @Nullable HostDestination destination,
    @Nullable String format,
    @Nullable String fileName,
    @Nullable Object callersObject) {

  /** A file in the container that its name ends in. */
  public static Target named(FileDestination file, String fileName) {
    return new Target(file, null, fileName, null);
  }

  /** A file in the given container. */
  public static Target file(FileDestination file, String format) {
    return new Target(file, format, null, null);
  }

  /** A stream or channel of the caller. */
  public static Target of(HostDestination destination, String format, Object callersObject) {
    return new Target(destination, format, null, callersObject);
  }

  /** Packets only. */
  public static Target packets(PacketListener listener) {
    return new Target(null, null, null, listener);
  }
}
