package io.reelmux.spi;

import io.reelmux.ContainerMode;
import io.reelmux.FragmentListener;
import io.reelmux.Overflow;
import io.reelmux.PacketListener;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the packets of a session go: one output among several, or the only one. */
public sealed interface OutputRequest {

  /**
   * Returns what all kinds of outputs have in common.
   *
   * @return the settings
   */
  Settings settings();

  /**
   * Settings of any output.
   *
   * @param name for messages and results
   * @param only the streams that it contains; empty for all of them
   * @param required whether its failure ends the encoding
   * @param bufferBytes the maximum number of bytes of packets that wait to be written
   * @param overflow what happens beyond that
   */
  record Settings(
      String name,
      Optional<List<StreamId>> only,
      boolean required,
      long bufferBytes,
      Overflow overflow) {

    /** Returns whether the output contains a stream. */
    public boolean contains(StreamId stream) {
      return only.isEmpty() || only.get().contains(stream);
    }
  }

  /**
   * A container at a destination.
   *
   * @param format the name of the container, or null to choose it by {@code fileName}
   * @param fileName the file name whose extension selects the container, or null; never opened
   * @param mode the requested layout, or null for the default
   * @param muxerOptions the muxer's options, in the order in which they are set
   */
  record InContainer(
      Settings settings,
      Destination destination,
      @Nullable String format,
      @Nullable String fileName,
      @Nullable ContainerMode mode,
      Map<String, String> muxerOptions)
      implements OutputRequest {

    /** Copies the map, in its order, which Map.copyOf would not keep. */
    public InContainer {
      muxerOptions = Collections.unmodifiableMap(new LinkedHashMap<>(muxerOptions));
    }
  }

  /**
   * Packets without a container.
   *
   * @param listener receives them
   */
  record ToListener(Settings settings, PacketListener listener) implements OutputRequest {}

  /**
   * Segments in a store.
   *
   * @param store receives them
   * @param options how they are cut, and which playlists describe them
   */
  record ToSegments(Settings settings, SegmentStore store, SegmentOptions options)
      implements OutputRequest {}

  /**
   * Fragments of an MP4.
   *
   * @param listener receives them
   * @param length of a fragment
   */
  record ToFragments(Settings settings, FragmentListener listener, Duration length)
      implements OutputRequest {}
}
