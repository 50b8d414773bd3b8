package io.reelmux.ffmpeg.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/** Demuxes and decodes a whole file with libavformat and libavcodec. */
final class MediaReader implements AutoCloseable {
  private final AVFormatContext input = new AVFormatContext(null);
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final List<Reading> readings = new ArrayList<>();

  private MediaReader() {}

  /** What has been read from one stream. */
  private static final class Reading {
    private final AVStream stream;
    private final @Nullable AVCodecContext decoder;
    private final List<MediaPacket> packets = new ArrayList<>();
    private final List<TestFrame> frames = new ArrayList<>();
    private long samples;

    Reading(AVStream stream, @Nullable AVCodecContext decoder) {
      this.stream = stream;
      this.decoder = decoder;
    }
  }

  static Media read(byte[] file) throws IOException {
    return read(file, Map.of());
  }

  /**
   * Reads a file.
   *
   * @param decoders decoders by codec name, where FFmpeg's default is not wanted
   */
  static Media read(byte[] file, Map<String, String> decoders) throws IOException {
    Path path = Files.createTempFile("reelmux", ".media");
    try {
      Files.write(path, file);
      return read(path, decoders);
    } finally {
      Files.delete(path);
    }
  }

  static Media read(Path path) throws IOException {
    return read(path, Map.of());
  }

  static Media read(Path path, Map<String, String> decoders) throws IOException {
    try (MediaReader reader = new MediaReader()) {
      reader.open(path, decoders);
      reader.readAll();
      return reader.media();
    }
  }

  private void open(Path path, Map<String, String> decoders) {
    check(
        avformat_open_input(
            input, "file:" + path.toAbsolutePath(), (AVInputFormat) null, (AVDictionary) null),
        "open " + path);
    check(avformat_find_stream_info(input, (AVDictionary) null), "read the header of " + path);
    for (int i = 0; i < input.nb_streams(); i++) {
      AVStream stream = input.streams(i);
      readings.add(new Reading(stream, decoder(stream, decoders)));
    }
  }

  private static @Nullable AVCodecContext decoder(AVStream stream, Map<String, String> decoders) {
    int id = stream.codecpar().codec_id();
    String own = decoders.get(avcodec_get_name(id).getString());
    AVCodec codec = own == null ? avcodec_find_decoder(id) : avcodec_find_decoder_by_name(own);
    if (codec == null || codec.isNull()) {
      return null;
    }
    AVCodecContext decoder = avcodec_alloc_context3(codec);
    check(avcodec_parameters_to_context(decoder, stream.codecpar()), "prepare the decoder");
    decoder.thread_count(1);
    decoder.pkt_timebase(stream.time_base());
    check(avcodec_open2(decoder, codec, (AVDictionary) null), "open the decoder");
    return decoder;
  }

  private void readAll() {
    int code;
    while ((code = av_read_frame(input, packet)) >= 0) {
      Reading reading = readings.get(packet.stream_index());
      reading.packets.add(mediaPacket());
      decode(reading, packet);
      av_packet_unref(packet);
    }
    if (code != AVERROR_EOF) {
      check(code, "read a packet");
    }
    readings.forEach(reading -> decode(reading, null));
  }

  private MediaPacket mediaPacket() {
    byte[] payload = new byte[packet.size()];
    if (payload.length > 0) {
      packet.data().get(payload);
    }
    CRC32 crc = new CRC32();
    crc.update(payload);
    return new MediaPacket(
        packet.pts(),
        packet.dts(),
        packet.duration(),
        (packet.flags() & AV_PKT_FLAG_KEY) != 0,
        (packet.flags() & AV_PKT_FLAG_DISCARD) != 0,
        payload.length,
        crc.getValue());
  }

  private void decode(Reading reading, @Nullable AVPacket next) {
    AVCodecContext decoder = reading.decoder;
    if (decoder == null) {
      return;
    }
    check(avcodec_send_packet(decoder, next), "decode a packet");
    int code;
    while ((code = avcodec_receive_frame(decoder, frame)) >= 0) {
      if (frame.width() > 0) {
        reading.frames.add(new TestFrame(frame));
      } else {
        reading.samples += frame.nb_samples();
      }
      av_frame_unref(frame);
    }
    if (code != AVERROR_EOF && code != avutil.AVERROR_EAGAIN()) {
      check(code, "decode");
    }
  }

  private Media media() {
    return new Media(
        input.iformat().name().getString(),
        Math.max(0, input.duration()),
        dictionary(input.metadata()),
        readings.stream().map(MediaReader::stream).toList());
  }

  private static ReadStream stream(Reading reading) {
    AVStream stream = reading.stream;
    AVCodecParameters parameters = stream.codecpar();
    boolean video = parameters.codec_type() == AVMEDIA_TYPE_VIDEO;
    BytePointer format =
        video
            ? av_get_pix_fmt_name(parameters.format())
            : av_get_sample_fmt_name(parameters.format());
    AVRational rate = stream.avg_frame_rate();
    return new ReadStream(
        video,
        avcodec_get_name(parameters.codec_id()).getString(),
        tag(parameters.codec_tag()),
        parameters.profile(),
        new TimeBase(stream.time_base().num(), stream.time_base().den()),
        rate.num() > 0 && rate.den() > 0 ? new FrameRate(rate.num(), rate.den()) : null,
        Tags.of(parameters),
        rotation(parameters),
        stream.disposition(),
        dictionary(stream.metadata()),
        stream.start_time(),
        stream.duration() == AV_NOPTS_VALUE ? 0 : stream.duration(),
        format == null ? "" : format.getString(),
        parameters.width(),
        parameters.height(),
        parameters.sample_rate(),
        parameters.ch_layout().nb_channels(),
        parameters.extradata_size(),
        List.copyOf(reading.packets),
        List.copyOf(reading.frames),
        reading.samples);
  }

  private static String tag(int tag) {
    StringBuilder text = new StringBuilder();
    for (int shift = 0; shift < 32; shift += 8) {
      text.append((char) (tag >> shift & 0xFF));
    }
    return text.toString();
  }

  private static int rotation(AVCodecParameters parameters) {
    AVPacketSideData list = parameters.coded_side_data();
    if (list == null || list.isNull()) {
      return 0;
    }
    AVPacketSideData matrix =
        av_packet_side_data_get(list, parameters.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull()) {
      return 0;
    }
    // libavutil counts counterclockwise
    long clockwise = -Math.round(av_display_rotation_get(new IntPointer(matrix.data())));
    return (int) Math.floorMod(clockwise, 360L);
  }

  private static Map<String, String> dictionary(@Nullable AVDictionary dictionary) {
    Map<String, String> all = new LinkedHashMap<>();
    AVDictionaryEntry entry = null;
    while (dictionary != null
        && (entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != null) {
      all.put(entry.key().getString(), entry.value().getString());
    }
    return all;
  }

  private static void check(int code, String what) {
    if (code < 0) {
      byte[] text = new byte[200];
      avutil.av_strerror(code, text, text.length);
      throw new AssertionError(
          "could not "
              + what
              + ": "
              + new String(text, java.nio.charset.StandardCharsets.UTF_8).trim());
    }
  }

  @Override
  public void close() {
    for (Reading reading : readings) {
      if (reading.decoder != null) {
        avcodec_free_context(reading.decoder);
      }
    }
    av_packet_free(packet);
    av_frame_free(frame);
    avformat_close_input(input);
  }
}
