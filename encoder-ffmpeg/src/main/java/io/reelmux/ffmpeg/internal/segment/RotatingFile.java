package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.NewestPackets;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * One of the files of a {@link RotatingTarget}. Its times start at zero. Packets wait until the
 * first one of each stream has come, since the header states when streams begin. Of video whose
 * frames have their own times, the one that is shown last waits until the next file begins, since
 * it is shown until then.
 */
final class RotatingFile implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final String name;
  private final Muxer muxer;
  private final Ticks start;
  private final long[] shifts;
  private final List<Optional<PacketTimes>> firsts = new ArrayList<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final int reference;
  private final boolean keepsNewest;
  private final NewestPackets newest;
  private long lastPts = Long.MIN_VALUE;
  private boolean begun;
  private long bytes;

  private record Waiting(int stream, PacketRef packet) {}

  /**
   * A file without packets.
   *
   * @param name its name in the store
   * @param muxer has been started; owned from now on
   * @param start presentation time that becomes zero
   * @param reference the stream that ends it
   */
  RotatingFile(String name, Muxer muxer, List<MuxStream> streams, Ticks start, int reference) {
    this.name = name;
    this.muxer = scope.add(muxer);
    this.reference = reference;
    MuxStream ending = streams.get(reference);
    this.keepsNewest = ending.kind() == StreamKind.VIDEO && ending.frameRate().isEmpty();
    this.newest = scope.add(new NewestPackets(packet -> muxer.write(reference, packet)));
    this.start = start;
    this.shifts = new long[streams.size()];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = streams.get(i).timeBase().toTicks(start.toDuration());
      firsts.add(Optional.empty());
    }
  }

  String name() {
    return name;
  }

  /** Returns the time that is its zero. */
  Ticks start() {
    return start;
  }

  /** Returns whether a stream has begun in it. */
  boolean has(int stream) {
    return firsts.get(stream).isPresent();
  }

  /** Returns the bytes of its packets. */
  long bytes() {
    return bytes;
  }

  /** Takes over a packet's payload. */
  void write(int stream, AVPacket packet) throws IOException {
    packet.pts(packet.pts() - shifts[stream]);
    packet.dts(packet.dts() - shifts[stream]);
    bytes += packet.size();
    if (!has(stream)) {
      firsts.set(stream, Optional.of(new PacketTimes(packet.dts(), packet.pts())));
    }
    if (begun) {
      pass(stream, packet);
      return;
    }
    PacketRef held = PacketRef.allocate();
    held.moveFrom(packet);
    waiting.add(new Waiting(stream, held));
  }

  private void pass(int stream, AVPacket packet) throws IOException {
    if (stream != reference || !keepsNewest) {
      muxer.write(stream, packet);
      return;
    }
    boolean shownLast = packet.pts() > lastPts;
    if (shownLast) {
      newest.release();
      lastPts = packet.pts();
    }
    newest.accept(packet, shownLast);
  }

  /** Begins to write: no stream that has not begun will have packets soon. */
  void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    muxer.begin(firsts);
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      try (PacketRef packet = next.packet) {
        pass(next.stream, packet.struct());
      }
    }
  }

  /** Completes a file after which the next one begins. */
  void finish(Ticks next) throws IOException {
    begin();
    newest.setDuration(lastPts, next.value() - shifts[reference] - lastPts);
    finish();
  }

  /** Completes the last file: its last frame has its own duration. */
  void finish() throws IOException {
    begin();
    newest.release();
    muxer.finish();
  }

  @Override
  public void close() {
    waiting.forEach(held -> held.packet.close());
    waiting.clear();
    scope.close();
  }
}
