package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.EncoderException;
import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;

/** Describes streams to playlists, and refuses those that segments cannot hold. */
final class TrackInfos {
  private static final int MAX_RATE_AT = 0;
  private static final int CPB_BYTES = 3 * Long.BYTES;

  private TrackInfos() {}

  /**
   * Checks that segments or fragments can hold the streams.
   *
   * @throws IllegalArgumentException if they cannot
   */
  static void check(List<MuxStream> streams, Notes notes) throws EncoderException {
    for (MuxStream stream : streams) {
      if (stream.kind() == StreamKind.SUBTITLE) {
        throw new IllegalArgumentException(
            stream.label()
                + ": segments and fragments hold video and audio, not subtitles;"
                + " write them to an output of their own");
      }
      if (stream.describe().build().codecString().isEmpty()) {
        throw new IllegalArgumentException(
            stream.label()
                + " ("
                + stream.coder()
                + "): players cannot be told of codec "
                + stream.parameters().codecName()
                + ", which has no name for playlists; use h264, hevc, av1, vp9, aac, opus or flac");
      }
      stream
          .timecode()
          .ifPresent(
              lost ->
                  notes
                      .of(stream.label())
                      .add("timecode " + lost + " is not stored: segments have no place for it"));
    }
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("there is no stream to write");
    }
  }

  /** Returns the names of streams: {@code video0}, {@code video1}, {@code audio0}. */
  static List<String> names(List<MuxStream> streams) {
    Map<StreamKind, Integer> counts = new EnumMap<>(StreamKind.class);
    List<String> names = new ArrayList<>();
    for (MuxStream stream : streams) {
      int number = counts.merge(stream.kind(), 1, Integer::sum) - 1;
      names.add(stream.kind().name().toLowerCase(Locale.ROOT) + number);
    }
    return names;
  }

  /** Describes a track of one stream. */
  static Track track(String name, MuxStream stream) throws EncoderException {
    return new Track(name, List.of(stream.describe().build()), bitRate(stream));
  }

  /** Describes a track of all streams. */
  static Track track(String name, List<MuxStream> streams) throws EncoderException {
    List<PacketStreamInfo> infos = new ArrayList<>();
    long rate = 0;
    boolean known = true;
    for (MuxStream stream : streams) {
      infos.add(stream.describe().build());
      rate += bitRate(stream);
      known &= bitRate(stream) > 0;
    }
    return new Track(name, infos, known ? rate : 0);
  }

  /** Returns the maximum bit rate if it is limited, else the average that was asked for, or 0. */
  private static long bitRate(MuxStream stream) {
    byte[] limits = stream.parameters().sideData().get(avcodec.AV_PKT_DATA_CPB_PROPERTIES);
    if (limits != null && limits.length >= CPB_BYTES) {
      long max = ByteBuffer.wrap(limits).order(ByteOrder.nativeOrder()).getLong(MAX_RATE_AT);
      if (max > 0) {
        return max;
      }
    }
    return Math.max(0, stream.parameters().struct().bit_rate());
  }
}
