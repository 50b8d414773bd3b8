package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** SVT-AV1. */
final class SvtAv1 extends EncoderProfile {
  static final String NAME = "libsvtav1";

  /** Below a width of 30 it never returns. */
  private static final int MIN_SIDE = 32;

  private static final String LOSSLESS = "lossless";

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in("svtav1-params")
          .openingFiles("stats", "pass", "recon", "qpfile", "roi-map-file", "fgs-table", "errlog");

  private SvtAv1() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new SvtAv1());
  }

  @Override
  int minWidth() {
    return MIN_SIDE;
  }

  @Override
  int minHeight() {
    return MIN_SIDE;
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
  Map<String, String> parameters(VideoOptions options) {
    return isLossless(options) ? Map.of(LOSSLESS, "1") : Map.of();
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // one of the parameters
  }

  /** FFmpeg passes on a crf from 1; with 0 the library uses its default. */
  @Override
  int minCrf() {
    return 1;
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(55, 45, 35, 25, 15);
  }
}
