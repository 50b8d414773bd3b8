package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_rescale_ts;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_trailer;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_query_codec;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_write_header;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_flush;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;

import io.reelmux.ContainerMode;
import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.OutputContext;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Access;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.ContainerOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets into a container on a destination.
 *
 * <p>A muxer starts with a header in memory, which {@link #start} writes to a destination. {@link
 * #finish} completes the container; {@link #close} frees the native structs, but does not close the
 * destination. Not thread-safe, except for {@link #cancel} and {@link #size}: the lock of the
 * {@link OutputPipeline} guards it.
 */
public final class Muxer implements PacketTarget {

  private final NativeScope scope = new NativeScope();
  private final Container container;
  private final ContainerOptions mode;
  private final Sink sink;
  private final OutputContext output;
  private final IoContext io;
  private final List<MuxStream> streams;

  /** Operation names for failures, built once for each stream. */
  private final List<String> writing;

  private final List<AVRational> encoderBases = new ArrayList<>();
  private final List<AVRational> muxerBases = new ArrayList<>();
  private boolean headerWritten;
  private @Nullable FragmentClock fragments;
  private boolean finished;

  private Muxer(
      Container container,
      @Nullable ContainerMode wanted,
      Access access,
      List<MuxStream> streams,
      Notes notes)
      throws EncoderException {
    this.container = container;
    this.mode =
        new ContainerOptions(container, wanted, access, haveVariableFrameRate(streams), notes);
    this.sink = new Sink(access.seekable());
    this.streams = List.copyOf(streams);
    this.writing = streams.stream().map(stream -> "write a packet of " + stream.label()).toList();
    try {
      io = scope.add(IoContext.writing(sink));
      output = scope.add(OutputContext.allocate(container.format()));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Writes the header into memory, which is the only reliable way to find out whether the container
   * supports the streams.
   *
   * @param access of the destination that the muxer will be started with
   * @throws IllegalArgumentException if the container does not support the streams or an option
   * @throws EncoderException if the library fails
   */
  static Muxer prepare(
      Container container,
      @Nullable ContainerMode mode,
      Access access,
      List<MuxStream> streams,
      Map<String, String> metadata,
      Map<String, String> options,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    Muxer muxer = new Muxer(container, mode, access, streams, notes);
    try {
      log.own(muxer.output.struct());
      if (reproducible) {
        muxer.output.struct().flags(muxer.output.struct().flags() | AVFMT_FLAG_BITEXACT);
      }
      muxer.writeHeader(metadata, options);
      return muxer;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, muxer);
      throw e;
    }
  }

  /**
   * Checks that a container supports these streams, on a destination that can seek and be read.
   *
   * @throws IllegalArgumentException if it does not
   * @throws EncoderException if the library fails
   */
  public static void check(Container container, List<MuxStream> streams, SessionLog log)
      throws IOException {
    prepare(
            container,
            /* mode= */ null,
            Access.SEEK_AND_READ,
            streams,
            Map.of(),
            Map.of(),
            /* reproducible= */ true,
            log,
            new Notes())
        .close();
  }

  private void writeHeader(Map<String, String> metadata, Map<String, String> options)
      throws IOException {
    AVFormatContext struct = output.struct();
    struct.pb(io.struct());
    struct.max_delay(container.maxDelay());
    checkStreams();
    for (MuxStream stream : streams) {
      AVStream added = StreamSetup.add(output, stream, container);
      encoderBases.add(rational(stream.timeBase()));
      // the muxer may change its own when the header is written
      muxerBases.add(added.time_base());
    }
    struct.metadata(Metadata.of(metadata));
    Set<String> codecs =
        streams.stream().map(stream -> stream.parameters().codecName()).collect(Collectors.toSet());
    new OptionSetter(struct, "container " + container, Map.of())
        .setAll(mode.options(options, codecs));
    int code = avformat_write_header(struct, /* options= */ null);
    sink.check();
    if (code == Av.ENOMEM) {
      Av.check(code, "write the container's header");
    }
    if (code < 0) {
      throw refused(Av.failure(code, "write the header of container " + container));
    }
    if (container.needsTags() && streams.stream().anyMatch(this::hasNoTag)) {
      throw refused(Av.failure(Av.EINVAL, "find a tag for the codec in " + container));
    }
    headerWritten = true;
    if (mode.rebuildsAtEnd()) {
      fragments = new FragmentClock(muxerBases);
    }
    avio_flush(io.struct());
    sink.check();
  }

  private static AVRational rational(TimeBase base) {
    return new AVRational().num(base.numerator()).den(base.denominator());
  }

  private void checkStreams() {
    for (MuxStream stream : streams) {
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

  /** Names the streams that the container is known not to support, and adds FFmpeg's reason. */
  private IllegalArgumentException refused(EncoderException cause) {
    List<String> unsupported =
        streams.stream().filter(stream -> !supports(stream)).map(this::describe).toList();
    List<String> all = streams.stream().map(this::describe).toList();
    String text =
        unsupported.isEmpty()
            ? "container '%s' does not support this combination of streams: %s"
                .formatted(container, String.join(", ", all))
            : "container '%s' does not support %s"
                .formatted(container, String.join(", ", unsupported));
    // the log also contains what the encoders printed when they were opened
    String reason =
        cause.logLines().stream()
            .filter(line -> line.startsWith("[" + container.name() + " @"))
            .reduce(cause.errorText(), (earlier, later) -> later);
    return new IllegalArgumentException(text + "; " + reason, cause);
  }

  /** The muxer writes a codec without a tag, but no player can read it. */
  private boolean hasNoTag(MuxStream stream) {
    AVCodecParameters parameters = output.struct().streams(streams.indexOf(stream)).codecpar();
    return parameters.codec_tag() == 0 && parameters.codec_id() != AV_CODEC_ID_RAWVIDEO;
  }

  private boolean supports(MuxStream stream) {
    return avformat_query_codec(container.format(), stream.parameters().codecId(), 0) != 0;
  }

  private String describe(MuxStream stream) {
    return stream.label() + " (" + stream.coder() + ")";
  }

  /** Starts the destination and writes the header to it. */
  void start(Destination destination) throws IOException {
    sink.start(destination);
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    packet.stream_index(stream);
    av_packet_rescale_ts(packet, encoderBases.get(stream), muxerBases.get(stream));
    if (fragments != null && fragments.endsBefore(stream, packet)) {
      flushFragment();
    }
    int code = av_write_frame(output.struct(), packet);
    sink.check();
    Av.check(code, writing.get(stream));
  }

  private void flushFragment() throws IOException {
    int code = av_write_frame(output.struct(), /* packet= */ null);
    sink.check();
    Av.check(code, "write a fragment");
  }

  private static boolean haveVariableFrameRate(List<MuxStream> streams) {
    return streams.stream()
        .anyMatch(stream -> stream.kind() == StreamKind.VIDEO && stream.frameRate().isEmpty());
  }

  /** Completes the container and the destination. */
  @Override
  public void finish() throws IOException {
    finished = true;
    if (mode.rebuildsAtEnd()) {
      // the last fragment is written like the others: only the index is held back
      int code = av_write_frame(output.struct(), /* packet= */ null);
      avio_flush(io.struct());
      sink.check();
      Av.check(code, "write the last fragment");
      sink.deferTail();
    }
    if (mode.readsBack()) {
      scope.add(FastStart.install(output, sink));
    }
    int code = av_write_trailer(output.struct());
    sink.check();
    Av.check(code, "write the container's trailer");
    avio_flush(io.struct());
    sink.check();
    sink.complete();
  }

  @Override
  public boolean canFinish() {
    return headerWritten && !finished && sink.works();
  }

  @Override
  public void cancel() {
    sink.cancel();
  }

  @Override
  public long size() {
    return sink.size();
  }

  @Override
  public void close() {
    scope.close();
  }
}
