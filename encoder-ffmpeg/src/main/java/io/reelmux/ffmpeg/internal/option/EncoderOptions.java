package io.reelmux.ffmpeg.internal.option;

import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_BOOL;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_CONST;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_DICT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_DOUBLE;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_DURATION;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_FLAGS;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_INT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_INT64;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_RATIONAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_STRING;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_UINT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_UINT64;

import io.reelmux.EncoderOption;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVClass;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.bytedeco.javacpp.PointerPointer;

/** The private options of an encoder that has not been allocated. */
public final class EncoderOptions {

  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(AV_OPT_TYPE_FLAGS, "flags"),
          Map.entry(AV_OPT_TYPE_INT, "int"),
          Map.entry(AV_OPT_TYPE_INT64, "int"),
          Map.entry(AV_OPT_TYPE_UINT, "int"),
          Map.entry(AV_OPT_TYPE_UINT64, "int"),
          Map.entry(AV_OPT_TYPE_DOUBLE, "float"),
          Map.entry(AV_OPT_TYPE_FLOAT, "float"),
          Map.entry(AV_OPT_TYPE_STRING, "string"),
          Map.entry(AV_OPT_TYPE_RATIONAL, "rational"),
          Map.entry(AV_OPT_TYPE_BOOL, "bool"),
          Map.entry(AV_OPT_TYPE_DICT, "dictionary"),
          Map.entry(AV_OPT_TYPE_DURATION, "duration"));

  private EncoderOptions() {}

  /**
   * The options in the encoder's order.
   *
   * @param ranges the values that its library takes as they are
   */
  public static List<EncoderOption> of(AVCodec codec, OptionRanges ranges) {
    AVClass description = codec.priv_class();
    if (description == null || description.isNull()) {
      return List.of();
    }
    // av_opt_next needs no more of an object than a struct whose first field is its class
    try (PointerPointer<AVClass> fake = new PointerPointer<>(1)) {
      fake.put(0, description);
      List<AVOption> all = OptionSetter.optionsOf(fake);
      List<EncoderOption> options = new ArrayList<>();
      for (AVOption option : all) {
        if (option.type() != AV_OPT_TYPE_CONST) {
          options.add(describe(option, all, ranges.of(option)));
        }
      }
      return options;
    }
  }

  private static EncoderOption describe(
      AVOption option, List<AVOption> all, OptionRanges.Range range) {
    String unit = Av.string(option.unit());
    List<String> constants =
        all.stream()
            .filter(other -> other.type() == AV_OPT_TYPE_CONST)
            .filter(other -> !unit.isEmpty() && Av.string(other.unit()).equals(unit))
            .map(other -> Av.string(other.name()))
            .toList();
    return new EncoderOption(
        Av.string(option.name()),
        Av.string(option.help()),
        TYPES.getOrDefault(option.type(), "other"),
        range.min(),
        range.max(),
        constants);
  }
}
