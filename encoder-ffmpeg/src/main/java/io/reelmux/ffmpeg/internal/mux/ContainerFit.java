package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;

import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.UsualCodecs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
   * @param seekable whether it can go back
   */
  void check(Map<String, String> options, boolean seekable) {
    for (MuxStream stream : streams) {
      Timecodes.check(stream, options);
      if (container.audioOnly() && stream.kind() == StreamKind.VIDEO) {
        throw new IllegalArgumentException(
            "container '%s' does not support %s; it is audio-only%s"
                .formatted(container, describe(stream), wayOut(List.of(stream))));
      }
      if (container.garbles(stream.parameters())) {
        throw new IllegalArgumentException(
            "container '%s' does not support %s; no player would recognize it; %s%s"
                .formatted(
                    container,
                    describe(stream),
                    supported(List.of(stream)),
                    wayOut(List.of(stream))));
      }
      if (!seekable && container.goesBackForHeaderOf(stream.parameters())) {
        throw new IllegalArgumentException(
            ("container '%s' requires a destination that can seek for %s, whose header comes with"
                    + " its first packet: use openFile, a SeekableByteChannel or a"
                    + " SeekableOutputStream, another encoder of %s, or mp4")
                .formatted(container, describe(stream), stream.parameters().codecName()));
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
    List<MuxStream> unsupported = streams.stream().filter(stream -> !supports(stream)).toList();
    String text =
        unsupported.isEmpty()
            ? "container '%s' does not support this combination of streams: %s"
                .formatted(container, describe(streams))
            : "container '%s' does not support %s; %s"
                .formatted(container, describe(unsupported), supported(unsupported));
    // the log also contains what the encoders printed when they were opened
    String reason =
        cause.logLines().stream()
            .filter(line -> line.startsWith("[" + container.name() + "]"))
            .reduce(cause.errorText(), (earlier, later) -> later);
    return new IllegalArgumentException(text + wayOut(unsupported) + "; " + plain(reason), cause);
  }

  /** More may follow what FFmpeg writes as a sentence. */
  private static String plain(String line) {
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static String describe(List<MuxStream> streams) {
    return streams.stream().map(ContainerFit::describe).collect(Collectors.joining(", "));
  }

  /** {@code it supports video such as vp9 or av1, and no audio}. */
  private String supported(List<MuxStream> unsupported) {
    return unsupported.stream()
        .map(MuxStream::kind)
        .distinct()
        .map(this::supported)
        .collect(Collectors.joining(", and ", "it supports ", ""));
  }

  private String supported(StreamKind kind) {
    List<String> codecs = UsualCodecs.of(container, kind);
    if (!codecs.isEmpty()) {
      return words(kind) + " such as " + anyOf(codecs);
    }
    return container.holdsAny(kind) ? "no usual codec of " + words(kind) : "no " + words(kind);
  }

  private static String words(StreamKind kind) {
    return kind.toString().toLowerCase(Locale.ROOT);
  }

  private static String anyOf(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  /** What to do with packets that are encoded already. */
  private String wayOut(List<MuxStream> unsupported) {
    for (MuxStream stream : unsupported) {
      if (stream.copied()) {
        return container.holdsAny(stream.kind())
            ? "; packets are copied as they are: encode the stream, or choose another container"
            : "; leave the stream out, or choose another container";
      }
    }
    return "";
  }

  private boolean supports(MuxStream stream) {
    return avformat_query_codec(container.format(), stream.parameters().codecId(), 0) != 0;
  }

  /** {@code audio 0 (ac3)}, {@code packets 0 (ac3 audio)}. */
  static String describe(MuxStream stream) {
    String kind = stream.copied() ? " " + words(stream.kind()) : "";
    return stream.label() + " (" + stream.coder() + kind + ")";
  }
}
