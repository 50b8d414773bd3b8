package io.reelmux.ffmpeg.internal.av;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Reads the side data of packets, streams and frames. */
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
      pieces.put(piece.type(), bytes(piece.data(), piece.size()));
    }
    return pieces;
  }

  /** Returns copies of all pieces of a frame, by AVFrameSideDataType. */
  public static Map<Integer, byte[]> read(AVFrame frame) {
    Map<Integer, byte[]> pieces = new LinkedHashMap<>();
    for (int i = 0; i < frame.nb_side_data(); i++) {
      AVFrameSideData piece = frame.side_data(i);
      pieces.put(piece.type(), bytes(piece.data(), piece.size()));
    }
    return pieces;
  }

  private static byte[] bytes(BytePointer data, long size) {
    byte[] bytes = new byte[(int) size];
    if (bytes.length > 0) {
      data.get(bytes);
    }
    return bytes;
  }
}
