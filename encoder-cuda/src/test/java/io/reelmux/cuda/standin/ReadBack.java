package io.reelmux.cuda.standin;

import static io.reelmux.cuda.standin.Av.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Reads a finished file with libavformat. */
final class ReadBack {
  private ReadBack() {}

  /** A packet of a file, with times in ticks of its stream. */
  record FilePacket(byte[] bytes, long pts, long dts, long duration, boolean key) {}

  /**
   * A stream of a file.
   *
   * @param headers the headers that the container stores outside packets
   * @param packets the packets in file order
   */
  record ReadStream(
      boolean video,
      String codec,
      int width,
      int height,
      int sampleRate,
      TimeBase timeBase,
      byte[] headers,
      List<FilePacket> packets) {

    /** The frames of an 8-bit 4:2:0 stream as NV12, in presentation order. */
    byte[][] nv12() {
      String decoder = codec.equals("av1") ? "libaom-av1" : codec;
      List<NvencEncoder.Packet> encoded =
          packets.stream().map(p -> new NvencEncoder.Packet(p.bytes, p.pts, p.dts, p.key)).toList();
      return Decoded.of(decoder, headers, encoded).stream()
          .map(decoded -> Gpu.bytes(new Yuv[] {decoded.frame()}))
          .toArray(byte[][]::new);
    }

    /** Presentation times, in order. */
    List<Duration> times() {
      return packets.stream().map(FilePacket::pts).sorted().map(timeBase::toDuration).toList();
    }

    /** Presentation times of the key frames, in order. */
    List<Duration> keyTimes() {
      return packets.stream()
          .filter(FilePacket::key)
          .map(FilePacket::pts)
          .sorted()
          .map(timeBase::toDuration)
          .toList();
    }

    /** From 0 to the end of the last presented frame. */
    Duration length() {
      FilePacket last =
          packets.stream().max(Comparator.comparingLong(FilePacket::pts)).orElseThrow();
      return timeBase.toDuration(last.pts + last.duration);
    }
  }

  /** The streams of a file. */
  static List<ReadStream> of(byte[] file) throws IOException {
    Path path = Files.createTempFile("reelmux", ".media");
    try {
      Files.write(path, file);
      return of(path);
    } finally {
      Files.delete(path);
    }
  }

  static List<ReadStream> of(Path path) {
    AVFormatContext input = new AVFormatContext(null);
    check(
        "avformat_open_input",
        avformat_open_input(input, path.toString(), (AVInputFormat) null, (AVDictionary) null));
    try {
      check("avformat_find_stream_info", avformat_find_stream_info(input, (AVDictionary) null));
      List<ReadStream> streams = new ArrayList<>();
      for (int i = 0; i < input.nb_streams(); i++) {
        streams.add(readStream(input.streams(i)));
      }
      readPackets(input, streams);
      return streams;
    } finally {
      avformat_close_input(input);
    }
  }

  private static ReadStream readStream(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    byte[] headers = new byte[parameters.extradata_size()];
    if (headers.length > 0) {
      parameters.extradata().get(headers);
    }
    return new ReadStream(
        parameters.codec_type() == AVMEDIA_TYPE_VIDEO,
        avcodec_get_name(parameters.codec_id()).getString(),
        parameters.width(),
        parameters.height(),
        parameters.sample_rate(),
        new TimeBase(stream.time_base().num(), stream.time_base().den()),
        headers,
        new ArrayList<>());
  }

  /** AVI stores decoding times only, and streams that need more are refused for it. */
  private static long pts(AVPacket packet) {
    return packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
  }

  private static void readPackets(AVFormatContext input, List<ReadStream> streams) {
    AVPacket packet = av_packet_alloc();
    try {
      int result;
      while ((result = av_read_frame(input, packet)) >= 0) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        streams
            .get(packet.stream_index())
            .packets
            .add(new FilePacket(bytes, pts(packet), packet.dts(), packet.duration(), key));
        av_packet_unref(packet);
      }
      if (result != AVERROR_EOF) {
        check("av_read_frame", result);
      }
    } finally {
      av_packet_free(packet);
    }
  }
}
