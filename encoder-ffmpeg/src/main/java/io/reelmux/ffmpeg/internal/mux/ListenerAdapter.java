package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Delivers copies of the packets to the caller's listener. */
final class ListenerAdapter implements PacketTarget {
  private final PacketListener listener;
  private final List<PacketStream> streams = new ArrayList<>();

  ListenerAdapter(PacketListener listener, List<MuxStream> muxStreams) {
    this.listener = listener;
    for (MuxStream stream : muxStreams) {
      streams.add(
          new PacketStream(
              stream.kind(),
              streams.size(),
              stream.parameters().codecName(),
              stream.timeBase(),
              ByteBuffer.wrap(stream.parameters().extradata()).asReadOnlyBuffer()));
    }
  }

  /** Announces the streams. */
  void start() throws IOException {
    listener.onStreams(List.copyOf(streams));
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    if (packet.size() == 0) {
      // the FLAC encoder's last packet has no data: it carries the final header for the muxer
      return;
    }
    byte[] bytes = new byte[packet.size()];
    packet.data().get(bytes);
    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    listener.onPacket(
        new Packet(streams.get(stream), bytes, packet.pts(), packet.dts(), packet.duration(), key));
  }
}
