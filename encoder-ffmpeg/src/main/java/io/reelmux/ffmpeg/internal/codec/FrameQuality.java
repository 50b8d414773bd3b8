package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** FFmpeg's own encoders outside the MPEG family whose quality is a quantizer scale. */
final class FrameQuality extends EncoderProfile {
  private static final String SNOW = "snow";
  private static final String JPEG2000 = "jpeg2000";
  private static final String PREDICTOR = "pred";
  private static final String REVERSIBLE = "dwt53";

  private final List<Integer> values;

  private FrameQuality(String encoder, Integer... values) {
    super(encoder);
    this.values = List.of(values);
  }

  static List<EncoderProfile> profiles() {
    return List.of(
        new FrameQuality(SNOW, 12, 8, 4, 2, 1),
        new FrameQuality(JPEG2000, 31, 12, 6, 3, 1),
        new FrameQuality("svq1", 12, 8, 4, 3, 2),
        new FrameQuality("asv1", 12, 8, 4, 3, 2),
        new FrameQuality("asv2", 12, 8, 4, 3, 2));
  }

  @Override
  List<Integer> qualityValues() {
    return values;
  }

  /** By default Snow has a bit rate of 200 kb/s. */
  @Override
  boolean hasPoorDefault() {
    return encoder().equals(SNOW);
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) {
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality(FF_QP2LAMBDA * value);
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    switch (encoder()) {
      case SNOW -> {
        setQuality(0, context, setter);
        setter.set(PREDICTOR, REVERSIBLE);
      }
      case JPEG2000 -> setter.set(PREDICTOR, REVERSIBLE);
      default -> super.setLossless(context, setter);
    }
  }
}
