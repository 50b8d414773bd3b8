package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** FFmpeg's own encoders around MPEG-4, which share a quantizer scale as their quality. */
final class Mpeg extends EncoderProfile {
  private static final String MPEG1 = "mpeg1video";
  private static final String MPEG2 = "mpeg2video";
  private static final String MPEG4 = "mpeg4";
  private static final String MJPEG = "mjpeg";

  /** MPEG-4 part 2 counts time in 16 bits; 60000 divides by the usual rates. */
  private static final int MPEG4_TICKS = 60_000;

  private Mpeg(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of(
            MPEG1,
            MPEG2,
            MPEG4,
            MJPEG,
            "flv",
            "h261",
            "h263",
            "h263p",
            "msmpeg4",
            "msmpeg4v2",
            "wmv1",
            "wmv2",
            "rv10",
            "rv20",
            "speedhq")
        .<EncoderProfile>map(Mpeg::new)
        .toList();
  }

  private boolean is(String... encoders) {
    return Set.of(encoders).contains(encoder());
  }

  @Override
  boolean carriesColor(Container container) {
    return is(MPEG2) || super.carriesColor(container);
  }

  @Override
  boolean centersChroma() {
    return is(MJPEG, MPEG1);
  }

  @Override
  ColorSpec defaultColor(int pixelFormat, Container container) {
    return is(MJPEG) ? ColorSpec.BT601_FULL : super.defaultColor(pixelFormat, container);
  }

  @Override
  boolean requiresConstantFrameRate() {
    return is(MPEG1, MPEG2);
  }

  @Override
  int ticksPerSecond() {
    return is(MPEG4) ? MPEG4_TICKS : super.ticksPerSecond();
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(12, 8, 4, 3, 2);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) {
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality(FF_QP2LAMBDA * value);
  }
}
