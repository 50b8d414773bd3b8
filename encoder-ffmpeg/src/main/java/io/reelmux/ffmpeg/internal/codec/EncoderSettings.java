package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS2;

import io.reelmux.EncoderException;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * Applies a stream's options to its encoder: rate control, preset, profile, GOP, B-frames, threads
 * and raw options. The {@link EncoderProfile} decides where encoders differ.
 */
public final class EncoderSettings {
  private final EncoderProfile profile;
  private final VideoOptions options;
  private final AVCodecContext context;
  private final OptionSetter setter;

  private EncoderSettings(
      EncoderProfile profile, VideoOptions options, AVCodecContext context, OptionSetter setter) {
    this.profile = profile;
    this.options = options;
    this.context = context;
    this.setter = setter;
  }

  /**
   * Applies options to an encoder that has not been opened.
   *
   * @param profile the profile of the encoder
   * @throws IllegalArgumentException if the encoder does not support a setting
   * @throws EncoderException if memory is exhausted
   */
  public static void apply(
      EncoderProfile profile, VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    new EncoderSettings(profile, options, context, setter).apply();
  }

  private void apply() throws EncoderException {
    setRate();
    context.thread_count(options.threads().orElse(0));
    if (options.preset().isPresent()) {
      setPreset(options.preset().get());
    }
    if (options.profile().isPresent()) {
      profile.setProfile(options.profile().get(), setter);
    }
    profile.setGop(options, context);
    options.maxBFrames().ifPresent(this::setBFrames);
    if (setter.has("forced-idr")) {
      // decoding must be able to start at a frame that is marked as key frame
      setter.set("forced-idr", "1");
    }
    setter.setAll(profile.rawOptions(options));
    refusePasses();
  }

  private void setRate() throws EncoderException {
    if (options.crf().isPresent()) {
      profile.setCrf(options.crf().getAsDouble(), context, setter);
    } else if (options.quality().isPresent()) {
      setQuality(options.quality().get());
    } else if (options.bitRate().isPresent()) {
      profile.setBitRate(options.bitRate().getAsLong(), options, context, setter);
    } else if (profile.hasPoorDefault() && !profile.hasRateOptions(options)) {
      setQuality(Quality.MEDIUM);
    }
    options
        .maxBitRate()
        .ifPresent(
            rate -> {
              context.rc_max_rate(rate);
              context.rc_buffer_size((int) Math.min(2 * rate, Integer.MAX_VALUE));
            });
  }

  private void setQuality(Quality quality) throws EncoderException {
    if (quality == Quality.LOSSLESS) {
      profile.setLossless(context, setter);
      return;
    }
    if (profile.qualityValues().isEmpty()) {
      throw new IllegalArgumentException(
          profile.encoder()
              + " has no constant quality for Quality."
              + quality
              + ": "
              + profile.qualityAlternatives());
    }
    int level =
        switch (quality) {
          case LOWEST -> 0;
          case LOW -> 1;
          case MEDIUM -> 2;
          case HIGH -> 3;
          case HIGHEST -> 4;
          case LOSSLESS -> throw new AssertionError(quality);
        };
    profile.setQuality(profile.qualityValues().get(level), context, setter);
  }

  private void setPreset(String preset) throws EncoderException {
    if (!setter.has("preset")) {
      throw new IllegalArgumentException(
          "preset '"
              + preset
              + "': "
              + profile.encoder()
              + " has no presets; see its options for speed");
    }
    boolean known =
        profile.presets().isEmpty()
            || profile.presets().contains(preset)
            || preset.matches("[0-9]");
    if (!known) {
      throw profile.unknown("preset", preset, profile.presets());
    }
    setter.set("preset", preset);
  }

  private void setBFrames(int frames) {
    if (frames > 0 && !profile.supportsBFrames()) {
      throw new IllegalArgumentException(
          "maxBFrames " + frames + ": " + profile.encoder() + " does not support B-frames");
    }
    context.max_b_frames(frames);
  }

  /** Two passes need statistics, which x264 would keep in a file in the working directory. */
  private void refusePasses() {
    if ((context.flags() & (AV_CODEC_FLAG_PASS1 | AV_CODEC_FLAG_PASS2)) != 0) {
      throw new IllegalArgumentException(
          "option 'flags' of encoder %s must not set pass1 or pass2: two-pass encoding is not supported"
              .formatted(profile.encoder()));
    }
  }
}
