package io.reelmux.spi;

import io.reelmux.AudioOptions;
import io.reelmux.ContainerMode;
import io.reelmux.PacketListener;
import io.reelmux.VideoOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a session is opened with.
 *
 * @param videos video streams in the order added
 * @param audios audio streams in the order added
 * @param format name of the container, or null for the one that {@code fileName} ends in
 * @param fileName name for the choice of a container; never opened; null where there is none
 * @param destination where the container goes, or null for packets only
 * @param mode layout asked for, or null for the default
 * @param metadata tags of the container
 * @param muxerOptions options of the container
 * @param packetListener takes packets as well, or instead of a destination; may be null
 * @param interleaveBudget most bytes of packets that may wait for a silent stream
 */
public record SessionRequest(
    List<VideoOptions> videos,
    List<AudioOptions> audios,
    @Nullable String format,
    @Nullable String fileName,
    @Nullable Destination destination,
    @Nullable ContainerMode mode,
    Map<String, String> metadata,
    Map<String, String> muxerOptions,
    @Nullable PacketListener packetListener,
    long interleaveBudget) {

  /** Copies the collections. */
  public SessionRequest {
    videos = List.copyOf(videos);
    audios = List.copyOf(audios);
    metadata = Map.copyOf(metadata);
    muxerOptions = Map.copyOf(muxerOptions);
  }
}
