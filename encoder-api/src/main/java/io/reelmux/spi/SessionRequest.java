package io.reelmux.spi;

import io.reelmux.AudioOptions;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SubtitleOptions;
import io.reelmux.VideoOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams and settings of a session.
 *
 * @param videos the video streams, in the order added
 * @param audios the audio streams, in the order added
 * @param packets the streams of packets that are encoded already, in the order added
 * @param subtitles the subtitle streams, in the order added
 * @param outputs where the packets go, at least one
 * @param events is told what happens to outputs that have threads of their own
 * @param metadata what the container says of itself
 * @param packetListener receives all packets before any output; may be null
 * @param interleaveBudget the maximum number of bytes of packets that may wait for another stream
 * @param reproducible whether the container is written without random identifiers
 * @param allowFilterFiles whether filters may open files, devices and connections
 */
public record SessionRequest(
    List<VideoOptions> videos,
    List<AudioOptions> audios,
    List<PacketStreamInfo> packets,
    List<SubtitleOptions> subtitles,
    List<OutputRequest> outputs,
    OutputEvents events,
    FileMetadata metadata,
    @Nullable PacketListener packetListener,
    long interleaveBudget,
    boolean reproducible,
    boolean allowFilterFiles) {

  /** Copies the lists. */
  public SessionRequest {
    videos = List.copyOf(videos);
    audios = List.copyOf(audios);
    packets = List.copyOf(packets);
    subtitles = List.copyOf(subtitles);
    outputs = List.copyOf(outputs);
  }
}
