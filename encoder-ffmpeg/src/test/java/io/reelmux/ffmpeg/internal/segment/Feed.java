package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.DisplayMatrix;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.PacketTarget;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import io.reelmux.ffmpeg.internal.packet.PacketCopier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Feeds packets to a target as the encoder's pipeline does. */
final class Feed {

  private Feed() {}

  /** Opens the target under test. */
  interface Opening {
    PacketTarget open(List<MuxStream> streams, SessionLog log, Notes notes) throws IOException;
  }

  /** Feeds all packets and finishes the target; returns the notes. */
  static List<String> run(List<Packet> packets, Opening opening) throws IOException {
    Notes notes = new Notes();
    try (NativeScope scope = new NativeScope()) {
      SessionLog log = scope.add(new SessionLog(notes));
      List<PacketStreamInfo> infos =
          packets.stream().map(Packet::stream).distinct().sorted(Feed::byIndex).toList();
      PacketTarget[] target = new PacketTarget[1];
      List<PacketCopier> copiers = new ArrayList<>();
      List<MuxStream> streams = new ArrayList<>();
      for (int i = 0; i < infos.size(); i++) {
        int index = i;
        PacketCopier copier =
            scope.add(
                PacketCopier.open(
                    infos.get(i),
                    Container.named("mp4"),
                    packet -> target[0].write(index, packet)));
        copiers.add(copier);
        streams.add(stream(infos.get(i), copier));
      }
      target[0] = scope.add(opening.open(streams, log, notes));
      List<Optional<PacketTimes>> firsts =
          infos.stream().map(info -> first(packets, info)).toList();
      log.run(() -> target[0].begin(firsts));
      log.run(
          () -> {
            for (Packet packet : packets) {
              PacketCopier copier = copiers.get(infos.indexOf(packet.stream()));
              copier.check(packet);
              copier.add(packet);
            }
            target[0].finish();
          });
    }
    return notes.list();
  }

  private static int byIndex(PacketStreamInfo a, PacketStreamInfo b) {
    return Integer.compare(a.index(), b.index());
  }

  private static Optional<PacketTimes> first(List<Packet> packets, PacketStreamInfo info) {
    return packets.stream()
        .filter(packet -> packet.stream().equals(info))
        .findFirst()
        .map(packet -> new PacketTimes(packet.dts(), packet.pts()));
  }

  private static MuxStream stream(PacketStreamInfo info, PacketCopier copier) {
    return new MuxStream(
        "stream " + info.index(),
        info.kind(),
        info.codec(),
        copier.parameters(),
        info.timeBase(),
        info.frameRate(),
        info.language(),
        info.title(),
        Map.of(),
        Set.of(),
        DisplayMatrix.IDENTITY,
        Optional.empty(),
        /* mayPause= */ false);
  }
}
