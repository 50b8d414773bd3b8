package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.StreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records the times of the packets that the muxer received. */
final class Muxed implements PacketListener {
  private final List<Duration> frames = new ArrayList<>();
  private Duration last = Duration.ZERO;

  @Override
  public void onPacket(Packet packet) {
    Duration time = packet.time();
    last = time.compareTo(last) > 0 ? time : last;
    if (packet.stream().kind() == StreamKind.VIDEO) {
      frames.add(time);
    }
  }

  int frames() {
    return frames.size();
  }

  /** Returns the number of frames before the last {@code lost} of what was muxed. */
  int framesBefore(Duration lost) {
    Duration end = last.minus(lost);
    return (int) frames.stream().filter(time -> time.compareTo(end) < 0).count();
  }
}
