package io.reelmux.ffmpeg.internal.packet;

import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SideDataType;
import io.reelmux.ffmpeg.internal.av.SideData;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/** Copies the packets of one stream for the caller. */
public final class PacketExporter {
  private final PacketStreamInfo info;
  private final @Nullable NalConverter repeater;

  /**
   * An exporter.
   *
   * @param repeatsHeaders whether key frames of H.264 and HEVC are to carry the parameter sets
   */
  public PacketExporter(PacketStreamInfo info, boolean repeatsHeaders) {
    this.info = info;
    byte[] extradata = new byte[info.extradata().remaining()];
    info.extradata().get(extradata);
    this.repeater =
        repeatsHeaders && ParameterSets.areUsedBy(info.codec())
            ? new NalConverter(info.codec(), extradata, /* globalHeader= */ false)
            : null;
  }

  /** Returns the description of the stream. */
  public PacketStreamInfo info() {
    return info;
  }

  /** Copies a packet with its side data. */
  public Packet export(AVPacket packet, boolean keyFrame) {
    byte[] bytes = new byte[packet.size()];
    if (bytes.length > 0) {
      packet.data().get(bytes);
    }
    Packet copy = copy(bytes, packet, keyFrame);
    if (repeater != null && keyFrame && bytes.length > 0) {
      copy = copy(repeater.convert(copy), packet, keyFrame);
    }
    Map<Integer, byte[]> pieces = SideData.read(packet.side_data(), packet.side_data_elems());
    for (Map.Entry<Integer, byte[]> piece : pieces.entrySet()) {
      Optional<SideDataType> type = SideDataTypes.type(piece.getKey());
      if (type.isPresent()) {
        copy = copy.withSideData(type.get(), ByteBuffer.wrap(piece.getValue()));
      }
    }
    return copy;
  }

  private Packet copy(byte[] bytes, AVPacket packet, boolean keyFrame) {
    return new Packet(info, bytes, packet.pts(), packet.dts(), packet.duration(), keyFrame);
  }
}
