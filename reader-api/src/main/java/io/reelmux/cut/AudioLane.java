package io.reelmux.cut;

import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SideDataType;
import io.reelmux.TimeBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One audio stream whose packets are copied.
 *
 * <p>Note [the end of audio]. Codecs with priming fill their last block with padding. MP4 leaves it
 * out by the duration of the last packet, other containers by side data that say how many samples
 * to skip. So the last packet gets both, as when it was encoded.
 */
final class AudioLane {
  /** Samples to skip at the start and at the end, and a reason for each. */
  private static final int SKIP_BYTES = 10;

  private final PacketInput input;
  private final Duration start;
  private long blockTicks;

  /** Waits until it is known whether it is the last one. */
  private @Nullable Packet held;

  /**
   * Copies into a stream.
   *
   * @param start what becomes time 0
   */
  AudioLane(PacketInput input, Duration start) {
    this.input = input;
    this.start = start;
    this.blockTicks = input.info().frameSize();
  }

  void add(Packet packet) throws IOException {
    Packet before = held;
    if (before != null) {
      blockTicks = Math.max(blockTicks, before.duration());
      input.add(before);
    }
    long shift = packet.stream().timeBase().toTicks(start);
    held = packet.withTimes(packet.pts() - shift, packet.dts() - shift);
  }

  void end() throws IOException {
    Packet last = held;
    if (last != null) {
      input.add(marked(last));
    }
    input.end();
  }

  private Packet marked(Packet last) {
    PacketStreamInfo stream = last.stream();
    boolean inSamples = stream.timeBase().equals(new TimeBase(1, stream.sampleRate()));
    long padding = blockTicks - last.duration();
    boolean unmarked =
        stream.initialPadding() > 0
            && inSamples
            && last.duration() > 0
            && padding > 0
            && !last.sideData().containsKey(SideDataType.SKIP_SAMPLES);
    if (!unmarked) {
      return last;
    }
    ByteBuffer skip = ByteBuffer.allocate(SKIP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return last.withSideData(
        SideDataType.SKIP_SAMPLES, skip.putInt(Integer.BYTES, Math.toIntExact(padding)));
  }
}
