package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.EncoderException;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MemoryMuxer;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments of a transport stream. One muxer writes all of them, so that its continuity
 * counters run on; the tables are repeated at the start of each segment. Not thread-safe, except
 * for {@link #cancel} and {@link #size}.
 */
final class TsSegmenter extends StoreTarget {
  private static final String TRACK = "media";
  private static final int TAKE_BYTES = 1 << 20;

  private final NativeScope scope = new NativeScope();
  private final List<MuxStream> streams;
  private final SegmentOptions options;
  private final Presentation presentation;
  private final MemoryMuxer muxer;
  private final PresentationTrack state;
  private final int reference;
  private final CutClock clock;
  private final PacketOrder order;
  private GuardedStore.@Nullable Open segment;
  private boolean begun;
  private long waitingBytes;
  private Ticks start;
  private Ticks end;

  TsSegmenter(
      List<MuxStream> streams,
      SegmentStore store,
      SegmentOptions options,
      boolean reproducible,
      SessionLog log,
      Notes notes,
      InstantSource clock)
      throws IOException {
    super(new GuardedStore(store));
    TrackInfos.check(streams, notes);
    Container container = Container.named(options.format().container());
    Muxer.check(container, streams, log);
    this.streams = List.copyOf(streams);
    this.options = options;
    Names names = Names.checked(options, List.of(TRACK));
    this.presentation = new Presentation(options, store(), names, notes, clock);
    this.state = presentation.add(TrackInfos.track(TRACK, streams), Optional.empty());
    this.reference =
        IntStream.range(0, streams.size())
            .filter(i -> streams.get(i).kind() == StreamKind.VIDEO)
            .findFirst()
            .orElse(0);
    List<TimeBase> bases = streams.stream().map(MuxStream::timeBase).toList();
    this.clock = new CutClock(options.length(), Optional.empty(), bases.get(reference));
    this.start = new Ticks(0, bases.get(reference));
    this.end = start;
    try {
      this.muxer =
          scope.add(MemoryMuxer.open(container, streams, Map.of(), reproducible, log, notes));
      this.order = scope.add(new PacketOrder(bases, reference, this::accept));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    firsts.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(first -> presentation.begin(start));
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    order.add(stream, packet);
  }

  private void accept(int stream, AVPacket packet) throws IOException {
    TimeBase base = streams.get(stream).timeBase();
    Ticks time = new Ticks(packet.pts(), base);
    if (!begun) {
      begun = true;
      start = packet.pts() < 0 ? new Ticks(0, base) : time;
    }
    if (stream == reference) {
      if (clock.before(packet) == CutClock.Cut.SEGMENT && start.isBefore(time)) {
        cut(time);
      }
    } else if (isOverdue(time)) {
      cut(time);
    }
    Ticks packetEnd = time.plus(packet.duration());
    if (end.isBefore(packetEnd)) {
      end = packetEnd;
    }
    waitingBytes += packet.size();
    muxer.write(stream, packet);
    if (waitingBytes > TAKE_BYTES) {
      append();
    }
  }

  /** Whether a segment must end although the reference has no packets anymore. */
  private boolean isOverdue(Ticks time) {
    long length = options.length().toNanos();
    long now = time.toDuration().toNanos();
    return now - start.toDuration().toNanos() >= length
        && now - clock.end().toDuration().toNanos() >= length;
  }

  private void cut(Ticks time) throws IOException {
    muxer.flush();
    append();
    commit(time);
    start = time;
    muxer.set("mpegts_flags", "resend_headers");
  }

  private void append() throws IOException {
    waitingBytes = 0;
    byte[] bytes = muxer.take();
    if (bytes.length == 0) {
      return;
    }
    GuardedStore.Open open = segment;
    if (open == null) {
      open = state.open(start);
      segment = open;
    }
    open.write(bytes);
    if (open.size() > options.maxSegmentBytes()) {
      throw new EncoderException(
          "write a segment",
          TRACK,
          0,
          "segment %d has more than %d bytes: shorten the distance of key frames, or raise maxSegmentBytes"
              .formatted(state.nextNumber(), options.maxSegmentBytes()),
          List.of(),
          null);
    }
  }

  private void commit(Ticks until) throws IOException {
    GuardedStore.Open open = segment;
    segment = null;
    if (open != null) {
      state.commit(open, start, until);
    }
  }

  @Override
  void complete() throws IOException {
    order.finish();
    if (begun) {
      muxer.flush();
      append();
      commit(end);
    }
    presentation.finish();
  }

  @Override
  public void close() {
    super.close();
    scope.close();
  }
}
