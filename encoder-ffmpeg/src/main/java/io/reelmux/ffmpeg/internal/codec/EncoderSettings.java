package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_FRAME_THREADS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_OTHER_THREADS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_SLICE_THREADS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS2;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;

import io.reelmux.EncoderException;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/**
 * Applies a stream's options to its encoder: rate control, preset, profile, GOP, B-frames, threads
 * and raw options. The {@link EncoderProfile} decides where encoders differ.
 */
public final class EncoderSettings {
  private final EncoderProfile profile;
  private final VideoOptions options;
  private final AVCodecContext context;
  private final OptionSetter setter;
  private final GopPlan gop;

  private EncoderSettings(
      EncoderProfile profile,
      VideoOptions options,
      GopPlan gop,
      AVCodecContext context,
      OptionSetter setter) {
    this.profile = profile;
    this.options = options;
    this.gop = gop;
    this.context = context;
    this.setter = setter;
  }

  /**
   * Applies options to an encoder that has not been opened.
   *
   * @param profile the profile of the encoder
   * @param gop where its key frames are
   * @throws IllegalArgumentException if the encoder does not support a setting
   * @throws EncoderException if memory is exhausted
   */
  public static void apply(
      EncoderProfile profile,
      VideoOptions options,
      GopPlan gop,
      AVCodecContext context,
      OptionSetter setter)
      throws EncoderException {
    new EncoderSettings(profile, options, gop, context, setter).apply();
  }

  private void apply() throws EncoderException {
    setRate();
    setThreads();
    if (options.preset().isPresent()) {
      setPreset(options.preset().get());
    }
    if (options.speed().isPresent()) {
      setSpeed(options.speed().get());
    }
    if (options.profile().isPresent()) {
      profile.setProfile(options.profile().get(), setter);
    }
    setKeyFrames();
    if (options.partFrom().isPresent()) {
      profile.requireParts();
      profile.requirePartEnds(options);
      profile.setPart(setter);
    }
    if (options.maxBFrames().isPresent()) {
      setBFrames(options.maxBFrames().getAsInt());
    }
    if (options.lowLatency()) {
      profile.requireLowLatency(context);
      RateProfile.refuseForLatency(options, "bf", "thread_type");
      profile.setLowLatency(options, context, setter);
    }
    if (setter.has("forced-idr")) {
      // decoding must be able to start at a frame that is marked as key frame
      setter.set("forced-idr", "1");
    }
    setter.setAll(profile.rawOptions(options));
    refusePasses();
  }

  private void setRate() throws EncoderException {
    RateControl mode = RateProfile.mode(options);
    if (options.crf().isPresent()) {
      profile.setCrf(options.crf().getAsDouble(), context, setter);
    } else if (options.quality().isPresent()) {
      setQuality(options.quality().get());
    } else if (options.qp().isPresent()) {
      setQp(options.qp().getAsInt());
    } else if (options.bitRate().isPresent()) {
      profile.requireBitRate(options);
      profile.setBitRate(options, context, setter);
    } else if (options.rateControl().isPresent()
        || (profile.hasPoorDefault() && !profile.hasRateOptions(options))) {
      setQuality(Quality.MEDIUM);
    }
    if (options.maxBitRate().isPresent() && mode != RateControl.CONSTANT_BIT_RATE) {
      long rate = options.maxBitRate().getAsLong();
      profile.requireLimit(mode, rate);
      long buffer = options.bufferSize().orElse(Math.min(2 * rate, Integer.MAX_VALUE));
      profile.setLimit(rate, buffer, context, setter);
    }
  }

  private void setQp(int qp) throws EncoderException {
    profile.requireMode(RateControl.CONSTANT_QP, "qp " + qp);
    int min = profile.qpRange().get(0);
    int max = profile.qpRange().get(1);
    if (qp < min || qp > max) {
      throw new IllegalArgumentException(
          "qp " + qp + ": must be from " + min + " to " + max + " for " + profile.encoder());
    }
    profile.setQp(qp, context, setter);
  }

  private void setThreads() throws EncoderException {
    int threads =
        options
            .threads()
            .orElse(profile.defaultThreads(options, context.width(), context.height()));
    int kinds =
        AV_CODEC_CAP_FRAME_THREADS | AV_CODEC_CAP_SLICE_THREADS | AV_CODEC_CAP_OTHER_THREADS;
    boolean threaded = (context.codec().capabilities() & kinds) != 0;
    if (threads > 1 && !threaded && !options.fallbackToCpu()) {
      throw new IllegalArgumentException(
          "threads "
              + threads
              + ": "
              + profile.encoder()
              + " has no threads of the CPU to choose; leave threads unset");
    }
    profile.setThreads(threads, context, setter);
  }

  private void setSpeed(Speed speed) throws EncoderException {
    Map<String, String> own = profile.speed(speed);
    for (String name : own.keySet()) {
      OwnedOptions.refuseDuplicate(true, "VideoOptions.speed", options.options(), name);
    }
    // one by one: setAll ends the lists of parameters, which others still add to
    for (Map.Entry<String, String> option : own.entrySet()) {
      setter.set(option.getKey(), option.getValue());
    }
  }

  private void setKeyFrames() throws EncoderException {
    if (options.openGop()) {
      profile.requireOpenGops();
    }
    profile.setOpenGop(options.openGop(), options, context, setter);
    if (isIntraOnly(context)) {
      return;
    }
    if (gop.frames().isPresent()) {
      profile.setGop(checkedGop(gop.frames().getAsInt()), options, context);
    } else if (gop.interval().isPresent()) {
      profile.requireKeyFrames(KeyFrameControl.FORCED, setting() + gop.interval().get());
      profile.setGop(profile.maxGop(), options, context);
    } else {
      profile.setDefaultGop(context);
    }
    if (gop.fixed()) {
      OwnedOptions.refuseDuplicate(
          true,
          "VideoOptions.keyFramesEvery",
          options.options(),
          "g",
          "keyint_min",
          "sc_threshold",
          "no-scenecut");
      profile.requireKeyFrames(
          options.extraKeyFrames() ? KeyFrameControl.FORCED : KeyFrameControl.EXACT,
          "keyFramesEvery");
      if (profile.allows(KeyFrameControl.EXACT)) {
        profile.setFixedGop(context, setter);
      }
    }
  }

  private String setting() {
    return gop.fixed() ? "keyFramesEvery " : "keyInterval ";
  }

  private int checkedGop(int frames) {
    String setting =
        options
            .keyFramesEvery()
            .or(options::keyInterval)
            .map(time -> setting() + time + ", which is " + frames + " frames")
            .orElse("gop " + frames);
    profile.requireKeyFrames(KeyFrameControl.DISTANCE, setting);
    if (frames > profile.maxGop()) {
      throw new IllegalArgumentException(
          setting + ": " + profile.encoder() + " accepts at most " + profile.maxGop() + " frames");
    }
    return frames;
  }

  /** Whether every frame of a codec is a key frame. */
  static boolean isIntraOnly(AVCodecContext context) {
    AVCodecDescriptor descriptor =
        avcodec_descriptor_get_by_name(Av.string(avcodec_get_name(context.codec_id())));
    return descriptor != null
        && !descriptor.isNull()
        && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
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
              + " has no presets; "
              + (profile.speeds().isEmpty()
                  ? "see its options for speed"
                  : "set VideoOptions.speed, or its option "
                      + String.join(
                          ", ", profile.speeds().get(0).keySet().stream().sorted().toList())));
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
