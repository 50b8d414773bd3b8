package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/** Demuxes and decodes whole files with libavformat and libavcodec. */
public final class MediaReader implements AutoCloseable {
  private final Demuxer demuxer;
  private final List<Reading> readings = new ArrayList<>();

  private MediaReader(Demuxer demuxer) {
    this.demuxer = demuxer;
  }

  /** What has been read from one stream. */
  private static final class Reading {
    private final AVStream stream;
    private final @Nullable StreamDecoder decoder;
    private final List<MediaPacket> packets = new ArrayList<>();
    private final List<DecodedFrame> frames = new ArrayList<>();
    private final DecodedAudio.Collector audio;

    Reading(AVStream stream, @Nullable StreamDecoder decoder) {
      this.stream = stream;
      this.decoder = decoder;
      audio = new DecodedAudio.Collector(stream);
    }

    void decode(AVPacket packet) {
      if (decoder == null) {
        return;
      }
      try {
        decoder.decode(packet, this::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void drain() throws IOException {
      if (decoder != null) {
        decoder.drain(this::add);
      }
    }

    private void add(AVFrame frame) {
      if (frame.width() > 0) {
        frames.add(new DecodedFrame(frame));
      } else {
        audio.add(frame);
      }
    }

    @Nullable DecodedAudio audio() {
      boolean isAudio = stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO;
      return isAudio && decoder != null ? audio.audio(decoder.context()) : null;
    }
  }

  /** Reads and decodes a file. */
  public static Media read(Path path) throws IOException {
    return read(path, Map.of());
  }

  /**
   * Reads and decodes a file.
   *
   * @param decoders decoders by codec name, where FFmpeg's default is not wanted
   */
  public static Media read(Path path, Map<String, String> decoders) throws IOException {
    return read(path, stream -> StreamDecoder.of(stream, decoders));
  }

  /** Reads and decodes the bytes of a file. */
  public static Media read(byte[] file) throws IOException {
    return read(file, Map.of());
  }

  /**
   * Reads and decodes the bytes of a file, whose format must be recognizable without a name.
   *
   * @param decoders decoders by codec name, where FFmpeg's default is not wanted
   */
  public static Media read(byte[] file, Map<String, String> decoders) throws IOException {
    return withFile(file, path -> read(path, decoders));
  }

  /** Reads a file without decoding it. */
  public static Media demux(Path path) throws IOException {
    return read(path, stream -> null);
  }

  /** Reads the bytes of a file without decoding them. */
  public static Media demux(byte[] file) throws IOException {
    return withFile(file, MediaReader::demux);
  }

  @FunctionalInterface
  private interface Decoders {
    @Nullable StreamDecoder of(AVStream stream) throws IOException;
  }

  @FunctionalInterface
  private interface FileReader {
    Media read(Path path) throws IOException;
  }

  private static Media withFile(byte[] file, FileReader reader) throws IOException {
    Path path = Files.createTempFile("reelmux", ".media");
    try {
      Files.write(path, file);
      return reader.read(path);
    } finally {
      Files.delete(path);
    }
  }

  private static Media read(Path path, Decoders decoders) throws IOException {
    try (MediaReader reader = new MediaReader(Demuxer.open(path))) {
      for (AVStream stream : reader.demuxer.streams()) {
        reader.readings.add(new Reading(stream, decoders.of(stream)));
      }
      reader.readAll();
      return reader.media();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readAll() throws IOException {
    demuxer.forEachPacket(
        packet -> {
          Reading reading = readings.get(packet.stream_index());
          reading.packets.add(mediaPacket(packet));
          reading.decode(packet);
        });
    for (Reading reading : readings) {
      reading.drain();
    }
  }

  private static MediaPacket mediaPacket(AVPacket packet) {
    return new MediaPacket(
        // AVI stores decoding times only
        packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts(),
        packet.dts(),
        packet.duration(),
        (packet.flags() & AV_PKT_FLAG_KEY) != 0,
        (packet.flags() & AV_PKT_FLAG_DISCARD) != 0,
        copy(packet.data(), packet.size()));
  }

  private static ByteBuffer copy(@Nullable BytePointer data, int size) {
    byte[] bytes = new byte[size];
    if (data != null && size > 0) {
      data.get(bytes);
    }
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private Media media() {
    AVFormatContext input = demuxer.input();
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
        rational(stream.time_base()),
        rate.num() > 0 && rate.den() > 0 ? rational(rate) : null,
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
        copy(parameters.extradata(), parameters.extradata_size()),
        List.copyOf(reading.packets),
        List.copyOf(reading.frames),
        reading.audio());
  }

  private static Rational rational(AVRational value) {
    return new Rational(value.num(), value.den());
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
      all.put(
          entry.key().getString(StandardCharsets.UTF_8),
          entry.value().getString(StandardCharsets.UTF_8));
    }
    return all;
  }

  @Override
  public void close() {
    for (Reading reading : readings) {
      if (reading.decoder != null) {
        reading.decoder.close();
      }
    }
    demuxer.close();
  }
}
