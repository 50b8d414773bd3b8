package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Reads the packets of a file with libavformat. */
public final class Demuxer implements AutoCloseable {
  private final AVFormatContext input = new AVFormatContext(null);
  private final AVPacket packet = av_packet_alloc();
  private final List<AVStream> streams = new ArrayList<>();

  private Demuxer() {}

  /**
   * Opens a file and finds its streams.
   *
   * @throws IOException if it cannot be opened
   */
  public static Demuxer open(Path file) throws IOException {
    Demuxer demuxer = new Demuxer();
    try {
      demuxer.findStreams(file);
      return demuxer;
    } catch (IOException | RuntimeException e) {
      demuxer.close();
      throw e;
    }
  }

  private void findStreams(Path file) throws IOException {
    Codes.check(
        avformat_open_input(
            input, "file:" + file.toAbsolutePath(), (AVInputFormat) null, (AVDictionary) null),
        "open " + file);
    Codes.check(avformat_find_stream_info(input, (AVDictionary) null), "find streams in " + file);
    for (int i = 0; i < input.nb_streams(); i++) {
      streams.add(input.streams(i));
    }
  }

  /** Counts the packets of each stream of a file, up to its end or its first damaged packet. */
  public static int[] countPackets(Path file) throws IOException {
    try (Demuxer demuxer = open(file)) {
      int[] counts = new int[demuxer.streams().size()];
      demuxer.forEachReadablePacket(packet -> counts[packet.stream_index()]++);
      return counts;
    }
  }

  AVFormatContext input() {
    return input;
  }

  /** Returns the streams that were found when the file was opened. */
  public List<AVStream> streams() {
    return streams;
  }

  /**
   * Reads all packets. A packet is valid only during the call of the action.
   *
   * @throws IOException if a packet cannot be read
   */
  public void forEachPacket(Consumer<AVPacket> action) throws IOException {
    int code = readPackets(action);
    if (code != AVERROR_EOF) {
      Codes.check(code, "read a packet");
    }
  }

  /** Reads packets as {@link #forEachPacket} does, but stops at the first that cannot be read. */
  public void forEachReadablePacket(Consumer<AVPacket> action) {
    readPackets(action);
  }

  private int readPackets(Consumer<AVPacket> action) {
    int code;
    while ((code = av_read_frame(input, packet)) >= 0) {
      // a demuxer may find more streams later
      if (packet.stream_index() < streams.size()) {
        action.accept(packet);
      }
      av_packet_unref(packet);
    }
    return code;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(input);
  }
}
