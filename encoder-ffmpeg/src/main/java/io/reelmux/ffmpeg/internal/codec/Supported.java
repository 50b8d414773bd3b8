package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_supported_config;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_CHANNEL_LAYOUT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_PIX_FORMAT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_SAMPLE_FORMAT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_SAMPLE_RATE;

import io.reelmux.ffmpeg.internal.av.Av;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Lists what an encoder supports. An empty list means that the encoder does not report it. */
public final class Supported {

  private Supported() {}

  /** Pixel formats by number. */
  public static List<Integer> pixelFormats(AVCodec codec) {
    return ints(codec, AV_CODEC_CONFIG_PIX_FORMAT);
  }

  /** Sample formats by number. */
  public static List<Integer> sampleFormats(AVCodec codec) {
    return ints(codec, AV_CODEC_CONFIG_SAMPLE_FORMAT);
  }

  /** Sample rates, ascending. */
  public static List<Integer> sampleRates(AVCodec codec) {
    return ints(codec, AV_CODEC_CONFIG_SAMPLE_RATE).stream().sorted().toList();
  }

  /** Channel counts, ascending. */
  public static List<Integer> channelCounts(AVCodec codec) {
    return channelLayouts(codec).stream()
        .map(AVChannelLayout::nb_channels)
        .distinct()
        .sorted()
        .toList();
  }

  /** Channel layouts in the encoder's own memory. */
  static List<AVChannelLayout> channelLayouts(AVCodec codec) {
    List<AVChannelLayout> all = new ArrayList<>();
    int[] count = new int[1];
    Pointer first = list(codec, AV_CODEC_CONFIG_CHANNEL_LAYOUT, count);
    if (!first.isNull()) {
      AVChannelLayout layouts = new AVChannelLayout(first);
      for (int i = 0; i < count[0]; i++) {
        all.add(layouts.getPointer(i));
      }
    }
    return all;
  }

  /** Names of pixel formats. */
  public static List<String> pixelFormatNames(List<Integer> formats) {
    return formats.stream().map(format -> Av.string(av_get_pix_fmt_name(format))).toList();
  }

  /** Names of sample formats. */
  public static List<String> sampleFormatNames(List<Integer> formats) {
    return formats.stream().map(format -> Av.string(av_get_sample_fmt_name(format))).toList();
  }

  private static List<Integer> ints(AVCodec codec, int what) {
    List<Integer> values = new ArrayList<>();
    int[] count = new int[1];
    Pointer first = list(codec, what, count);
    if (!first.isNull()) {
      IntPointer ints = new IntPointer(first);
      for (int i = 0; i < count[0]; i++) {
        values.add(ints.get(i));
      }
    }
    return values;
  }

  /** A list that belongs to the codec; a null pointer if the codec does not report it. */
  private static Pointer list(AVCodec codec, int what, int[] count) {
    Pointer first = new Pointer();
    int code = avcodec_get_supported_config(null, codec, what, 0, first, count);
    return code < 0 ? new Pointer() : first;
  }
}
