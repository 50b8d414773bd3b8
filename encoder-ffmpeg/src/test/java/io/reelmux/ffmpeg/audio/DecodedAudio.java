package io.reelmux.ffmpeg.audio;

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
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * An audio stream as decoded by libavformat and libavcodec, edit lists and priming applied.
 *
 * @param container name of the demuxer
 * @param codec name of the decoder
 * @param sampleFormat the decoder's sample format; integers are scaled to -1 to 1
 * @param sampleRate samples per second
 * @param bitsPerSample bit depth of the source as reported by the codec, or 0
 * @param start time of the first sample in seconds
 * @param language tag of the stream
 * @param title tag of the stream
 * @param channels the samples of each channel
 */
record DecodedAudio(
    String container,
    String codec,
    String sampleFormat,
    int sampleRate,
    int bitsPerSample,
    double start,
    String language,
    String title,
    List<double[]> channels) {

  int length() {
    return channels.get(0).length;
  }

  double seconds() {
    return (double) length() / sampleRate;
  }

  /** Decodes a file with a single audio stream. */
  static DecodedAudio only(byte[] file) throws IOException {
    List<DecodedAudio> all = of(file);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " audio streams");
    }
    return all.get(0);
  }

  static List<DecodedAudio> of(byte[] file) throws IOException {
    // no extension: the demuxer must recognize the file by its content
    Path copy = Files.createTempFile("decoded", "");
    try {
      Files.write(copy, file);
      return of(copy);
    } finally {
      Files.delete(copy);
    }
  }

  static List<DecodedAudio> of(Path file) throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    check(avformat_open_input(input, "file:" + file, null, null), "open " + file);
    try {
      check(avformat_find_stream_info(input, (PointerPointer<?>) null), "find streams");
      List<Decoder> decoders = new ArrayList<>();
      for (int i = 0; i < input.nb_streams(); i++) {
        AVStream stream = input.streams(i);
        boolean audio = stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO;
        decoders.add(audio ? new Decoder(stream) : null);
      }
      AVPacket packet = av_packet_alloc();
      int code;
      while ((code = av_read_frame(input, packet)) >= 0) {
        Decoder decoder = decoders.get(packet.stream_index());
        if (decoder != null) {
          decoder.decode(packet);
        }
        av_packet_unref(packet);
      }
      av_packet_free(packet);
      if (code != AVERROR_EOF) {
        check(code, "read a packet");
      }
      String container = input.iformat().name().getString();
      List<DecodedAudio> all = new ArrayList<>();
      for (Decoder decoder : decoders) {
        if (decoder != null) {
          decoder.decode(null);
          all.add(decoder.result(container));
        }
      }
      return all;
    } finally {
      avformat_close_input(input);
    }
  }

  private static int check(int code, String what) throws IOException {
    if (code < 0) {
      byte[] text = new byte[128];
      avutil.av_strerror(code, text, text.length);
      throw new IOException(what + ": " + new String(text, StandardCharsets.UTF_8).trim());
    }
    return code;
  }

  private static final class Decoder {
    private final AVStream stream;
    private final AVCodec codec;
    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final List<double[][]> parts = new ArrayList<>();
    private double start = Double.NaN;
    private String format = "";

    Decoder(AVStream stream) throws IOException {
      this.stream = stream;
      codec = avcodec_find_decoder(stream.codecpar().codec_id());
      context = avcodec_alloc_context3(codec);
      check(avcodec_parameters_to_context(context, stream.codecpar()), "copy parameters");
      context.pkt_timebase(stream.time_base());
      check(avcodec_open2(context, codec, (AVDictionary) null), "open the decoder");
    }

    void decode(AVPacket packet) throws IOException {
      int sent = avcodec_send_packet(context, packet);
      if (packet != null || sent != AVERROR_EOF) {
        check(sent, "decode");
      }
      int code;
      while ((code = avcodec_receive_frame(context, frame)) >= 0) {
        collect();
      }
      if (code != avutil.AVERROR_EAGAIN() && code != AVERROR_EOF) {
        check(code, "receive a frame");
      }
    }

    private void collect() {
      if (Double.isNaN(start) && frame.pts() != AV_NOPTS_VALUE) {
        start = (double) frame.pts() * stream.time_base().num() / stream.time_base().den();
      }
      format = av_get_sample_fmt_name(frame.format()).getString();
      int channels = frame.ch_layout().nb_channels();
      int count = frame.nb_samples();
      int bytes = av_get_bytes_per_sample(frame.format());
      boolean planar = av_sample_fmt_is_planar(frame.format()) != 0;
      double[][] part = new double[channels][count];
      for (int channel = 0; channel < channels; channel++) {
        BytePointer plane = new BytePointer(frame.extended_data().get(planar ? channel : 0));
        ByteBuffer values =
            plane
                .capacity((long) count * bytes * (planar ? 1 : channels))
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
          int index = (planar ? i : i * channels + channel) * bytes;
          part[channel][i] = value(values, index);
        }
      }
      parts.add(part);
    }

    private double value(ByteBuffer values, int index) {
      return switch (format.endsWith("p") ? format.substring(0, format.length() - 1) : format) {
        case "u8" -> ((values.get(index) & 0xFF) - 128) / 128.0;
        case "s16" -> values.getShort(index) / 32768.0;
        case "s32" -> values.getInt(index) / 2147483648.0;
        case "flt" -> values.getFloat(index);
        case "dbl" -> values.getDouble(index);
        default -> throw new AssertionError(format);
      };
    }

    DecodedAudio result(String container) {
      int channels = stream.codecpar().ch_layout().nb_channels();
      int length = parts.stream().mapToInt(part -> part[0].length).sum();
      List<double[]> joined = new ArrayList<>();
      for (int channel = 0; channel < channels; channel++) {
        double[] all = new double[length];
        int position = 0;
        for (double[][] part : parts) {
          System.arraycopy(part[channel], 0, all, position, part[channel].length);
          position += part[channel].length;
        }
        joined.add(all);
      }
      DecodedAudio result =
          new DecodedAudio(
              container,
              codec.name().getString(),
              format,
              context.sample_rate(),
              context.bits_per_raw_sample(),
              start,
              tag("language"),
              tag("title"),
              joined);
      av_frame_free(frame);
      avcodec_free_context(context);
      return result;
    }

    private String tag(String name) {
      AVDictionaryEntry entry = av_dict_get(stream.metadata(), name, null, 0);
      return entry == null ? "" : entry.value().getString(StandardCharsets.UTF_8);
    }
  }
}
