package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.avcodec.AVCodecContext.FF_THREAD_SLICE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_CLOSED_GOP;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * The part of an {@link EncoderProfile} about bit rates, key frames, delay and speed. What an
 * encoder is not known to do is refused here, with the names of those that can.
 */
public abstract class RateProfile {

  /** Limit of what {@link VideoOptions.Builder#gop} accepts. */
  private static final int ANY_GOP = 1_000_000;

  private static final int LONG_BUFFER_SECONDS = 5;

  private final String encoder;

  RateProfile(String encoder) {
    this.encoder = encoder;
  }

  /** The name of the encoder. */
  public final String encoder() {
    return encoder;
  }

  // ---- Facts that a family overrides

  /** Its modes besides constant quality, which {@link EncoderProfile#qualityValues} describes. */
  Set<RateControl> rateControls() {
    return Set.of();
  }

  /** The minimum and the maximum of its constant quantizer. */
  List<Integer> qpRange() {
    return List.of(0, 51);
  }

  /** Whether it can limit the bit rate of a mode by a buffer. */
  boolean limits(RateControl mode) {
    return false;
  }

  /** Maximum distance of key frames, in frames. */
  int maxGop() {
    return ANY_GOP;
  }

  /** What the caller decides about its key frames, if it has any other frames. */
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.NONE;
  }

  /** Whether it can refer to frames before a key frame. */
  boolean hasOpenGops() {
    return false;
  }

  boolean supportsBFrames() {
    return false;
  }

  /**
   * Whether parts of a video that are encoded apart with the same settings can be joined: each
   * begins with a key frame that nothing refers across, and their headers are the same.
   */
  boolean makesParts() {
    return false;
  }

  /**
   * How many frames it looks at before it encodes one, if a part may end with frames that are only
   * looked at: their packets come after those of the part. 0 if it is not known to do so.
   */
  public int lookahead(VideoOptions options) {
    return 0;
  }

  /** Whether its settings for low latency return a packet for each frame at once. */
  boolean hasLowLatency() {
    return false;
  }

  /** Whether the bit rate can change while it runs. */
  boolean hasLiveBitRate() {
    return false;
  }

  /** Its options for each {@link Speed}, from FASTEST to SLOWEST; empty if it has none. */
  List<Map<String, String>> speeds() {
    return List.of();
  }

  // ---- What a family does

  /** Sets the bit rate of a variable or a constant one. */
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    long rate = options.bitRate().orElseThrow();
    context.bit_rate(rate);
    if (isConstantBitRate(options)) {
      context.rc_min_rate(rate);
      context.rc_max_rate(rate);
      context.rc_buffer_size((int) options.bufferSize().orElse(rate));
    }
  }

  /** Holds the mean bit rate by a constant one over a long buffer. */
  static void holdMean(AVCodecContext context) {
    long rate = context.bit_rate();
    context.rc_min_rate(rate);
    context.rc_max_rate(rate);
    context.rc_buffer_size((int) Math.min(LONG_BUFFER_SECONDS * rate, Integer.MAX_VALUE));
  }

  /** Sets a constant quantizer within {@link #qpRange}. */
  void setQp(int qp, AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("qp", Integer.toString(qp));
  }

  /** Limits the bit rate in a mode that {@link #limits} accepts. */
  void setLimit(long rate, long buffer, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    context.rc_max_rate(rate);
    context.rc_buffer_size((int) buffer);
  }

  /**
   * Whether frames are marked in addition where it adds no key frames of its own. Others keep the
   * distance exactly; libaom even makes two of a frame that is due and marked.
   */
  public boolean marksFixedGops() {
    return false;
  }

  /** Sets the maximum distance of key frames. */
  void setGop(int frames, VideoOptions options, AVCodecContext context) {
    context.gop_size(frames);
  }

  /** What it needs if the caller sets no distance of key frames. */
  void setDefaultGop(AVCodecContext context) {}

  /** Sets FFmpeg's flag for closed GOPs. */
  static void closeGop(boolean closed, AVCodecContext context) {
    int others = context.flags() & ~AV_CODEC_FLAG_CLOSED_GOP;
    context.flags(closed ? others | AV_CODEC_FLAG_CLOSED_GOP : others);
  }

  /** Sets whether GOPs are open, where it {@link #hasOpenGops}. */
  void setOpenGop(boolean open, VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {}

  /** Keeps it from adding key frames, where it can. */
  void setFixedGop(AVCodecContext context, OptionSetter setter) throws EncoderException {}

  /** Sets what makes the headers of parts the same, where it {@link #makesParts}. */
  void setPart(OptionSetter setter) throws EncoderException {}

  /** Sets what makes it return each frame at once. */
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    context.max_b_frames(0);
    // each thread of the other kind holds a frame
    context.thread_type(FF_THREAD_SLICE);
  }

  /**
   * Refuses a change of the bit rate while the encoder is open.
   *
   * @throws IllegalArgumentException if it cannot in this mode, with the way out
   */
  public void checkLiveBitRate(long rate, VideoOptions options) {
    if (!hasLiveBitRate()) {
      throw new IllegalArgumentException(
          "setBitRate "
              + rate
              + ": "
              + encoder
              + " cannot change its bit rate while it runs; these can: "
              + names(RateProfile::hasLiveBitRate));
    }
    if (options.bitRate().isEmpty()) {
      throw new IllegalArgumentException(
          "setBitRate " + rate + ": the stream has no bit rate; set VideoOptions.bitRate");
    }
    long max = options.maxBitRate().orElse(Long.MAX_VALUE);
    if (rate > max && !isConstantBitRate(options)) {
      throw new IllegalArgumentException(
          "setBitRate " + rate + ": must be at most VideoOptions.maxBitRate, " + max);
    }
  }

  /** Changes the bit rate of an open encoder. */
  public void changeBitRate(long rate, VideoOptions options, AVCodecContext context) {
    context.bit_rate(rate);
    if (isConstantBitRate(options)) {
      context.rc_min_rate(rate);
      context.rc_max_rate(rate);
      if (options.bufferSize().isEmpty()) {
        context.rc_buffer_size((int) rate);
      }
    }
  }

  // ---- Refusals

  /** Refuses a bit rate if it has none of the mode that is asked for. */
  final void requireBitRate(VideoOptions options) {
    boolean any = options.rateControl().isEmpty();
    if (!any || !rateControls().contains(RateControl.CONSTANT_BIT_RATE)) {
      requireMode(mode(options), "bitRate " + options.bitRate().orElseThrow());
    }
  }

  /** Refuses a mode that it does not have. */
  final void requireMode(RateControl mode, String setting) {
    if (rateControls().contains(mode)) {
      return;
    }
    Collection<RateControl> own = rateControls().stream().sorted().toList();
    throw new IllegalArgumentException(
        setting
            + ": "
            + encoder
            + " has no "
            + mode
            + (own.isEmpty() ? "" : ", but " + join(own))
            + "; these have: "
            + names(profile -> profile.rateControls().contains(mode)));
  }

  final void requireLimit(RateControl mode, long rate) {
    if (!limits(mode)) {
      throw new IllegalArgumentException(
          "maxBitRate "
              + rate
              + ": "
              + encoder
              + " cannot limit its bit rate with "
              + mode
              + "; these can: "
              + names(profile -> profile.limits(mode)));
    }
  }

  /** Refuses raw options that {@code lowLatency} sets. */
  static void refuseForLatency(VideoOptions options, String... names) {
    OwnedOptions.refuseDuplicate(true, "VideoOptions.lowLatency", options.options(), names);
  }

  /** Whether the caller decides at least so much about its key frames. */
  final boolean allows(KeyFrameControl control) {
    return keyFrameControl().compareTo(control) >= 0;
  }

  /** Refuses a setting of key frames that it would not honor. */
  final void requireKeyFrames(KeyFrameControl control, String setting) {
    if (!allows(control)) {
      throw new IllegalArgumentException(
          setting
              + ": "
              + encoder
              + " decides on its own where key frames are; these do not: "
              + names(profile -> profile.allows(control))
              + (allows(KeyFrameControl.FORCED)
                  ? "; extraKeyFrames(true) accepts those that it adds"
                  : ""));
    }
  }

  final void requireOpenGops() {
    if (!hasOpenGops()) {
      throw new IllegalArgumentException(
          "openGop: " + encoder + " has none; these have: " + names(RateProfile::hasOpenGops));
    }
  }

  final void requireParts() {
    if (!makesParts()) {
      throw new IllegalArgumentException(
          "partFrom: it is not known that parts of "
              + encoder
              + " can be joined; those of these can: "
              + names(RateProfile::makesParts));
    }
  }

  final void requirePartEnds(VideoOptions options) {
    if (options.partFrames().isPresent() && lookahead(options) == 0) {
      throw new IllegalArgumentException(
          "partFrames "
              + options.partFrames().getAsLong()
              + ": it is not known that "
              + encoder
              + " looks at the frames beyond a part with these settings; add the frames of the part"
              + " only");
    }
  }

  final void requireLowLatency(AVCodecContext context) {
    boolean holdsNothing = (context.codec().capabilities() & AV_CODEC_CAP_DELAY) == 0;
    if (!hasLowLatency() && !holdsNothing) {
      throw new IllegalArgumentException(
          "lowLatency: "
              + encoder
              + " always holds frames back; these need not: "
              + names(RateProfile::hasLowLatency));
    }
  }

  final Map<String, String> speed(Speed speed) {
    if (speeds().isEmpty()) {
      throw new IllegalArgumentException(
          "speed "
              + speed
              + ": "
              + encoder
              + " has only one; these have several: "
              + names(profile -> !profile.speeds().isEmpty()));
    }
    return speeds().get(List.of(Speed.values()).indexOf(speed));
  }

  static String names(Predicate<RateProfile> can) {
    return EncoderProfiles.all().stream()
        .filter(can)
        .map(RateProfile::encoder)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String join(Collection<RateControl> modes) {
    return modes.stream().map(RateControl::name).collect(Collectors.joining(", "));
  }

  /**
   * Refuses to mark a frame as key frame if it would not become one.
   *
   * @param context the open encoder
   */
  public final void checkForcedKeyFrame(AVCodecContext context) {
    if (!EncoderSettings.isIntraOnly(context)) {
      requireKeyFrames(KeyFrameControl.FORCED, "withKeyFrame");
    }
  }

  /** Whether a frame that is marked becomes a key frame. */
  public final boolean canForceKeyFrames() {
    return allows(KeyFrameControl.FORCED);
  }

  /** The mode of a stream that has a rate setting; constant quality otherwise. */
  static RateControl mode(VideoOptions options) {
    if (options.rateControl().isPresent()) {
      return options.rateControl().get();
    }
    if (options.qp().isPresent()) {
      return RateControl.CONSTANT_QP;
    }
    return options.bitRate().isPresent()
        ? RateControl.VARIABLE_BIT_RATE
        : RateControl.CONSTANT_QUALITY;
  }

  static boolean isConstantBitRate(VideoOptions options) {
    return mode(options) == RateControl.CONSTANT_BIT_RATE;
  }
}
