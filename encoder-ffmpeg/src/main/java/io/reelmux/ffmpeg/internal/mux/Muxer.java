package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_interleaved_write_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_trailer;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_write_header;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_flush;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_write;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;

import io.reelmux.ContainerMode;
import io.reelmux.EncoderException;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.OutputContext;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.SideData;
import io.reelmux.ffmpeg.internal.container.Access;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.ContainerOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.spi.Destination;
import io.reelmux.spi.FileMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets into a container on a destination.
 *
 * <p>A muxer starts with a header in memory, which {@link #start} or {@link #begin} writes to a
 * destination. {@link #finish} completes the container; {@link #close} frees the native structs,
 * but does not close the destination. Not thread-safe, except for {@link #cancel} and {@link
 * #size}: the lock of the {@link OutputPipeline} guards it.
 */
public final class Muxer implements PacketTarget {

  private final NativeScope scope = new NativeScope();
  private final Container container;
  private final ContainerOptions mode;
  private final Sink sink;
  private final OutputContext output;
  private final IoContext io;
  private final List<MuxStream> streams;
  private final ContainerFit fit;
  private final Notes notes;
  private final Chapters chapters;
  private final LastDelay lastDelay;
  private final @Nullable Destination destination;

  /** Operation names for failures, built once for each stream. */
  private final List<String> writing = new ArrayList<>();

  private final List<AVRational> muxerBases = new ArrayList<>();
  private final List<TickScale> scales = new ArrayList<>();
  private boolean headerWritten;

  /** The streams of which samples have been written. */
  private final BitSet begun = new BitSet();

  private final List<Long> shifts = new ArrayList<>();
  private @Nullable FragmentWriter fragments;
  private boolean indexWritten;
  private boolean finished;

  private Muxer(
      Container container,
      @Nullable ContainerMode wanted,
      Access access,
      @Nullable Destination destination,
      List<MuxStream> streams,
      FileMetadata metadata,
      Map<String, String> options,
      Notes notes)
      throws EncoderException {
    this.container = container;
    this.destination = destination;
    this.notes = notes;
    this.mode = new ContainerOptions(container, wanted, access, notes);
    this.chapters = new Chapters(metadata.chapters(), container, mode.writesIndexAtEnd(), notes);
    this.sink = new Sink(access.seekable());
    this.streams = List.copyOf(streams);
    this.fit = new ContainerFit(container, this.streams);
    this.lastDelay = new LastDelay(container, OwnTimes.anyOf(streams), options);
    for (MuxStream stream : streams) {
      writing.add("write a packet of " + stream.label());
    }
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
   * @param destination that the muxer will be started with; null to check only
   * @throws IllegalArgumentException if the container does not support the streams or an option
   * @throws EncoderException if the library fails
   */
  public static Muxer prepare(
      Container container,
      @Nullable ContainerMode mode,
      @Nullable Destination destination,
      List<MuxStream> streams,
      FileMetadata metadata,
      Map<String, String> options,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    Access access = destination == null ? Access.SEEK_AND_READ : Access.of(destination);
    Muxer muxer =
        new Muxer(container, mode, access, destination, streams, metadata, options, notes);
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
   * @return the units of the streams' times in the container
   * @throws IllegalArgumentException if it does not
   * @throws EncoderException if the library fails
   */
  public static List<TimeBase> check(Container container, List<MuxStream> streams, SessionLog log)
      throws IOException {
    try (Muxer muxer =
        prepare(
            container,
            /* mode= */ null,
            /* destination= */ null,
            streams,
            FileMetadata.NONE,
            Map.of(),
            /* reproducible= */ true,
            log,
            new Notes())) {
      return muxer.timeBases();
    }
  }

  private void writeHeader(FileMetadata metadata, Map<String, String> options) throws IOException {
    AVFormatContext struct = output.struct();
    struct.pb(io.struct());
    struct.max_delay(container.maxDelay());
    fit.check(options, sink.seekable());
    FileTags tags = FileTags.choose(container, metadata, streams, options, notes);
    Extras extras = new Extras(metadata, container, mode.staysFragmented());
    addStreams(extras);
    extras.addTo(output);
    chapters.beforeHeader(struct);
    Map<String, String> entries = new LinkedHashMap<>(tags.entries());
    if (!container.tags().storesStreamKeys()) {
      entries.putAll(chapters.comments());
    }
    entries.putAll(Timecodes.ofFile(streams, container, notes));
    struct.metadata(Metadata.of(entries));
    Set<String> codecs = new HashSet<>();
    for (MuxStream stream : streams) {
      codecs.add(stream.parameters().codecName());
    }
    new OptionSetter(struct, "container " + container, Map.of())
        .setAll(mode.options(tags.options(), codecs, OwnTimes.commonUnit(streams)));
    LogPosition before = LogPosition.here();
    int code = avformat_write_header(struct, /* options= */ null);
    sink.check();
    if (code == Av.ENOMEM) {
      Av.check(code, "write the container's header");
    }
    if (code < 0) {
      throw fit.refusal(Av.failure(code, "write the header of container " + container));
    }
    fit.checkWritten(struct, before.lines());
    headerWritten(extras);
  }

  private void headerWritten(Extras extras) throws IOException {
    // the muxer has chosen its units by now
    for (int i = 0; i < streams.size(); i++) {
      scales.add(new TickScale(streams.get(i).timeBase(), muxerBases.get(i)));
    }
    headerWritten = true;
    extras.write(output);
    if (mode.fragments()) {
      fragments = scope.add(fragmentWriter());
    }
    if (mode.completesHeader()) {
      byte[] slack = MovHeader.slack(streams.size());
      avio_write(io.struct(), slack, slack.length);
    }
    avio_flush(io.struct());
    sink.check();
  }

  private void addStreams(Extras extras) throws EncoderException {
    for (MuxStream stream : streams) {
      Map<String, String> tags = StreamTags.of(streams, stream, container, notes);
      tags.putAll(Timecodes.ofStream(stream, container, notes));
      if (muxerBases.isEmpty() && container.tags().storesStreamKeys()) {
        tags.putAll(chapters.comments());
        tags.putAll(extras.comments());
      }
      AVStream added = StreamSetup.add(output, stream, container, tags);
      // the muxer may change its own when the header is written
      muxerBases.add(added.time_base());
    }
  }

  private FragmentWriter fragmentWriter() {
    FragmentClock clock =
        new FragmentClock(muxerBases, !mode.startsWithIndex(), OwnTimes.pausing(streams));
    return new FragmentWriter(
        new FragmentWriter.Target() {
          @Override
          public void write(AVPacket packet) throws IOException {
            writeNow(packet);
          }

          @Override
          public void cut() throws IOException {
            cutFragment();
          }

          @Override
          public void endsLate(int stream) {
            notes
                .of(streams.get(stream).label())
                .add(
                    "the fragmented "
                        + container
                        + " lasts longer than its frames, whose last ones follow each other faster"
                        + " than B-frames allow: set maxBFrames(0)");
          }
        },
        clock,
        OwnTimes.of(streams),
        mode.staysFragmented());
  }

  /** Starts the destination. Writes the header to it unless the first packets must be known. */
  @Override
  public void start() throws IOException {
    sink.start(Objects.requireNonNull(destination, "destination"));
    if (!mode.completesHeader()) {
      sink.releaseHeader(UnaryOperator.identity());
    }
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    noteLateStarts(firsts);
    if (!mode.completesHeader()) {
      return;
    }
    List<Optional<MovEdit>> edits = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      int stream = i;
      Optional<MovStart> start =
          firsts.get(i).map(first -> MovStart.of(rescaled(first, stream), mode));
      shifts.add(start.map(MovStart::shift).orElse(0L));
      edits.add(start.map(MovStart::edit));
    }
    sink.releaseHeader(header -> MovHeader.withEdits(header, edits));
  }

  private void noteLateStarts(List<Optional<PacketTimes>> firsts) {
    for (int i = 0; container.startsAtZero() && i < firsts.size(); i++) {
      MuxStream stream = streams.get(i);
      firsts
          .get(i)
          .filter(first -> first.pts() > 0)
          .map(first -> stream.timeBase().toDuration(first.pts()))
          .ifPresent(
              start ->
                  notes
                      .of(stream.label())
                      .add(
                          "the first frame is shown at 0 instead of "
                              + start
                              + ", and all others are earlier by as much: "
                              + container
                              + " has no time before it"));
    }
  }

  private PacketTimes rescaled(PacketTimes times, int stream) {
    TickScale scale = scales.get(stream);
    return new PacketTimes(scale.apply(times.dts()), scale.apply(times.pts()));
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    if (container.writesHeaderUpdates() && isHeaderUpdate(packet)) {
      return;
    }
    packet.stream_index(stream);
    scales.get(stream).apply(packet);
    if (!shifts.isEmpty() && shifts.get(stream) != 0) {
      packet.pts(packet.pts() + shifts.get(stream));
      packet.dts(packet.dts() + shifts.get(stream));
    }
    chapters.extend(packet, muxerBases.get(stream));
    lastDelay.take(packet);
    if (fragments == null) {
      writeNow(packet);
    } else {
      fragments.write(packet);
    }
  }

  /** As FLAC's encoder ends with: the number of samples and their checksum are known then. */
  private static boolean isHeaderUpdate(AVPacket packet) {
    return packet.size() == 0
        && SideData.read(packet.side_data(), packet.side_data_elems())
            .containsKey(AV_PKT_DATA_NEW_EXTRADATA);
  }

  private void writeNow(AVPacket packet) throws IOException {
    int stream = packet.stream_index();
    if (packet.size() > 0) {
      begun.set(stream);
    }
    int code =
        container.ordersPackets()
            ? av_interleaved_write_frame(output.struct(), packet)
            : av_write_frame(output.struct(), packet);
    sink.check();
    Av.check(code, writing.get(stream));
  }

  private void cutFragment() throws IOException {
    if (!indexWritten && !mode.startsWithIndex()) {
      requireSamples();
    }
    flush();
    if (mode.delaysIndex() && !indexWritten) {
      // the first one has written the index only
      flush();
    }
    indexWritten = true;
  }

  /** An index describes some codecs by their samples; FFmpeg 8.1.2 fails or dies without any. */
  private void requireSamples() throws EncoderException {
    for (int i = 0; i < streams.size(); i++) {
      MuxStream stream = streams.get(i);
      Set<String> codec = Set.of(stream.parameters().codecName());
      if (!begun.get(i) && container.indexNeedsSamplesOf(codec)) {
        throw Av.failure(
            Av.EINVAL,
            "write the index of the " + container,
            ContainerFit.describe(stream)
                + " has no samples, which the index must describe: add some, such as silence, leave"
                + " the stream out, or use ContainerMode.PLAIN");
      }
    }
  }

  private void flush() throws IOException {
    int code = av_write_frame(output.struct(), /* packet= */ null);
    avio_flush(io.struct());
    sink.check();
    Av.check(code, "write a fragment");
  }

  @Override
  public List<TimeBase> timeBases() {
    List<TimeBase> bases = new ArrayList<>();
    for (AVRational base : muxerBases) {
      bases.add(new TimeBase(base.num(), base.den()));
    }
    return bases;
  }

  /** Completes the container and the destination. */
  @Override
  public void finish() throws IOException {
    finished = true;
    sink.releaseHeader(UnaryOperator.identity());
    if (fragments != null) {
      // the last fragment is written like the others: only the index is held back
      fragments.finish();
      if (mode.rebuildsAtEnd()) {
        List<OptionalLong> excess = fragments.excess();
        sink.deferTail(
            tail -> {
              MovTail.shorten(tail, excess);
              MovTail.clean(tail);
            });
      }
    }
    if (mode.readsBack()) {
      scope.add(FastStart.install(output, sink));
    }
    chapters.beforeTrailer(output.struct());
    lastDelay.set(output.struct(), muxerBases);
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
