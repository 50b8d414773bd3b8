package io.reelmux.ffmpeg.reliability.destination;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** The contents of a file according to FFmpeg's own demuxers and decoders. */
final class Played implements AutoCloseable {

  /** One stream; {@code frames} are the numbers that {@link Clip} put into them. */
  static final class ReadStream {
    final List<String> packets = new ArrayList<>();
    final List<Integer> frames = new ArrayList<>();
    long samples;
    private final boolean video;
    private @Nullable AVCodecContext decoder;

    private ReadStream(boolean video) {
      this.video = video;
    }
  }

  private final List<ReadStream> streams = new ArrayList<>();
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();

  private Played() {}

  /** Reads bytes as a file. */
  static Played of(byte[] bytes, Path directory) throws IOException {
    Path file = directory.resolve("played");
    Files.write(file, bytes);
    return of(file);
  }

  /** Reads a file; an unreadable file has no streams. */
  static Played of(Path file) {
    try (Played played = new Played()) {
      played.read(file);
      return played;
    }
  }

  /** Numbers of the frames in presentation order. */
  List<Integer> frames() {
    return streams.stream()
        .filter(stream -> stream.video)
        .findFirst()
        .map(stream -> stream.frames)
        .orElse(List.of());
  }

  /** Decoded samples of the first audio stream. */
  long samples() {
    return streams.stream()
        .filter(stream -> !stream.video)
        .mapToLong(t -> t.samples)
        .findFirst()
        .orElse(0);
  }

  /** Each packet as text (times, flags, size, content), per stream. */
  List<List<String>> packets() {
    return streams.stream().map(stream -> stream.packets).toList();
  }

  private void read(Path file) {
    AVFormatContext input = new AVFormatContext(null);
    if (avformat_open_input(input, "file:" + file, null, (AVDictionary) null) < 0) {
      return;
    }
    avformat_find_stream_info(input, (AVDictionary) null);
    for (int i = 0; i < input.nb_streams(); i++) {
      streams.add(open(input, i));
    }
    while (av_read_frame(input, packet) >= 0) {
      if (packet.stream_index() < streams.size()) {
        ReadStream stream = streams.get(packet.stream_index());
        stream.packets.add(describe(packet));
        decode(stream, packet);
      }
      av_packet_unref(packet);
    }
    streams.forEach(stream -> decode(stream, null));
    avformat_close_input(input);
  }

  private static ReadStream open(AVFormatContext input, int index) {
    var parameters = input.streams(index).codecpar();
    ReadStream stream = new ReadStream(parameters.codec_type() == AVMEDIA_TYPE_VIDEO);
    AVCodecContext decoder = avcodec_alloc_context3(null);
    avcodec_parameters_to_context(decoder, parameters);
    decoder.thread_count(1);
    var codec = avcodec_find_decoder(parameters.codec_id());
    if (codec != null && avcodec_open2(decoder, codec, (AVDictionary) null) >= 0) {
      stream.decoder = decoder;
    } else {
      avcodec_free_context(decoder);
    }
    return stream;
  }

  private static String describe(AVPacket packet) {
    byte[] data = new byte[packet.size()];
    packet.data().get(data);
    CRC32 sum = new CRC32();
    sum.update(data);
    return "pts %d dts %d duration %d flags %d size %d sum %x"
        .formatted(
            packet.pts(),
            packet.dts(),
            packet.duration(),
            packet.flags(),
            packet.size(),
            sum.getValue());
  }

  private void decode(ReadStream stream, @Nullable AVPacket next) {
    AVCodecContext decoder = stream.decoder;
    if (decoder == null || avcodec_send_packet(decoder, next) < 0) {
      return;
    }
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      if (stream.video) {
        stream.frames.add(Clip.number(frame.data(0).capacity(frame.linesize(0)).asByteBuffer()));
      } else {
        stream.samples += frame.nb_samples();
      }
      av_frame_unref(frame);
    }
  }

  @Override
  public void close() {
    for (ReadStream stream : streams) {
      if (stream.decoder != null) {
        avcodec_free_context(stream.decoder);
        stream.decoder = null;
      }
    }
    av_frame_free(frame);
    av_packet_free(packet);
  }
}
