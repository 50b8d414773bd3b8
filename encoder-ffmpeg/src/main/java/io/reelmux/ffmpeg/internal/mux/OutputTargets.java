package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.SegmentFormat;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.Refusals;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.InBandHeaders;
import io.reelmux.spi.FileMetadata;
import io.reelmux.spi.OutputRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prepares outputs: makes the target of each kind of {@link OutputRequest}, and checks that it can
 * hold its streams.
 */
public final class OutputTargets {

  private final List<MuxStream> streams;
  private final FileMetadata metadata;
  private final boolean reproducible;
  private final SessionLog log;
  private final Notes notes;
  private final Pieces pieces;

  /** Makes the targets that cut packets into pieces: segments and fragments. */
  public interface Pieces {
    /**
     * Prepares a target; nothing of the caller's is touched.
     *
     * @throws IllegalArgumentException if it cannot hold the streams
     */
    PacketTarget prepare(
        OutputRequest request,
        List<MuxStream> streams,
        FileMetadata metadata,
        boolean reproducible,
        SessionLog log,
        Notes notes)
        throws IOException;
  }

  /**
   * Prepares outputs of one session.
   *
   * @param streams all streams; their order gives their numbers
   * @param log of the session, for an output that is alone
   * @param notes of the session
   * @param pieces makes the targets of segments and fragments
   */
  public OutputTargets(
      List<MuxStream> streams,
      FileMetadata metadata,
      boolean reproducible,
      SessionLog log,
      Notes notes,
      Pieces pieces) {
    this.streams = List.copyOf(streams);
    this.metadata = metadata;
    this.reproducible = reproducible;
    this.log = log;
    this.notes = notes;
    this.pieces = pieces;
  }

  /** Returns the container of an output. */
  public static Container container(OutputRequest request) {
    if (request instanceof OutputRequest.InContainer container) {
      String format = container.format();
      String fileName = container.fileName();
      return format != null
          ? Container.named(format)
          : Container.ofFile(fileName == null ? "" : fileName);
    }
    if (request instanceof OutputRequest.ToSegments segments) {
      Container container = Container.named(segments.options().format().container());
      // playlists name codecs by what is in their global headers
      return container.globalHeader()
          ? container
          : Container.together(List.of(container, Container.PACKETS_ONLY));
    }
    return request instanceof OutputRequest.ToFragments
        ? Container.named(SegmentFormat.CMAF.container())
        : Container.PACKETS_ONLY;
  }

  /** Prepares the only output, which is written by the thread that feeds the encoder. */
  OutputTarget alone(OutputRequest request, Optional<List<Integer>> only) throws IOException {
    return prepare(request, only, metadata, log, /* ownsLog= */ false, notes.alone());
  }

  /** Prepares one of several outputs; a refusal names it. */
  OutputTarget among(OutputRequest request, Optional<List<Integer>> only) throws IOException {
    return among(request, only, metadata);
  }

  /** Prepares an output that starts later than the encoder. */
  OutputTarget late(OutputRequest request, Optional<List<Integer>> only) throws IOException {
    boolean loses =
        !metadata.chapters().isEmpty()
            || streams.stream().anyMatch(stream -> stream.timecode().isPresent());
    FileMetadata rest = metadata.withoutChapters();
    List<MuxStream> untimed = streams.stream().map(MuxStream::withoutTimecode).toList();
    OutputTarget made =
        new OutputTargets(untimed, rest, reproducible, log, notes, pieces)
            .among(request, only, rest);
    if (loses) {
      made.notes().add("chapters and timecodes count from the encoder's start: it has none");
    }
    return made.with(new LateStart(made.target(), made.streams().selected()));
  }

  private OutputTarget among(OutputRequest request, Optional<List<Integer>> only, FileMetadata own)
      throws IOException {
    String name = request.settings().name();
    Notes outputNotes = notes.part(name);
    SessionLog outputLog = new SessionLog(outputNotes);
    try {
      return outputLog.during(
          () -> prepare(request, only, own, outputLog, /* ownsLog= */ true, outputNotes));
    } catch (IllegalArgumentException e) {
      outputLog.close();
      outputNotes.withdraw();
      throw Refusals.of("output '" + name + "'", e);
    } catch (IOException | RuntimeException | Error e) {
      outputLog.close();
      outputNotes.withdraw();
      throw e;
    }
  }

  private OutputTarget prepare(
      OutputRequest request,
      Optional<List<Integer>> only,
      FileMetadata own,
      SessionLog outputLog,
      boolean ownsLog,
      Notes outputNotes)
      throws IOException {
    StreamSelection selection = StreamSelection.of(streams, only);
    Container container = container(request);
    PacketTarget target;
    Supplier<List<String>> lateNotes;
    if (request instanceof OutputRequest.InContainer in) {
      target =
          new EmptyStreams(
              muxer(in, container, selection.selected(), own, ownsLog, outputLog, outputNotes),
              selection.selected(),
              container,
              outputNotes);
      lateNotes = in.destination()::notes;
    } else if (request instanceof OutputRequest.ToSegments
        || request instanceof OutputRequest.ToFragments) {
      target =
          pieces(request, container, selection.selected(), own, ownsLog, outputLog, outputNotes);
      lateNotes = List::of;
    } else {
      OutputRequest.ToListener listener = (OutputRequest.ToListener) request;
      Timecodes.withoutContainer(selection.selected(), outputNotes);
      UnstoredMetadata.note(own, "packets", outputNotes);
      target = new ListenerAdapter(listener.listener(), selection.selected());
      lateNotes = List::of;
    }
    return new OutputTarget(
        request.settings(),
        container.commonName(),
        container,
        selection,
        target,
        outputLog,
        ownsLog,
        outputNotes,
        lateNotes);
  }

  private PacketTarget pieces(
      OutputRequest request,
      Container container,
      List<MuxStream> selected,
      FileMetadata own,
      boolean several,
      SessionLog outputLog,
      Notes outputNotes)
      throws IOException {
    if (several) {
      selected.forEach(stream -> requireHeader(stream, container));
    }
    PacketTarget target =
        pieces.prepare(request, selected, own, reproducible, outputLog, outputNotes);
    return container.members().size() > 1 ? HeaderRepeater.ofAll(target, selected) : target;
  }

  private PacketTarget muxer(
      OutputRequest.InContainer request,
      Container container,
      List<MuxStream> selected,
      FileMetadata own,
      boolean several,
      SessionLog outputLog,
      Notes outputNotes)
      throws IOException {
    if (several && container.globalHeader()) {
      selected.forEach(stream -> requireHeader(stream, container));
    }
    Muxer muxer =
        Muxer.prepare(
            container,
            request.mode(),
            request.destination(),
            selected,
            own,
            request.muxerOptions(),
            reproducible,
            outputLog,
            outputNotes);
    if (reproducible) {
      Optional<String> why = container.unrepeatable(selected.size());
      if (why.isPresent()) {
        outputNotes.add("the " + container + " may differ each time: " + why.get());
      }
    }
    if (container.globalHeader()) {
      return muxer;
    }
    return several
        ? HeaderRepeater.ofAll(muxer, selected)
        : HeaderRepeater.ofCopied(muxer, selected);
  }

  private static void requireHeader(MuxStream stream, Container container) {
    if (InBandHeaders.areNeededBy(stream.parameters().codecName())
        && stream.parameters().extradata().length == 0) {
      throw new IllegalArgumentException(
          container
              + " needs the global header of "
              + stream.label()
              + ", which its encoder has put into the packets: open the encoder with this output,"
              + " or with one that needs it too, such as mp4 or mkv");
    }
  }
}
