package io.reelmux.reader.ffmpeg.internal.index;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.ffmpeg.internal.demux.PacketSource;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Reads all packets of a stream once, without decoding. */
public final class PacketScan {

  /** What a packet costs in the table, its hash entry included. */
  private static final int BYTES_PER_PACKET = 128;

  /** RFC 6386, 9.1: whether the frame is shown. */
  private static final int VP8_SHOWN = 0x10;

  private PacketScan() {}

  /**
   * Reads from where the source is, which is the start.
   *
   * @param maxBytes the memory that the table may occupy
   */
  public static PacketTable scan(PacketSource packets, long maxBytes) throws IOException {
    boolean vp8 = packets.stream().codecpar().codec_id() == AV_CODEC_ID_VP8;
    PacketTable table = new PacketTable();
    try (PacketRef packet = PacketRef.allocate()) {
      while (packets.read(packet)) {
        table.add(packet.struct(), vp8 && isHiddenVp8(packet.struct()));
        packet.unref();
        if ((long) table.count() * BYTES_PER_PACKET > maxBytes) {
          throw new LimitException(
              "index the stream",
              null,
              "maxMemory",
              "the index of "
                  + table.count()
                  + " packets exceeds "
                  + maxBytes
                  + " bytes; allow more by Limits.maxMemory");
        }
      }
    }
    return table;
  }

  /** Frames that only others refer to, which VP8 stores as packets of their own. */
  private static boolean isHiddenVp8(AVPacket packet) {
    return packet.size() > 0 && (packet.data().get(0) & VP8_SHOWN) == 0;
  }
}
