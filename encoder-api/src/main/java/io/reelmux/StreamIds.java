package io.reelmux;

import io.reelmux.spi.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tells the streams of an encoder by number. */
record StreamIds(
    List<VideoStream> videos,
    List<AudioStream> audios,
    List<PacketInput> packets,
    List<SubtitleStream> subtitles) {

  /**
   * Returns the numbers of streams.
   *
   * @throws IllegalArgumentException if one is not of this encoder, or named twice
   */
  List<StreamId> of(List<MediaStream> streams) {
    List<StreamId> ids = new ArrayList<>();
    for (MediaStream stream : streams) {
      List<StreamId> some = of(stream);
      if (some.isEmpty()) {
        throw new IllegalArgumentException("only(): " + stream + " is a stream of another encoder");
      }
      if (some.stream().anyMatch(ids::contains)) {
        throw new IllegalArgumentException("only(): " + stream + " is named twice");
      }
      ids.addAll(some);
    }
    return ids;
  }

  private List<StreamId> of(MediaStream stream) {
    if (stream instanceof VideoStream video) {
      return of(StreamId.Input.VIDEO, videos, video, video.slot().number(), video.encoded().size());
    }
    if (stream instanceof RenditionStream rendition) {
      boolean own = videos.stream().anyMatch(video -> video.renditions().contains(rendition));
      return own ? List.of(new StreamId(StreamId.Input.VIDEO, rendition.number())) : List.of();
    }
    if (stream instanceof AudioStream audio) {
      return of(StreamId.Input.AUDIO, audios, audio, audio.slot().number(), 1);
    }
    if (stream instanceof PacketInput input) {
      return of(StreamId.Input.PACKETS, packets, input, input.slot().number(), 1);
    }
    SubtitleStream subtitle = (SubtitleStream) stream;
    return of(StreamId.Input.SUBTITLES, subtitles, subtitle, subtitle.slot().number(), 1);
  }

  private static List<StreamId> of(
      StreamId.Input input, List<?> own, MediaStream stream, int first, int count) {
    if (!own.contains(stream)) {
      return List.of();
    }
    return IntStream.range(first, first + count)
        .mapToObj(number -> new StreamId(input, number))
        .toList();
  }
}
