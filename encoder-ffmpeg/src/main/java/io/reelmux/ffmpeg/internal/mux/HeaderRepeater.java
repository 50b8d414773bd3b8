package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.container.InBandHeaders;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Puts the global header of a stream before its key frames, for a container without such headers.
 * The packets do not have it if an encoder writes none, because another output needs it, or if they
 * are copied from a container with such headers.
 */
final class HeaderRepeater extends ForwardingTarget {

  /** By stream; empty for those that need none. */
  private final List<byte[]> headers;

  private HeaderRepeater(PacketTarget target, List<byte[]> headers) {
    super(target);
    this.headers = headers;
  }

  /** For streams of which no encoder writes the header into the packets. */
  static PacketTarget ofAll(PacketTarget target, List<MuxStream> streams) {
    return new HeaderRepeater(
        target,
        streams.stream()
            .map(stream -> header(stream, InBandHeaders.areNeededBy(codec(stream))))
            .toList());
  }

  /** For streams whose encoders write it; muxers put most headers into packets that are copied. */
  static PacketTarget ofCopied(PacketTarget target, List<MuxStream> streams) {
    return streams.stream().noneMatch(stream -> InBandHeaders.areLostBy(codec(stream)))
        ? target
        : new HeaderRepeater(
            target,
            streams.stream()
                .map(stream -> header(stream, InBandHeaders.areLostBy(codec(stream))))
                .toList());
  }

  private static String codec(MuxStream stream) {
    return stream.parameters().codecName();
  }

  private static byte[] header(MuxStream stream, boolean needed) {
    byte[] header = stream.parameters().extradata();
    boolean startCode =
        header.length > 4
            && header[0] == 0
            && header[1] == 0
            && (header[2] == 1 || (header[2] == 0 && header[3] == 1));
    return startCode && needed ? header : new byte[0];
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    byte[] header = headers.get(stream);
    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    if (header.length == 0 || !key || startsWith(packet, header)) {
      super.write(stream, packet);
      return;
    }
    try (PacketRef longer = PacketRef.allocate()) {
      longer.copyBehind(header, packet);
      super.write(stream, longer.struct());
    }
  }

  private static boolean startsWith(AVPacket packet, byte[] header) {
    if (packet.size() < header.length) {
      return false;
    }
    byte[] start = new byte[header.length];
    packet.data().get(start, 0, start.length);
    return Arrays.equals(start, header);
  }
}
