package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** libaom: AV1. */
final class Aom extends EncoderProfile {
  static final String NAME = "libaom-av1";

  private static final String PARAMS = "aom-params";

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS)
          .openingFiles(
              "film-grain-table",
              "vmaf-model-path",
              "second-pass-log",
              "partition-info-path",
              "rate-distribution-info");

  private Aom() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Aom());
  }

  @Override
  boolean carriesColor(Container container) {
    return true;
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(PARAMS);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(50, 40, 32, 23, 15);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("crf", "0");
  }
}
