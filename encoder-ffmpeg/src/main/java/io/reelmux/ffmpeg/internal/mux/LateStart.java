package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_rescale;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Starts an output that was attached while packets were being written: the first packet that it
 * gets is shown at time 0. Packets are held until each stream has one, so that the target learns
 * the times of the first ones.
 */
final class LateStart extends ForwardingTarget {
  private final List<MuxStream> streams;
  private final boolean[] ended;
  private final List<@Nullable PacketTimes> firsts = new ArrayList<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private long @Nullable [] shifts;
  private boolean begun;

  private record Held(int stream, PacketRef packet) {}

  LateStart(PacketTarget target, List<MuxStream> streams) {
    super(target);
    this.streams = streams;
    this.ended = new boolean[streams.size()];
    streams.forEach(stream -> firsts.add(null));
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    shift(stream, packet);
    if (begun) {
      super.write(stream, packet);
      return;
    }
    if (firsts.get(stream) == null) {
      long dts = packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
      firsts.set(stream, new PacketTimes(dts, packet.pts()));
    }
    PacketRef kept = PacketRef.allocate();
    kept.moveFrom(packet);
    held.add(new Held(stream, kept));
    beginIfReady();
  }

  private void shift(int stream, AVPacket packet) {
    long[] by = shifts;
    if (by == null) {
      by = shifts(packet.pts(), streams.get(stream).timeBase());
      shifts = by;
    }
    if (packet.pts() != AV_NOPTS_VALUE) {
      packet.pts(packet.pts() - by[stream]);
    }
    if (packet.dts() != AV_NOPTS_VALUE) {
      packet.dts(packet.dts() - by[stream]);
    }
  }

  /** Returns a time in the units of all streams, rounded to the nearest. */
  private long[] shifts(long start, TimeBase base) {
    return streams.stream()
        .mapToLong(
            stream -> {
              TimeBase to = stream.timeBase();
              return av_rescale(
                  start,
                  (long) base.numerator() * to.denominator(),
                  (long) base.denominator() * to.numerator());
            })
        .toArray();
  }

  @Override
  public void end(int stream) throws IOException {
    ended[stream] = true;
    if (begun) {
      super.end(stream);
    } else {
      beginIfReady();
    }
  }

  private void beginIfReady() throws IOException {
    for (int i = 0; i < ended.length; i++) {
      if (firsts.get(i) == null && !ended[i] && !streams.get(i).sparse()) {
        return;
      }
    }
    begin();
  }

  private void begin() throws IOException {
    begun = true;
    super.begin(firsts.stream().map(Optional::ofNullable).toList());
    while (!held.isEmpty()) {
      Held next = held.remove();
      try (PacketRef packet = next.packet()) {
        super.write(next.stream(), packet.struct());
      }
    }
    for (int i = 0; i < ended.length; i++) {
      if (ended[i]) {
        super.end(i);
      }
    }
  }

  @Override
  public void finish() throws IOException {
    if (!begun && !held.isEmpty()) {
      begin();
    }
    super.finish();
  }

  @Override
  public void close() {
    held.forEach(next -> next.packet().close());
    held.clear();
    super.close();
  }
}
