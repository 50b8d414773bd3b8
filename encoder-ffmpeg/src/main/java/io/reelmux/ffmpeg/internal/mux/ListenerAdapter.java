package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.EncoderException;
import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.ffmpeg.internal.packet.PacketExporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Delivers copies of the packets to the caller's listener. */
final class ListenerAdapter implements PacketTarget {
  private final PacketListener listener;
  private final List<PacketExporter> streams = new ArrayList<>();

  ListenerAdapter(PacketListener listener, List<MuxStream> muxStreams) throws EncoderException {
    this.listener = listener;
    for (MuxStream stream : muxStreams) {
      PacketStreamInfo.Builder info = stream.describe().index(streams.size());
      streams.add(new PacketExporter(info.build(), listener.repeatsHeaders()));
    }
  }

  /** Announces the streams. */
  @Override
  public void start() throws IOException {
    listener.onStreams(streams.stream().map(PacketExporter::info).toList());
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    Packet exported = streams.get(stream).export(packet, (packet.flags() & AV_PKT_FLAG_KEY) != 0);
    if (exported.size() > 0 || !exported.sideData().isEmpty()) {
      listener.onPacket(exported);
    }
  }
}
