package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;

import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * Refuses streams that a container does not support: those that are known before a header is
 * written, those that its muxer refuses, and those that it would write so that nobody can read
 * them.
 */
final class ContainerFit {
  private final Container container;
  private final List<MuxStream> streams;

  ContainerFit(Container container, List<MuxStream> streams) {
    this.container = container;
    this.streams = streams;
  }

  /**
   * Refuses what is known before.
   *
   * @param options of the muxer
   */
  void check(Map<String, String> options) {
    for (MuxStream stream : streams) {
      Timecodes.check(stream, options);
      if (container.audioOnly() && stream.kind() == StreamKind.VIDEO) {
        throw new IllegalArgumentException(
            "container '%s' does not support %s; it is audio-only"
                .formatted(container, describe(stream)));
      }
      if (container.garbles(stream.parameters())) {
        throw new IllegalArgumentException(
            "container '%s' does not support %s; no player would recognize it"
                .formatted(container, describe(stream)));
      }
    }
  }

  /**
   * Refuses what a muxer has written although nobody can read it.
   *
   * @param lines what it has logged
   */
  void checkWritten(AVFormatContext struct, List<String> lines) {
    if (container.needsTags()) {
      for (int i = 0; i < streams.size(); i++) {
        if (hasNoTag(struct.streams(i).codecpar())) {
          throw refusal(Av.failure(Av.EINVAL, "find a tag for the codec in " + container));
        }
      }
    }
    for (String line : lines) {
      if (line.contains("file will be unreadable")
          || line.contains("is not supported by this format")) {
        throw refusal(Av.failure(Av.EINVAL, "write a readable file"));
      }
    }
  }

  private static boolean hasNoTag(AVCodecParameters parameters) {
    return parameters.codec_tag() == 0 && parameters.codec_id() != AV_CODEC_ID_RAWVIDEO;
  }

  /** Names the streams that the container is known not to support, and adds FFmpeg's reason. */
  IllegalArgumentException refusal(EncoderException cause) {
    List<String> unsupported =
        streams.stream().filter(stream -> !supports(stream)).map(ContainerFit::describe).toList();
    List<String> all = streams.stream().map(ContainerFit::describe).toList();
    String text =
        unsupported.isEmpty()
            ? "container '%s' does not support this combination of streams: %s"
                .formatted(container, String.join(", ", all))
            : "container '%s' does not support %s"
                .formatted(container, String.join(", ", unsupported));
    // the log also contains what the encoders printed when they were opened
    String reason =
        cause.logLines().stream()
            .filter(line -> line.startsWith("[" + container.name() + "]"))
            .reduce(cause.errorText(), (earlier, later) -> later);
    return new IllegalArgumentException(text + "; " + reason, cause);
  }

  private boolean supports(MuxStream stream) {
    return avformat_query_codec(container.format(), stream.parameters().codecId(), 0) != 0;
  }

  /** {@code audio 0 (ac3)}. */
  static String describe(MuxStream stream) {
    return stream.label() + " (" + stream.coder() + ")";
  }
}
