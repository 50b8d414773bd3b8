package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.Collections;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Sets the rate control of a video encoder: crf, quality, bit rate, or a good default. */
public final class RateRules {

  /** libopenh264 has no crf; a constant QP this much above x264's crf looks about the same. */
  private static final int OPENH264_OFFSET = 3;

  private final String encoder;
  private final EncoderRules rules;
  private final AVCodecContext context;
  private final OptionSetter setter;

  /** Rules for an encoder that has not been opened. */
  public RateRules(
      String encoder, EncoderRules rules, AVCodecContext context, OptionSetter setter) {
    this.encoder = encoder;
    this.rules = rules;
    this.context = context;
    this.setter = setter;
  }

  /**
   * Applies the options.
   *
   * @throws IllegalArgumentException if the encoder has no such setting
   */
  public void apply(VideoOptions options) {
    if (options.crf().isPresent()) {
      crf(options.crf().getAsDouble());
    } else if (options.quality().isPresent()) {
      quality(options.quality().get());
    } else if (options.bitRate().isPresent()) {
      bitRate(options.bitRate().getAsLong(), options);
    } else if (Collections.disjoint(options.options().keySet(), OwnedOptions.RATE)
        && hasPoorDefault()
        && !NvencRules.isLossless(encoder, options)) {
      quality(Quality.MEDIUM);
    }
    options
        .maxBitRate()
        .ifPresent(
            rate -> {
              context.rc_max_rate(rate);
              context.rc_buffer_size((int) Math.min(2 * rate, Integer.MAX_VALUE));
            });
  }

  /** Whether the default is a fixed bit rate, whatever the size of the frame. */
  private boolean hasPoorDefault() {
    return !rules.constantQualityValues().isEmpty()
        && (!"crf".equals(rules.constantQualityOption()) || encoder.matches("libaom-av1|libvpx.*"));
  }

  private void crf(double value) {
    if ("qp".equals(rules.constantQualityOption())) {
      if (!(value >= 0 && value <= 51)) {
        throw new IllegalArgumentException("crf " + plain(value) + ": must be from 0 to 51");
      }
      qp((int) Math.min(51, Math.round(value) + OPENH264_OFFSET));
      return;
    }
    if (!setter.has("crf")) {
      throw new IllegalArgumentException(
          encoder
              + " has no crf: set "
              + (rules.constantQualityOption() == null ? "" : "quality, ")
              + (NvencRules.covers(encoder) ? "option(\"cq\", \"" + plain(value) + "\") " : "")
              + "or bitRate");
    }
    setter.set("crf", plain(value));
  }

  private void quality(Quality quality) {
    if (quality == Quality.LOSSLESS) {
      lossless();
      return;
    }
    String option = rules.constantQualityOption();
    if (option == null) {
      throw new IllegalArgumentException(
          encoder
              + " has no constant quality for Quality."
              + quality
              + ": set bitRate or its options");
    }
    int value = rules.constantQualityValue(quality);
    switch (option) {
      case "qp" -> qp(value);
      case "qscale" -> {
        context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
        context.global_quality(FF_QP2LAMBDA * value);
      }
      case "cq" -> {
        // with a bit rate, 2 Mb/s by default in FFmpeg, the quality would be an upper bound only
        context.bit_rate(0);
        setter.set("rc", "vbr");
        setter.set("cq", Integer.toString(value));
      }
      default -> setter.set(option, Integer.toString(value));
    }
  }

  private void lossless() {
    Map.Entry<String, String> lossless = rules.lossless();
    if (lossless == null) {
      throw new IllegalArgumentException(
          encoder
              + " cannot encode losslessly; these can: libx264, libx265, libvpx-vp9, libaom-av1,"
              + " ffv1, png, huffyuv, utvideo");
    }
    if (!lossless.getKey().isEmpty()) {
      setter.set(lossless.getKey(), lossless.getValue());
    }
  }

  private void bitRate(long rate, VideoOptions options) {
    context.bit_rate(rate);
    if (encoder.equals("libopenh264")) {
      setter.set("rc_mode", "bitrate");
    }
    boolean constant = options.rateControl().orElse(null) == RateControl.CONSTANT_BIT_RATE;
    if (NvencRules.covers(encoder) && !options.options().containsKey("rc")) {
      setter.set("rc", constant ? "cbr" : "vbr");
    }
    if (constant) {
      context.rc_min_rate(rate);
      context.rc_max_rate(rate);
      context.rc_buffer_size((int) rate);
    }
  }

  private void qp(int value) {
    context.qmin(value);
    context.qmax(value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
