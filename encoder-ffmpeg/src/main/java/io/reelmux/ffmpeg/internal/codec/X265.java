package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** x265. */
final class X265 extends EncoderProfile {
  static final String NAME = "libx265";

  private static final String PARAMS = "x265-params";
  private static final String LOSSLESS = "lossless";

  /**
   * x265 computes decoding times from the third frame on, from memory that it sets when that frame
   * comes. Shorter streams cannot be out of order.
   */
  private static final int FIRST_TIMED = 3;

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS)
          .openingFiles(
              "stats",
              "pass",
              "csv",
              "analysis-save",
              "analysis-load",
              "analysis-reuse-file",
              "multi-pass-opt-analysis",
              "multi-pass-opt-distortion",
              "scaling-list",
              "lambda-file",
              "nalu-file",
              "dhdr10-info",
              "dolby-vision-rpu",
              "film-grain",
              "aom-film-grain",
              "zonefile",
              "qpfile",
              "recon",
              "log-file")
          .harmlessWith("scaling-list", "off", "default")
          // the size of the frame and the ownership of its memory, instead of the frame's own
          .crashing("input-res", "copy-pic")
          .harmlessWith("copy-pic", "1", "true", "yes");

  private X265() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new X265());
  }

  /** Up to a width of 48 it writes past its own memory; a coding block of 64 is safe. */
  @Override
  int minWidth() {
    return 64;
  }

  @Override
  int minHeight() {
    return 16;
  }

  @Override
  List<String> presets() {
    return X264.PRESETS;
  }

  @Override
  boolean isGplOnly() {
    return true;
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
  int maxCrf() {
    return 51;
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(36, 32, 28, 22, 17);
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // one of the parameters
  }

  /** By default it prints to the standard error. */
  @Override
  Map<String, String> parameters(VideoOptions options) {
    return isLossless(options)
        ? Map.of("log-level", "none", LOSSLESS, "1")
        : Map.of("log-level", "none");
  }

  @Override
  public void repairTimes(AVPacket packet, long framesIn) {
    if (framesIn < FIRST_TIMED) {
      packet.dts(packet.pts());
    }
  }
}
