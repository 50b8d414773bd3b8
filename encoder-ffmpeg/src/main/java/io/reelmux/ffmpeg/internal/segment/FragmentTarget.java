package io.reelmux.ffmpeg.internal.segment;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.Fragment;
import io.reelmux.FragmentListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SegmentFormat;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.PacketTarget;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Gives fragments of one MP4 with all streams to the caller's listener. A fragment ends before a
 * key frame, or when it has its length. Not thread-safe, except for {@link #cancel} and {@link
 * #size}.
 */
final class FragmentTarget implements PacketTarget {
  private final NativeScope scope = new NativeScope();
  private final List<MuxStream> streams;
  private final FragmentListener listener;
  private final Ticks length;
  private final boolean reproducible;
  private final SessionLog log;
  private final Notes notes;

  /** The number of each stream in the muxer; -1 of one without packets. */
  private final int[] places;

  private int reference;
  private TimeBase base = new TimeBase(1, 1);
  private @Nullable FragmentMuxer muxer;
  private @Nullable PacketOrder order;
  private String mimeType = "";
  private boolean initSent;
  private boolean begun;
  private boolean independent;
  private long startDts;
  private long independentDts;
  private final FragmentTimes times = new FragmentTimes();
  private boolean started;
  private boolean ended;
  private boolean finished;
  private boolean failed;
  private volatile boolean canceled;
  private final AtomicLong bytes = new AtomicLong();

  FragmentTarget(
      List<MuxStream> streams,
      FragmentListener listener,
      Duration length,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("fragment length " + length + ": must be positive");
    }
    TrackInfos.check(streams, notes);
    Muxer.check(Container.named(SegmentFormat.CMAF.container()), streams, log);
    this.streams = List.copyOf(streams);
    this.listener = listener;
    this.length = Ticks.of(length);
    this.reproducible = reproducible;
    this.log = log;
    this.notes = notes;
    this.places = new int[streams.size()];
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    List<MuxStream> active = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      places[i] = firsts.get(i).isPresent() ? active.size() : -1;
      if (places[i] < 0) {
        notes.add(streams.get(i).label() + " has no packets, and is not in the fragments");
      } else {
        active.add(streams.get(i));
      }
    }
    reference =
        IntStream.range(0, places.length)
            .filter(i -> places[i] >= 0 && streams.get(i).kind() == StreamKind.VIDEO)
            .findFirst()
            .orElse(streams.indexOf(active.get(0)));
    base = streams.get(reference).timeBase();
    mimeType = mimeType(active);
    muxer = scope.add(FragmentMuxer.open(active, reproducible, log, notes));
    List<TimeBase> bases = streams.stream().map(MuxStream::timeBase).toList();
    order = scope.add(new PacketOrder(bases, reference, this::accept));
  }

  private static String mimeType(List<MuxStream> streams) throws IOException {
    List<PacketStreamInfo> infos = new ArrayList<>();
    for (MuxStream stream : streams) {
      infos.add(stream.describe().build());
    }
    boolean video = infos.stream().anyMatch(info -> info.kind() == StreamKind.VIDEO);
    String codecs =
        infos.stream()
            .map(info -> info.codecString().orElseThrow())
            .distinct()
            .collect(Collectors.joining(","));
    return (video ? "video" : "audio") + "/mp4; codecs=\"" + codecs + "\"";
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    if (canceled) {
      throw new CancellationException("the encoder has been canceled");
    }
    if (order == null) {
      throw new IllegalStateException("begin() comes first");
    }
    try {
      order.add(stream, packet);
    } catch (IOException | RuntimeException | Error e) {
      failed = true;
      throw e;
    }
  }

  private void accept(int stream, AVPacket packet) throws IOException {
    FragmentMuxer target = muxer;
    if (target == null || places[stream] < 0) {
      return;
    }
    if (stream == reference) {
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      if (!begun) {
        begin(packet, key);
      } else if (target.canBegin() && endsBefore(packet, key)) {
        times.endBefore(packet, key);
        send(target.fragment(places[stream], packet.dts()));
        begin(packet, key);
      }
      times.add(packet);
    }
    target.write(places[stream], packet);
  }

  private void begin(AVPacket packet, boolean key) {
    begun = true;
    independent = key;
    startDts = packet.dts();
    if (key) {
      independentDts = startDts;
    }
  }

  /** Viewers begin at key frames; where all frames are, not each can have a fragment. */
  private boolean endsBefore(AVPacket packet, boolean key) {
    if (key && lasts(packet.dts() - independentDts)) {
      return true;
    }
    long ticks = packet.dts() - startDts;
    // with B-frames, what is shown before must have come, but no more than a length is waited
    return lasts(ticks) && (key || times.areAllShownBefore(packet) || lasts(ticks / 2));
  }

  private boolean lasts(long ticks) {
    return !new Ticks(ticks, base).isBefore(length);
  }

  private void send(byte[] content) throws IOException {
    FragmentMuxer target = muxer;
    if (target == null) {
      return;
    }
    if (!initSent) {
      initSent = true;
      byte[] init = target.init();
      bytes.addAndGet(init.length);
      listener.onInit(ByteBuffer.wrap(init).asReadOnlyBuffer(), mimeType);
    }
    bytes.addAndGet(content.length);
    listener.onFragment(
        new Fragment(
            ByteBuffer.wrap(content),
            base.toDuration(times.start()),
            base.toDuration(times.end()).minus(base.toDuration(times.start())),
            independent));
  }

  @Override
  public void finish() throws IOException {
    finished = true;
    if (canceled) {
      throw new CancellationException("the encoder has been canceled");
    }
    if (order != null && muxer != null) {
      order.finish();
      times.endLast();
      send(muxer.last());
    }
    ended = true;
    listener.onEnd();
  }

  @Override
  public boolean canFinish() {
    return !finished && !failed && !canceled;
  }

  @Override
  public void cancel() {
    canceled = true;
  }

  @Override
  public long size() {
    return bytes.get();
  }

  @Override
  public void close() {
    try {
      scope.close();
    } finally {
      if (started && !ended) {
        ended = true;
        listener.onAbort();
      }
    }
  }
}
