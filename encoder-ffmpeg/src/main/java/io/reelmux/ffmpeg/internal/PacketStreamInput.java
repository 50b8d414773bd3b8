package io.reelmux.ffmpeg.internal;

import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.mux.DisplayMatrix;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.packet.PacketCopier;
import io.reelmux.spi.PacketWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A stream of a session whose packets are encoded already. */
final class PacketStreamInput extends StreamInput implements PacketWriter {
  private final String label;
  private final PacketCopier copier;

  PacketStreamInput(String label, PacketCopier copier, SessionLog.Part log, StreamOutlet outlet) {
    super(log, outlet);
    this.label = label;
    this.copier = copier;
  }

  @Override
  public void check(Packet packet) {
    copier.check(packet);
  }

  @Override
  public void add(Packet packet) throws IOException {
    SessionLog.Part outer = enter();
    try {
      copier.add(packet);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  void endEncoder() {}

  @Override
  StreamProgress progress(int number) {
    return new StreamProgress(copier.info().kind(), number, 0, 0, copier.duration());
  }

  @Override
  void reportEmpty(Notes notes) {
    if (copier.isEmpty()) {
      notes.of(label).add(EMPTY);
    }
  }

  @Override
  MuxStream muxStream() {
    PacketStreamInfo info = copier.info();
    return new MuxStream(
        label,
        info.kind(),
        info.codec(),
        copier.parameters(),
        info.timeBase(),
        info.frameRate(),
        info.language(),
        info.title(),
        Map.of(),
        info.dispositions(),
        DisplayMatrix.IDENTITY,
        Optional.empty(),
        info.kind() == StreamKind.AUDIO);
  }

  @Override
  StreamResult result(int index, long packets, long bytes) {
    PacketStreamInfo info = copier.info();
    return new StreamResult(
        info.kind(),
        index,
        info.codec(),
        "copy",
        info.width(),
        info.height(),
        info.frameRate(),
        info.sampleRate(),
        0,
        0,
        packets,
        bytes,
        copier.duration());
  }
}
