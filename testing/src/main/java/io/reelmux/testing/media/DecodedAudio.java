package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * The samples of an audio stream, edit lists and priming applied.
 *
 * @param codec name of the decoder
 * @param sampleFormat the decoder's sample format; integers are scaled to -1 to 1
 * @param sampleRate samples per second
 * @param bitsPerSample bit depth of the source as reported by the codec, or 0
 * @param start time of the first sample in seconds, NaN if not known
 * @param channels the samples of each channel
 */
public record DecodedAudio(
    String codec,
    String sampleFormat,
    int sampleRate,
    int bitsPerSample,
    double start,
    List<double[]> channels) {

  /** Returns the number of samples of a channel. */
  public int length() {
    return channels.get(0).length;
  }

  /** Returns the duration in seconds. */
  public double seconds() {
    return (double) length() / sampleRate;
  }

  /** Collects decoded frames of one stream. */
  static final class Collector {
    private final AVStream stream;
    private final List<double[][]> parts = new ArrayList<>();
    private double start = Double.NaN;
    private String format = "";

    Collector(AVStream stream) {
      this.stream = stream;
    }

    void add(AVFrame frame) {
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

    DecodedAudio audio(AVCodecContext decoder) {
      int length = parts.stream().mapToInt(part -> part[0].length).sum();
      List<double[]> joined = new ArrayList<>();
      for (int channel = 0; channel < stream.codecpar().ch_layout().nb_channels(); channel++) {
        double[] all = new double[length];
        int position = 0;
        for (double[][] part : parts) {
          System.arraycopy(part[channel], 0, all, position, part[channel].length);
          position += part[channel].length;
        }
        joined.add(all);
      }
      return new DecodedAudio(
          decoder.codec().name().getString(),
          format,
          decoder.sample_rate(),
          decoder.bits_per_raw_sample(),
          start,
          joined);
    }
  }
}
