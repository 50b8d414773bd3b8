package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** CineForm, whose quality is one of 13 levels from 0 ({@code film3+}) to 12 ({@code low}). */
final class CineForm extends EncoderProfile {
  private static final String QUALITY = "quality";

  private CineForm() {
    super("cfhd");
  }

  static List<EncoderProfile> profiles() {
    return List.of(new CineForm());
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(QUALITY);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(12, 10, 8, 6, 0);
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set(QUALITY, Integer.toString(value));
  }
}
