package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA420P;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** libvpx: VP8 and VP9. */
final class Vpx extends EncoderProfile {
  static final String VP8 = "libvpx";
  static final String VP9 = "libvpx-vp9";

  private static final String LOSSLESS_OPTION = "lossless";

  /** More than any frames need, and still in the range of the library's arithmetic. */
  private static final long UNLIMITED_RATE = 1_000_000_000;

  private final boolean vp9;

  private Vpx(String encoder) {
    super(encoder);
    this.vp9 = encoder.equals(VP9);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Vpx(VP8), new Vpx(VP9));
  }

  /** VP8 decoders do not honor the colors of a container. */
  @Override
  boolean carriesColor(Container container) {
    return vp9;
  }

  /** FFmpeg requires {@code strict=experimental} for other formats with alpha: few players do. */
  @Override
  boolean isUsual(int pixelFormat) {
    return !PixelFormat.hasAlpha(pixelFormat) || pixelFormat == AV_PIX_FMT_YUVA420P;
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(LOSSLESS_OPTION);
  }

  @Override
  List<Integer> qualityValues() {
    return vp9 ? List.of(50, 40, 32, 23, 15) : List.of(40, 25, 12, 8, 4);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    unlimit(context);
    super.setQuality(value, context, setter);
  }

  @Override
  void setCrf(double crf, AVCodecContext context, OptionSetter setter) throws EncoderException {
    unlimit(context);
    super.setCrf(crf, context, setter);
  }

  /** A constant quality of VP8 is bounded by a bit rate, which is 256 kb/s if it is not set. */
  private void unlimit(AVCodecContext context) {
    if (!vp9) {
      context.bit_rate(UNLIMITED_RATE);
    }
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    if (!vp9) {
      super.setLossless(context, setter);
      return;
    }
    setter.set(LOSSLESS_OPTION, "1");
  }
}
