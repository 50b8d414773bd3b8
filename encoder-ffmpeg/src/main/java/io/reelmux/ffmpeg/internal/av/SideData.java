package io.reelmux.ffmpeg.internal.av;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.jspecify.annotations.Nullable;

/** Reads the side data of packets and streams. */
public final class SideData {

  private SideData() {}

  /** Returns copies of all pieces, by AVPacketSideDataType. */
  public static Map<Integer, byte[]> read(@Nullable AVPacketSideData list, int count) {
    if (list == null || count == 0) {
      return Map.of();
    }
    Map<Integer, byte[]> pieces = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      AVPacketSideData piece = list.getPointer(AVPacketSideData.class, i);
      byte[] data = new byte[(int) piece.size()];
      if (data.length > 0) {
        piece.data().get(data);
      }
      pieces.put(piece.type(), data);
    }
    return pieces;
  }
}
