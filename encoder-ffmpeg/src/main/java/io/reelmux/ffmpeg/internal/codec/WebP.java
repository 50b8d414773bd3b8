package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.AlphaMode;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** libwebp, whose quality is a percentage. */
final class WebP extends EncoderProfile {
  private static final String QUALITY = "quality";
  private static final String LOSSLESS_OPTION = "lossless";
  private static final String ANIMATION = "libwebp_anim";

  private WebP(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of("libwebp", ANIMATION).<EncoderProfile>map(WebP::new).toList();
  }

  /** Losslessly it stores RGB: others are converted. */
  @Override
  boolean isUsual(int pixelFormat) {
    return PixelFormat.isRgb(pixelFormat);
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(QUALITY, LOSSLESS_OPTION);
  }

  /** FFmpeg's libwebpenc_common.c clips it. */
  @Override
  OptionRanges ownRanges() {
    return OptionRanges.NONE.with("compression-level", 0, 6);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(40, 60, 75, 85, 95);
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set(QUALITY, Integer.toString(value));
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set(LOSSLESS_OPTION, "1");
  }

  /** FFmpeg does not tell the library when the last frame ends, which takes the average then. */
  @Override
  public Optional<String> repairEnd(AVPacket packet, Duration start, Duration end, boolean timed) {
    if (!encoder().equals(ANIMATION) || packet.size() == 0) {
      return Optional.empty();
    }
    return WebPAnimation.end(packet.data().capacity(packet.size()).asByteBuffer(), start, end)
        .filter(lost -> timed);
  }

  @Override
  public void check(VideoOptions options, int pixelFormat) {
    if (isLossless(options) && options.alpha().filter(AlphaMode.KEEP::equals).isPresent()) {
      throw new IllegalArgumentException(
          encoder()
              + " changes the colors of transparent pixels: Quality.LOSSLESS with AlphaMode.KEEP"
              + " requires another codec, such as "
              + String.join(", ", Lossless.WELL_KNOWN));
    }
  }
}
