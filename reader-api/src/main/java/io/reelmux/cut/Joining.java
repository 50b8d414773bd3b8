package io.reelmux.cut;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.PacketStreamInfo;
import io.reelmux.TimeBase;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Joiner}: writes packets with the times of their frames. */
final class Joining {
  private final CutPlan plan;
  private final ChunkChecks chunks;
  private final Encoder out;
  private final @Nullable AudioCopy audio;
  private final LongConsumer progress;

  /** A tick is a frame. */
  private final TimeBase tick;

  private long written;

  Joining(
      CutPlan plan,
      ChunkChecks chunks,
      Encoder out,
      @Nullable AudioCopy audio,
      LongConsumer progress) {
    this.plan = plan;
    this.chunks = chunks;
    this.out = out;
    this.audio = audio;
    this.progress = progress;
    FrameRate rate = plan.frameRate();
    this.tick = new TimeBase(rate.denominator(), rate.numerator());
  }

  EncodingResult write(Output output, Output... more) throws IOException {
    PacketStreamInfo stream = stream();
    PacketInput input = out.addPackets(stream);
    if (audio != null) {
      audio.addTo(out);
    }
    out.open(output, more);
    for (ChunkFile chunk : chunks.files()) {
      write(chunk, stream, input);
    }
    input.end();
    if (audio != null) {
      audio.end();
    }
    return out.finish();
  }

  /** The stream of the first chunk, as one of the whole video. */
  private PacketStreamInfo stream() {
    double seconds = plan.totalFrames() / plan.frameRate().toDouble();
    long bytes = chunks.files().stream().mapToLong(file -> file.result().bytes()).sum();
    PacketStreamInfo.Builder stream =
        chunks.files().get(0).stream().toBuilder()
            .timeBase(tick)
            .frameRate(plan.frameRate())
            .bitRate(Math.min(Integer.MAX_VALUE, Math.round(8.0 * bytes / seconds)))
            .clearDispositions();
    // the containers of chunks do not store all of it
    plan.video().language().ifPresent(stream::language);
    plan.video().title().ifPresent(stream::title);
    plan.video().dispositions().forEach(stream::disposition);
    return stream.build();
  }

  private void write(ChunkFile file, PacketStreamInfo stream, PacketInput input)
      throws IOException {
    Chunk chunk = file.result().chunk();
    long before = written;
    file.forEach(
        packet -> {
          int number = (int) (written - before);
          requireCount(chunk, number < file.order().count());
          long pts = chunk.firstFrame() + file.order().rank(number);
          long dts = written - chunks.delay();
          if (audio != null) {
            audio.copyUntil(tick.toDuration(dts));
          }
          input.add(packet(packet, stream, pts, dts));
          written++;
          progress.accept(written);
        });
    requireCount(chunk, written - before == file.order().count());
  }

  private static void requireCount(Chunk chunk, boolean same) throws CutException {
    if (!same) {
      throw new CutException(chunk, "it has changed since it was checked");
    }
  }

  private static Packet packet(Packet packet, PacketStreamInfo stream, long pts, long dts) {
    return packet.withStream(stream, pts, dts, /* newDuration= */ 1);
  }
}
