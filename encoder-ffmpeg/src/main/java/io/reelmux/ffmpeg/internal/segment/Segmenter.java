package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.FrameRate;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Writes CMAF segments, one {@link CmafTrack} per stream. Each video stream is cut at its own key
 * frames; audio is cut at the first packet that is not before the cut of the first video stream.
 * Not thread-safe, except for {@link #cancel} and {@link #size}.
 */
final class Segmenter extends StoreTarget {
  private final NativeScope scope = new NativeScope();
  private final List<MuxStream> streams;
  private final SegmentOptions options;
  private final Names names;
  private final Presentation presentation;
  private final SessionLog log;
  private final Notes notes;
  private final boolean reproducible;
  private final @Nullable CmafTrack[] tracks;
  private final @Nullable CutClock[] clocks;
  private int reference = -1;
  private @Nullable PacketOrder order;

  Segmenter(
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
    Muxer.check(Container.named(options.format().container()), streams, log);
    this.streams = List.copyOf(streams);
    this.options = options;
    this.names = Names.checked(options, TrackInfos.names(streams));
    this.presentation = new Presentation(options, store(), names, notes, clock);
    this.log = log;
    this.notes = notes;
    this.reproducible = reproducible;
    this.tracks = new CmafTrack[streams.size()];
    this.clocks = new CutClock[streams.size()];
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    List<Integer> active =
        IntStream.range(0, firsts.size()).filter(i -> firsts.get(i).isPresent()).boxed().toList();
    reference =
        active.stream()
            .filter(i -> streams.get(i).kind() == StreamKind.VIDEO)
            .findFirst()
            .orElse(active.get(0));
    List<String> trackNames = TrackInfos.names(streams);
    for (int i = 0; i < firsts.size(); i++) {
      if (active.contains(i)) {
        open(i, trackNames.get(i));
      } else {
        notes.add(streams.get(i).label() + " has no packets, and no segments");
      }
    }
    List<TimeBase> bases = streams.stream().map(MuxStream::timeBase).toList();
    order = scope.add(new PacketOrder(bases, reference, this::accept));
    PacketTimes first = firsts.get(reference).orElseThrow();
    presentation.begin(new Ticks(first.pts(), bases.get(reference)));
  }

  private void open(int index, String name) throws IOException {
    MuxStream stream = streams.get(index);
    FragmentMuxer muxer = scope.add(FragmentMuxer.open(List.of(stream), reproducible, log, notes));
    boolean ownClock = index == reference || stream.kind() == StreamKind.VIDEO;
    PresentationTrack state =
        presentation.add(TrackInfos.track(name, stream), partTarget(stream, ownClock));
    tracks[index] =
        new CmafTrack(
            name,
            muxer,
            state,
            stream.kind(),
            stream.timeBase(),
            options.parts().isPresent(),
            options.maxSegmentBytes());
    if (ownClock) {
      clocks[index] = new CutClock(options.length(), options.parts(), stream.timeBase());
    }
  }

  /** The longest part of a stream. Parts must be nearly as long as their playlist announces. */
  private Optional<Ticks> partTarget(MuxStream stream, boolean ownClock) {
    return options
        .parts()
        .map(
            length -> {
              if (!ownClock) {
                // a packet may begin just before the cut that it follows
                int rate = stream.parameters().struct().sample_rate();
                int packet = Math.max(1, stream.parameters().struct().frame_size());
                long nanos = length.toNanos() + 1_000_000_000L * packet / Math.max(1, rate);
                return new Ticks(nanos, new TimeBase(1, 1_000_000_000));
              }
              Optional<FrameRate> rate = stream.frameRate();
              if (rate.isEmpty()) {
                return Ticks.of(length);
              }
              int perSecond = rate.get().numerator();
              int ticks = rate.get().denominator();
              long frames = length.toNanos() * perSecond / (1_000_000_000L * ticks);
              return new Ticks(Math.max(1, frames), new TimeBase(ticks, perSecond));
            });
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    if (order == null) {
      throw new IllegalStateException("begin() comes first");
    }
    order.add(stream, packet);
  }

  private void accept(int stream, AVPacket packet) throws IOException {
    CmafTrack track = tracks[stream];
    if (track == null) {
      return;
    }
    if (options.parts().isPresent() && packet.pts() != packet.dts()) {
      notes
          .of(streams.get(stream).label())
          .add("B-frames make parts overlap in time, which delays players: set maxBFrames(0)");
    }
    CutClock clock = clocks[stream];
    if (clock == null) {
      track.writeFollowing(packet, isOverdue(stream, packet, track));
      return;
    }
    boolean first = !clock.begun();
    CutClock.Cut cut = clock.before(packet);
    // what comes before the first packet belongs to the first segment
    if (stream == reference && !first && cut != CutClock.Cut.NONE) {
      announce(cut, packet);
    }
    track.write(packet, cut);
  }

  private void announce(CutClock.Cut cut, AVPacket packet) {
    TimeBase base = streams.get(reference).timeBase();
    long time = cut == CutClock.Cut.SEGMENT ? packet.pts() : packet.dts();
    for (int i = 0; i < tracks.length; i++) {
      CmafTrack follower = tracks[i];
      if (follower != null && clocks[i] == null) {
        follower.follow(cut, new Ticks(time, base));
      }
    }
  }

  /** Whether a segment must end although the reference has no packets anymore. */
  private boolean isOverdue(int stream, AVPacket packet, CmafTrack track) {
    CutClock clock = clocks[reference];
    Ticks time = new Ticks(packet.pts(), streams.get(stream).timeBase());
    Ticks length = Ticks.of(options.length());
    return clock != null
        && !time.isBefore(sum(track.segmentStart(), length))
        && !time.isBefore(sum(clock.end(), length));
  }

  /** Good enough for a limit: rounded to a nanosecond. */
  private static Ticks sum(Ticks time, Ticks length) {
    return new Ticks(Math.addExact(time.toDuration().toNanos(), length.value()), length.base());
  }

  @Override
  void complete() throws IOException {
    if (order != null) {
      order.finish();
    }
    for (CmafTrack track : tracks) {
      if (track != null) {
        track.finish();
      }
    }
    presentation.finish();
  }

  @Override
  public void close() {
    super.close();
    scope.close();
  }
}
