package io.reelmux.spi;

import io.reelmux.AudioOptions;
import io.reelmux.ContainerMode;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SubtitleOptions;
import io.reelmux.VideoOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams and settings of a session.
 *
 * @param videos the video streams, in the order added
 * @param audios the audio streams, in the order added
 * @param packets the streams of packets that are encoded already, in the order added
 * @param subtitles the subtitle streams, in the order added
 * @param format the name of the container, or null to choose it by {@code fileName}
 * @param fileName the file name whose extension selects the container, or null; never opened
 * @param destination where the container is written, or null for packets only
 * @param mode the requested layout, or null for the default
 * @param metadata what the container says of itself
 * @param muxerOptions the muxer's options, in the order in which they are set
 * @param packetListener receives packets in addition to, or instead of, a destination; may be null
 * @param interleaveBudget the maximum number of bytes of packets that may wait for another stream
 * @param reproducible whether the container is written without random identifiers
 * @param alignKeyFrames whether all video streams have their key frames at the same times
 */
public record SessionRequest(
    List<VideoOptions> videos,
    List<AudioOptions> audios,
    List<PacketStreamInfo> packets,
    List<SubtitleOptions> subtitles,
    @Nullable String format,
    @Nullable String fileName,
    @Nullable Destination destination,
    @Nullable ContainerMode mode,
    FileMetadata metadata,
    Map<String, String> muxerOptions,
    @Nullable PacketListener packetListener,
    long interleaveBudget,
    boolean reproducible,
    boolean alignKeyFrames) {

  /** Copies the collections; maps keep their order. */
  public SessionRequest {
    videos = List.copyOf(videos);
    audios = List.copyOf(audios);
    packets = List.copyOf(packets);
    subtitles = List.copyOf(subtitles);
    muxerOptions = copyInOrder(muxerOptions);
  }

  /** Unlike Map.copyOf, whose order differs from one JVM to the next. */
  private static Map<String, String> copyInOrder(Map<String, String> entries) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
