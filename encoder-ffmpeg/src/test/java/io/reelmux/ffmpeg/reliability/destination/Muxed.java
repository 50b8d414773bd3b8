package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.StreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers when the packets lie that the muxer has been given. */
final class Muxed implements PacketListener {
  private final List<Duration> pictures = new ArrayList<>();
  private Duration last = Duration.ZERO;

  @Override
  public void onPacket(Packet packet) {
    Duration time = packet.time();
    last = time.compareTo(last) > 0 ? time : last;
    if (packet.stream().kind() == StreamKind.VIDEO) {
      pictures.add(time);
    }
  }

  int pictures() {
    return pictures.size();
  }

  /** Pictures that lie before the last stretch of what was muxed. */
  int picturesBefore(Duration lost) {
    Duration end = last.minus(lost);
    return (int) pictures.stream().filter(time -> time.compareTo(end) < 0).count();
  }
}
