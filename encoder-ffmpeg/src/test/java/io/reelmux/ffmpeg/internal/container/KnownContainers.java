package io.reelmux.ffmpeg.internal.container;

import java.util.stream.Stream;

/** The muxers of which something is known. */
public final class KnownContainers {
  private KnownContainers() {}

  /** Returns FFmpeg's names of them, and our aliases. */
  public static Stream<String> names() {
    return Stream.concat(ContainerRows.allNames().stream(), ContainerRows.allAliases().stream());
  }
}
