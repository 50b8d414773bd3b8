package io.reelmux;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input format and encoding settings of a video stream. Immutable.
 *
 * <p>Only the size and the frame rate are required; a setting that states no default leaves the
 * choice to the encoder. Ranges are checked when a value is set, combinations in {@link
 * Builder#build()}, and what depends on the encoder and the container when a destination is opened.
 */
public final class VideoOptions extends StreamOptions {
  private static final long serialVersionUID = 1L;

  /** Maximum width and height in pixels. */
  public static final int MAX_SIDE = 32_767;

  /** Maximum number of pixels of a frame (2^28): beyond that, native size arithmetic overflows. */
  public static final long MAX_PIXELS = 1L << 28;

  private final transient Builder settings;

  private VideoOptions(Builder settings) {
    super(settings);
    this.settings = settings;
  }

  /**
   * Returns options with default encoding settings for frames of this size and rate.
   *
   * @param width width of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param height height of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param frameRate frames per second; see {@link FrameRate#of(double)}
   * @return the options
   * @throws IllegalArgumentException if a value is out of range
   */
  public static VideoOptions of(int width, int height, double frameRate) {
    return builder(width, height, frameRate).build();
  }

  /**
   * Returns a builder with the required values.
   *
   * @param width width of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param height height of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param frameRate frames per second; see {@link FrameRate#of(double)}
   * @return a builder
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Builder builder(int width, int height, double frameRate) {
    return new Builder(width, height, FrameRate.of(frameRate));
  }

  /**
   * Returns a builder with the required values.
   *
   * @param width width of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param height height of the frames in pixels, 1 to {@value #MAX_SIDE}
   * @param frameRate exact frames per second
   * @return a builder
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Builder builder(int width, int height, FrameRate frameRate) {
    return new Builder(width, height, Objects.requireNonNull(frameRate, "frameRate"));
  }

  /**
   * Returns a builder initialized with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** {@return the width of the input frames in pixels} */
  public int width() {
    return settings.width;
  }

  /** {@return the height of the input frames in pixels} */
  public int height() {
    return settings.height;
  }

  /** {@return the frame rate} */
  public FrameRate frameRate() {
    return settings.frameRate;
  }

  /** {@return the device that converts and encodes frames; the CPU unless set} */
  public Device device() {
    return settings.device;
  }

  /** {@return whether the CPU encodes if the device cannot; false unless set} */
  public boolean fallbackToCpu() {
    return settings.fallbackToCpu;
  }

  /** {@return the requested pixel format} */
  public Optional<String> pixelFormat() {
    return Optional.ofNullable(settings.pixelFormat);
  }

  /** {@return the requested constant rate factor} */
  public OptionalDouble crf() {
    Double value = settings.crf;
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** {@return the requested quality} */
  public Optional<Quality> quality() {
    return Optional.ofNullable(settings.quality);
  }

  /** {@return the requested constant quantizer} */
  public OptionalInt qp() {
    return optional(settings.qp);
  }

  /** {@return the requested maximum bit rate, in bits per second} */
  public OptionalLong maxBitRate() {
    return optional(settings.maxBitRate);
  }

  /** {@return the requested size of the buffer that limits the bit rate, in bits} */
  public OptionalLong bufferSize() {
    return optional(settings.bufferSize);
  }

  /** {@return the requested rate control mode} */
  public Optional<RateControl> rateControl() {
    return Optional.ofNullable(settings.rateControl);
  }

  /** {@return the requested preset of the encoder} */
  public Optional<String> preset() {
    return Optional.ofNullable(settings.preset);
  }

  /** {@return the requested speed} */
  public Optional<Speed> speed() {
    return Optional.ofNullable(settings.speed);
  }

  /** {@return the requested maximum number of frames between key frames} */
  public OptionalInt gop() {
    return optional(settings.gop);
  }

  /** {@return the requested maximum time between key frames} */
  public Optional<Duration> keyInterval() {
    return Optional.ofNullable(settings.keyInterval);
  }

  /** {@return the requested grid of the key frames} */
  public Optional<Duration> keyFramesEvery() {
    return Optional.ofNullable(settings.keyFramesEvery);
  }

  /** {@return whether the encoder may add key frames to those of {@link #keyFramesEvery}} */
  public boolean extraKeyFrames() {
    return settings.extraKeyFrames;
  }

  /** {@return whether frames may refer to frames before their key frame; false unless set} */
  public boolean openGop() {
    return settings.openGop;
  }

  /** {@return the number of the first frame in the video that this stream is a part of} */
  public OptionalLong partFrom() {
    return optional(settings.partFrom);
  }

  /** {@return the number of frames of the part, if frames beyond it are added as well} */
  public OptionalLong partFrames() {
    return optional(settings.partFrames);
  }

  /** {@return whether every frame leaves before the next one is added; false unless set} */
  public boolean lowLatency() {
    return settings.lowLatency;
  }

  /** {@return the requested maximum number of consecutive B-frames} */
  public OptionalInt maxBFrames() {
    return optional(settings.maxBFrames);
  }

  /** {@return the requested profile of the codec} */
  public Optional<String> profile() {
    return Optional.ofNullable(settings.profile);
  }

  /** {@return the number of encoder threads; empty lets the encoder choose} */
  public OptionalInt threads() {
    return optional(settings.threads);
  }

  /** {@return the width of the encoded frames in pixels} */
  public int outputWidth() {
    return settings.outputWidth == 0 ? settings.width : settings.outputWidth;
  }

  /** {@return the height of the encoded frames in pixels} */
  public int outputHeight() {
    return settings.outputHeight == 0 ? settings.height : settings.outputHeight;
  }

  /** {@return the requested color space; empty means BT.709 limited if the file can be tagged} */
  public Optional<ColorSpec> color() {
    return Optional.ofNullable(settings.color);
  }

  /**
   * {@return how frames of another size are fitted into the encoded size; {@link Fit#DENY} unless
   * set}
   */
  public Fit fit() {
    return settings.fit;
  }

  /**
   * {@return the requested handling of alpha; empty means {@link AlphaMode#DROP}, and a note in
   * {@link EncodingResult#notes} if a frame had transparency}
   */
  public Optional<AlphaMode> alpha() {
    return Optional.ofNullable(settings.alpha);
  }

  /** {@return the color behind and beside frames, as 0xRRGGBB; black unless set} */
  public int background() {
    return settings.background == null ? 0 : settings.background;
  }

  /** {@return the clockwise rotation that players apply: 0, 90, 180 or 270 degrees} */
  public int rotation() {
    return settings.rotation;
  }

  /** {@return whether players mirror the frames from left to right} */
  public boolean flipHorizontal() {
    return settings.flipHorizontal;
  }

  /** {@return whether players turn the frames upside down} */
  public boolean flipVertical() {
    return settings.flipVertical;
  }

  /** {@return the width of a pixel over its height; empty means square pixels, not stated} */
  public Optional<SampleAspectRatio> sampleAspectRatio() {
    return Optional.ofNullable(settings.sampleAspectRatio);
  }

  /** {@return the requested bits per component} */
  public OptionalInt bitDepth() {
    return optional(settings.bitDepth);
  }

  /** {@return the bits per component that are used if the encoder has them} */
  public OptionalInt preferredBitDepth() {
    return optional(settings.preferredBitDepth);
  }

  /** {@return the HDR metadata of the stream} */
  public Optional<HdrMetadata> hdr() {
    return Optional.ofNullable(settings.hdr);
  }

  /** {@return the order of the fields; {@link FieldOrder#PROGRESSIVE} unless set} */
  public FieldOrder fieldOrder() {
    return settings.fieldOrder;
  }

  /** {@return the timecode of the first frame} */
  public Optional<Timecode> timecode() {
    return Optional.ofNullable(settings.timecode);
  }

  /** {@return the filters that frames pass before they are encoded} */
  public Optional<String> filter() {
    return Optional.ofNullable(settings.filter);
  }

  /** {@return whether frames have their own presentation times} */
  public boolean variableFrameRate() {
    return settings.variableFrameRate;
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** {@code 1280x720 at 30, libx264}. */
  @Override
  public String toString() {
    return width() + "x" + height() + " at " + frameRate() + describeCommon();
  }

  private Object writeReplace() {
    return new Form(settings);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("VideoOptions are read as their settings");
  }

  /** The serialized form: the settings are checked again when it is read. */
  private record Form(Builder settings) implements Serializable {
    private Object readResolve() {
      return settings.build();
    }
  }

  /** A builder of video options. Not thread-safe. */
  public static final class Builder extends StreamOptions.Builder<Builder> {
    private static final long serialVersionUID = 1L;
    private static final Duration MIN_KEY_INTERVAL = Duration.ofMillis(1);
    private static final Duration MAX_KEY_INTERVAL = Duration.ofHours(24);
    private static final Set<Integer> BIT_DEPTHS = Set.of(8, 10, 12, 16);

    private final int width;
    private final int height;
    private FrameRate frameRate;
    private Device device = Device.cpu();
    private @Nullable String pixelFormat;
    private @Nullable Double crf;
    private @Nullable Quality quality;
    private @Nullable Integer qp;
    private @Nullable Long maxBitRate;
    private @Nullable Long bufferSize;
    private @Nullable RateControl rateControl;
    private @Nullable String preset;
    private @Nullable Speed speed;
    private @Nullable Integer gop;
    private @Nullable Duration keyInterval;
    private @Nullable Duration keyFramesEvery;
    private boolean extraKeyFrames;
    private boolean openGop;
    private @Nullable Long partFrom;
    private @Nullable Long partFrames;
    private boolean lowLatency;
    private @Nullable Integer maxBFrames;
    private @Nullable String profile;
    private @Nullable Integer threads;
    private int outputWidth;
    private int outputHeight;
    private @Nullable ColorSpec color;
    private Fit fit = Fit.DENY;
    private @Nullable AlphaMode alpha;
    private @Nullable Integer background;
    private int rotation;
    private boolean flipHorizontal;
    private boolean flipVertical;
    private @Nullable SampleAspectRatio sampleAspectRatio;
    private @Nullable Integer bitDepth;
    private @Nullable Integer preferredBitDepth;
    private @Nullable HdrMetadata hdr;
    private FieldOrder fieldOrder = FieldOrder.PROGRESSIVE;
    private @Nullable Timecode timecode;
    private @Nullable String filter;
    private boolean variableFrameRate;
    private boolean fallbackToCpu;

    private Builder(int width, int height, FrameRate frameRate) {
      checkSize("", width, height);
      this.width = width;
      this.height = height;
      this.frameRate = frameRate;
    }

    private Builder(Builder other) {
      super(other);
      width = other.width;
      height = other.height;
      frameRate = other.frameRate;
      device = other.device;
      pixelFormat = other.pixelFormat;
      crf = other.crf;
      quality = other.quality;
      qp = other.qp;
      maxBitRate = other.maxBitRate;
      bufferSize = other.bufferSize;
      rateControl = other.rateControl;
      preset = other.preset;
      speed = other.speed;
      gop = other.gop;
      keyInterval = other.keyInterval;
      keyFramesEvery = other.keyFramesEvery;
      extraKeyFrames = other.extraKeyFrames;
      openGop = other.openGop;
      partFrom = other.partFrom;
      partFrames = other.partFrames;
      lowLatency = other.lowLatency;
      maxBFrames = other.maxBFrames;
      profile = other.profile;
      threads = other.threads;
      outputWidth = other.outputWidth;
      outputHeight = other.outputHeight;
      color = other.color;
      fit = other.fit;
      alpha = other.alpha;
      background = other.background;
      rotation = other.rotation;
      flipHorizontal = other.flipHorizontal;
      flipVertical = other.flipVertical;
      sampleAspectRatio = other.sampleAspectRatio;
      bitDepth = other.bitDepth;
      preferredBitDepth = other.preferredBitDepth;
      hdr = other.hdr;
      fieldOrder = other.fieldOrder;
      timecode = other.timecode;
      filter = other.filter;
      variableFrameRate = other.variableFrameRate;
      fallbackToCpu = other.fallbackToCpu;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the encoder's pixel format, by FFmpeg's name ({@code yuv444p}, {@code yuv420p10le}).
     * Default: yuv420p if the encoder supports it, else its first format. Must be unset on a CUDA
     * device.
     *
     * @param name the name
     * @return this
     */
    public Builder pixelFormat(String name) {
      pixelFormat = Checks.name("pixelFormat", name);
      return this;
    }

    /**
     * Resets the pixel format to its default.
     *
     * @return this
     */
    public Builder unsetPixelFormat() {
      pixelFormat = null;
      return this;
    }

    /**
     * Sets the constant rate factor, on the encoder's own scale; lower is better. libx264 and
     * libx265: 0 to 51; libvpx, libvpx-vp9 and libaom-av1: 0 to 63; libsvtav1: 1 to 63; other
     * values are refused when a destination is opened. libopenh264, which has no such setting, uses
     * a constant QP of crf + 3.
     *
     * @param value a finite number
     * @return this
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public Builder crf(double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("crf " + value + ": must be a finite number");
      }
      crf = value;
      return this;
    }

    /**
     * Resets the constant rate factor to its default.
     *
     * @return this
     */
    public Builder unsetCrf() {
      crf = null;
      return this;
    }

    /**
     * Sets the quality, on a scale that means about the same for every encoder. Default, if nothing
     * else sets the rate control: {@link Quality#MEDIUM} for encoders whose own default is poor.
     *
     * @param value the level
     * @return this
     */
    public Builder quality(Quality value) {
      quality = Objects.requireNonNull(value, "quality");
      return this;
    }

    /**
     * Resets the quality to its default.
     *
     * @return this
     */
    public Builder unsetQuality() {
      quality = null;
      return this;
    }

    /**
     * Sets a constant quantizer, on the encoder's own scale; lower is better: 0 to 51 for libx264,
     * libx265, libopenh264 and NVENC (0 to 255 for its AV1), 0 to 63 for libvpx, libaom-av1 and
     * libsvtav1, 1 to 31 for mpeg4 and its relatives. Implies {@link RateControl#CONSTANT_QP}.
     * Default: none; {@link #crf} and {@link #quality} look better at the same size.
     *
     * @param value 0 to 255; when a destination is opened, the range of the encoder
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder qp(int value) {
      qp = Checks.inRange("qp", value, 0, 255);
      return this;
    }

    /**
     * Removes the constant quantizer.
     *
     * @return this
     */
    public Builder unsetQp() {
      qp = null;
      return this;
    }

    /**
     * Sets the maximum bit rate, enforced over {@link #bufferSize}, by default two seconds: a
     * decoder that reads at this rate into a buffer of that size never waits. Also with {@link
     * #crf} or {@link #quality} where the encoder can.
     *
     * @param bitsPerSecond bits per second, 1 to 2^30-1
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxBitRate(long bitsPerSecond) {
      maxBitRate = Checks.inRange("maxBitRate", bitsPerSecond, 1, Integer.MAX_VALUE / 2);
      return this;
    }

    /**
     * Resets the maximum bit rate to its default.
     *
     * @return this
     */
    public Builder unsetMaxBitRate() {
      maxBitRate = null;
      return this;
    }

    /**
     * Sets the size of the buffer over which {@link #maxBitRate}, or a constant bit rate, is
     * enforced (VBV, HRD). Default: two seconds of {@code maxBitRate}, one second of a constant bit
     * rate.
     *
     * @param bits bits, 1 to 2^31-1; needs {@code maxBitRate}, or a constant bit rate
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder bufferSize(long bits) {
      bufferSize = Checks.inRange("bufferSize", bits, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Resets the size of the buffer to its default.
     *
     * @return this
     */
    public Builder unsetBufferSize() {
      bufferSize = null;
      return this;
    }

    /**
     * Sets the rate control mode. Default: constant quality, a constant quantizer if {@link #qp} is
     * set, or a variable bit rate if {@link #bitRate} is set. Opening a destination refuses a mode
     * that the encoder does not have, and names those that it has.
     *
     * @param value the mode
     * @return this
     */
    public Builder rateControl(RateControl value) {
      rateControl = Objects.requireNonNull(value, "rateControl");
      return this;
    }

    /**
     * Resets the rate control mode to its default.
     *
     * @return this
     */
    public Builder unsetRateControl() {
      rateControl = null;
      return this;
    }

    /**
     * Sets the encoder's preset, which trades speed for size; {@link #speed} does so for all
     * encoders alike: {@code ultrafast} to {@code placebo} for libx264, 0 to 13 for libsvtav1,
     * {@code p1} to {@code p7} for NVENC.
     *
     * @param name the preset
     * @return this
     */
    public Builder preset(String name) {
      preset = Checks.name("preset", name);
      return this;
    }

    /**
     * Resets the preset to its default.
     *
     * @return this
     */
    public Builder unsetPreset() {
      preset = null;
      return this;
    }

    /**
     * Sets the speed, on a scale for all encoders; instead of {@link #preset}. Default: the
     * encoder's own.
     *
     * @param value the speed
     * @return this
     */
    public Builder speed(Speed value) {
      speed = Objects.requireNonNull(value, "speed");
      return this;
    }

    /**
     * Resets the speed to its default.
     *
     * @return this
     */
    public Builder unsetSpeed() {
      speed = null;
      return this;
    }

    /**
     * Sets the maximum number of frames from one key frame to the next; 1 makes every frame a key
     * frame. Encoders add key frames where the scene changes, and count from there; {@link
     * #keyFramesEvery} prevents that. Default: the encoder's own, but 250 for libopenh264.
     *
     * @param frames 1 to 1,000,000
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder gop(int frames) {
      gop = Checks.inRange("gop", frames, 1, 1_000_000);
      return this;
    }

    /**
     * Resets the maximum number of frames between key frames to its default.
     *
     * @return this
     */
    public Builder unsetGop() {
      gop = null;
      return this;
    }

    /**
     * Sets the maximum time from one key frame to the next; instead of {@link #gop}. At a constant
     * frame rate this is the nearest number of frames, at least 1. With {@link #variableFrameRate}
     * the first frame at or after each multiple of it is a key frame. Default: none.
     *
     * @param interval 1 ms to 24 hours
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder keyInterval(Duration interval) {
      keyInterval = checkedInterval("keyInterval", interval);
      return this;
    }

    private static Duration checkedInterval(String setting, Duration interval) {
      Objects.requireNonNull(interval, setting);
      if (interval.compareTo(MIN_KEY_INTERVAL) < 0 || interval.compareTo(MAX_KEY_INTERVAL) > 0) {
        throw new IllegalArgumentException(
            setting + " " + interval + ": must be from 1 ms to 24 hours");
      }
      return interval;
    }

    /**
     * Sets where key frames are, exactly: at the first frame at or after each multiple of this time
     * and nowhere else, as segments and players need that switch between streams. A constant frame
     * rate of which the time is a whole number of frames has them at the multiples themselves.
     * Streams with the same frame times and the same grid have them at the same times. Instead of
     * {@link #gop} and {@link #keyInterval}; contradicts {@link #openGop}. Encoders that add key
     * frames of their own are refused when the encoder is opened, unless {@link #extraKeyFrames}
     * allows them. Default: none.
     *
     * @param grid 1 ms to 24 hours
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder keyFramesEvery(Duration grid) {
      keyFramesEvery = checkedInterval("keyFramesEvery", grid);
      return this;
    }

    /**
     * Resets the grid of the key frames to none.
     *
     * @return this
     */
    public Builder unsetKeyFramesEvery() {
      keyFramesEvery = null;
      return this;
    }

    /**
     * Sets whether an encoder that cannot do otherwise, such as libopenh264, may add key frames of
     * its own to those of {@link #keyFramesEvery}. Encoders that can place key frames exactly do so
     * in any case. Segments and fragments allow it for streams whose grid they choose.
     *
     * @param value false by default
     * @return this
     */
    public Builder extraKeyFrames(boolean value) {
      extraKeyFrames = value;
      return this;
    }

    /**
     * Resets the maximum time between key frames to its default.
     *
     * @return this
     */
    public Builder unsetKeyInterval() {
      keyInterval = null;
      return this;
    }

    /**
     * Sets whether frames may refer to frames before their key frame (an open GOP), which saves a
     * few bits; decoding that starts at such a key frame must skip the frames shown before it.
     * Default: false, and decoding can start at every key frame. Segments and fragments, which
     * players begin with, refuse it.
     *
     * @param value true for open GOPs, where the encoder has them
     * @return this
     */
    public Builder openGop(boolean value) {
      openGop = value;
      return this;
    }

    /**
     * Sets that the stream is a part of a longer video, whose parts are encoded apart, each with
     * the same settings, and joined without encoding them again. Its headers do not depend on the
     * quality, and the key frames of {@link #keyFramesEvery} are those of the whole video. Encoders
     * whose parts cannot be joined are refused when the encoder is opened. Contradicts {@link
     * #openGop}, {@link #variableFrameRate} and {@link #filter}. The package {@code io.reelmux.cut}
     * of the reader cuts videos and joins their parts. Default: none, the stream is a video of its
     * own.
     *
     * @param firstFrame the number of the part's first frame in the video, 0 for the first part;
     *     with {@code keyFramesEvery}, one of its key frames
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public Builder partFrom(long firstFrame) {
      partFrom = Checks.inRange("partFrom", firstFrame, 0, Long.MAX_VALUE);
      return this;
    }

    /**
     * Resets to a stream that is a video of its own.
     *
     * @return this
     */
    public Builder unsetPartFrom() {
      partFrom = null;
      return this;
    }

    /**
     * Sets how many frames the part of {@link #partFrom} has. Frames that are added beyond them are
     * not written: they show the encoder what comes next, so that it encodes the last frames of the
     * part as it would in the whole video, whose next key frame is the first frame beyond. {@link
     * EncoderCatalog#lookahead} says how many it looks at; further ones are ignored. Refused when
     * the encoder is opened, where that is not known. Default: all frames are of the part.
     *
     * @param frames 1 or more
     * @return this
     * @throws IllegalArgumentException if not positive
     */
    public Builder partFrames(long frames) {
      partFrames = Checks.inRange("partFrames", frames, 1, Long.MAX_VALUE);
      return this;
    }

    /**
     * Resets to a part of all frames that are added.
     *
     * @return this
     */
    public Builder unsetPartFrames() {
      partFrames = null;
      return this;
    }

    /**
     * Sets whether every frame leaves the encoder before the next one is added: no lookahead, no
     * B-frames, no frame threads. Default: false.
     *
     * @param value true for the encoder's settings for zero latency
     * @return this
     */
    public Builder lowLatency(boolean value) {
      lowLatency = value;
      return this;
    }

    /**
     * Sets the maximum number of consecutive B-frames; 0 disables them.
     *
     * @param frames 0 to 16
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxBFrames(int frames) {
      maxBFrames = Checks.inRange("maxBFrames", frames, 0, 16);
      return this;
    }

    /**
     * Resets the maximum number of consecutive B-frames to its default.
     *
     * @return this
     */
    public Builder unsetMaxBFrames() {
      maxBFrames = null;
      return this;
    }

    /**
     * Sets the codec's profile, by the encoder's name for it ({@code high}, {@code main10}).
     *
     * @param name the profile
     * @return this
     */
    public Builder profile(String name) {
      profile = Checks.name("profile", name);
      return this;
    }

    /**
     * Resets the profile to its default.
     *
     * @return this
     */
    public Builder unsetProfile() {
      profile = null;
      return this;
    }

    /**
     * Sets the number of encoder threads. Default: chosen by the encoder for this machine.
     *
     * @param count 1 to 64
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder threads(int count) {
      threads = Checks.inRange("threads", count, 1, 64);
      return this;
    }

    /**
     * Resets the number of encoder threads to its default.
     *
     * @return this
     */
    public Builder unsetThreads() {
      threads = null;
      return this;
    }

    /**
     * Sets the size of the encoded frames; input frames are scaled to it. If its aspect ratio is
     * not that of the input frames, {@link #fit} must say how they are fitted. Default: the size of
     * the input frames.
     *
     * @param width width in pixels, 1 to {@value #MAX_SIDE}
     * @param height height in pixels, 1 to {@value #MAX_SIDE}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder outputSize(int width, int height) {
      checkSize("output ", width, height);
      outputWidth = width;
      outputHeight = height;
      return this;
    }

    /**
     * Resets the size of the encoded frames to its default.
     *
     * @return this
     */
    public Builder unsetOutputSize() {
      outputWidth = 0;
      outputHeight = 0;
      return this;
    }

    /**
     * Sets how frames of another size or aspect ratio than the encoded frames are fitted into them.
     * With anything but {@link Fit#DENY}, {@link VideoStream#addFrame} accepts frames of any size
     * in host memory, which may change from frame to frame. Default: {@link Fit#DENY}.
     *
     * @param value the way
     * @return this
     */
    public Builder fit(Fit value) {
      fit = Objects.requireNonNull(value, "fit");
      return this;
    }

    /**
     * Sets the color space of the encoded stream. Default: {@link ColorSpec#BT709_LIMITED}, or
     * BT.601 limited for RGB input if neither the stream nor the container can be tagged. Pixel
     * formats that are RGB or gray alone have full range by default, so that gray values stay as
     * they are.
     *
     * @param spec the color space
     * @return this
     */
    public Builder color(ColorSpec spec) {
      color = Objects.requireNonNull(spec, "color");
      return this;
    }

    /**
     * Resets the color space to its default.
     *
     * @return this
     */
    public Builder unsetColor() {
      color = null;
      return this;
    }

    /**
     * Sets how alpha is handled. Default: {@link AlphaMode#DROP}, and a note in {@link
     * EncodingResult#notes} if a frame in host memory had transparency: the first frame is searched
     * for it, and an eighth of the rows of each later one, in turn.
     *
     * @param mode the mode
     * @return this
     */
    public Builder alpha(AlphaMode mode) {
      alpha = Objects.requireNonNull(mode, "alpha");
      return this;
    }

    /**
     * Sets the color behind frames whose alpha is flattened, and beside frames that {@link
     * Fit#CONTAIN} fits. Default: black.
     *
     * @param rgb 0xRRGGBB
     * @return this
     * @throws IllegalArgumentException if higher bits are set
     */
    public Builder background(int rgb) {
      background = Checks.inRange("background", rgb, 0, 0xFFFFFF);
      return this;
    }

    /**
     * Sets the clockwise rotation that players apply. Default: 0. MP4, MOV and Matroska store it;
     * in other containers frames are shown as they are, and {@link EncodingResult#notes} says so.
     *
     * @param degrees 0, 90, 180 or 270
     * @return this
     * @throws IllegalArgumentException for any other value
     */
    public Builder rotation(int degrees) {
      rotation = Checks.rotation(degrees);
      return this;
    }

    /**
     * Sets whether players mirror frames, before they apply the {@link #rotation}. Default: false.
     * Stored as the rotation is, in the same containers; to mirror the pixels themselves, use the
     * filters {@code hflip} and {@code vflip}.
     *
     * @param horizontal true to exchange left and right
     * @param vertical true to exchange top and bottom
     * @return this
     */
    public Builder flip(boolean horizontal, boolean vertical) {
      flipHorizontal = horizontal;
      flipVertical = vertical;
      return this;
    }

    /**
     * Sets the width of a pixel of the encoded frames over its height: 16:11 shows PAL frames of
     * 720x576 as 16:9. Players stretch frames accordingly; the frames themselves are not changed.
     * Default: not stated, and players show square pixels. {@link EncodingResult#notes} says where
     * neither the stream nor the container stores it.
     *
     * @param numerator width, 1 to 65,535
     * @param denominator height, 1 to 65,535
     * @return this
     * @throws IllegalArgumentException if a value is out of range
     */
    public Builder sampleAspectRatio(int numerator, int denominator) {
      sampleAspectRatio = SampleAspectRatio.of(numerator, denominator);
      return this;
    }

    /**
     * Resets the shape of pixels to its default.
     *
     * @return this
     */
    public Builder unsetSampleAspectRatio() {
      sampleAspectRatio = null;
      return this;
    }

    /**
     * Sets the bits per component of the encoded frames. The encoder's pixel format of that depth
     * is used, with 4:2:0 chroma if it has one, otherwise 4:2:2, then 4:4:4. Default: the depth of
     * the encoder's default format, mostly 8; on a CUDA device 10 for the transfer functions PQ and
     * HLG where the codec allows it. Contradicts {@link #pixelFormat}.
     *
     * @param bits 8, 10, 12 or 16
     * @return this
     * @throws IllegalArgumentException for any other value
     */
    public Builder bitDepth(int bits) {
      bitDepth = checkedDepth("bitDepth", bits);
      return this;
    }

    private static int checkedDepth(String setting, int bits) {
      if (!BIT_DEPTHS.contains(bits)) {
        throw new IllegalArgumentException(setting + " " + bits + ": must be 8, 10, 12 or 16");
      }
      return bits;
    }

    /**
     * Resets the bits per component to their default.
     *
     * @return this
     */
    public Builder unsetBitDepth() {
      bitDepth = null;
      return this;
    }

    /**
     * Sets the bits per component that are used if the encoder has them, as those of a source are.
     * Otherwise the nearest lower depth is used, and {@link EncodingResult#notes} says so. {@link
     * #bitDepth}, {@link #pixelFormat} and a {@link #profile} of fewer bits take its place.
     * Default: none.
     *
     * @param bits 8, 10, 12 or 16
     * @return this
     * @throws IllegalArgumentException for any other value
     */
    public Builder preferredBitDepth(int bits) {
      preferredBitDepth = checkedDepth("preferredBitDepth", bits);
      return this;
    }

    /**
     * Removes the preference of a depth.
     *
     * @return this
     */
    public Builder unsetPreferredBitDepth() {
      preferredBitDepth = null;
      return this;
    }

    /**
     * Sets the HDR metadata of the stream. Default: none. They describe the video and change no
     * pixel; set {@link #color} to {@link ColorSpec#BT2020_PQ} and {@link #bitDepth} to 10 along
     * with them. {@link EncodingResult#notes} says where neither the stream nor the container
     * stores them.
     *
     * @param metadata the metadata
     * @return this
     */
    public Builder hdr(HdrMetadata metadata) {
      hdr = Objects.requireNonNull(metadata, "hdr");
      return this;
    }

    /**
     * Removes the HDR metadata.
     *
     * @return this
     */
    public Builder unsetHdr() {
      hdr = null;
      return this;
    }

    /**
     * Sets that frames are interlaced, and which of their two fields comes first. The encoder codes
     * fields as such, and files are tagged; an encoder without interlaced coding is refused.
     * Default: {@link FieldOrder#PROGRESSIVE}.
     *
     * @param order the order
     * @return this
     */
    public Builder fieldOrder(FieldOrder order) {
      fieldOrder = Objects.requireNonNull(order, "fieldOrder");
      return this;
    }

    /**
     * Sets the SMPTE timecode of the first frame; the following frames count on from it. MP4 and
     * MOV have a track for it, MXF, GXF and DV a place of their own, and MKV, WebM, AVI, NUT, ASF,
     * WTV, FLV and Ogg a tag for the whole file. {@link EncodingResult#notes} says where the
     * container does not store it. Requires a constant frame rate that is whole, or 1000/1001 of a
     * whole one, and at most 100. Default: none.
     *
     * @param text {@code 01:00:00:00}; with a semicolon before the frames, drop frame, which
     *     requires 30000/1001 or 60000/1001 frames per second
     * @return this
     * @throws IllegalArgumentException if the text is not a timecode
     */
    public Builder timecode(String text) {
      timecode = Timecode.of(text);
      return this;
    }

    /**
     * Removes the timecode.
     *
     * @return this
     */
    public Builder unsetTimecode() {
      timecode = null;
      return this;
    }

    /**
     * Replaces the frame rate that the builder was created with.
     *
     * @param rate of the frames
     * @return this
     */
    public Builder frameRate(FrameRate rate) {
      frameRate = Objects.requireNonNull(rate, "frameRate");
      return this;
    }

    /**
     * Sets filters that frames pass before they are encoded, in FFmpeg's syntax ({@code
     * crop=80:60:200:100,scale=640:360}), with one input and one output. They are checked when a
     * destination is opened, and FFmpeg's words are in the message. Default: none.
     *
     * <p><b>In.</b> Filters are given frames of the stream's width and height in the encoder's
     * pixel format and the stream's {@link #color}, with its {@link #sampleAspectRatio}; {@link
     * #fit} has been applied.
     *
     * <p><b>Out.</b> What leaves them is encoded, and {@link StreamResult} says what it is: size,
     * frame rate and shape of pixels; also the pixel format of the last filter {@code format}, if
     * the encoder supports it, it is Y'CbCr, RGB or gray as the default, and neither {@link
     * #pixelFormat} nor {@link #bitDepth} is set. {@link #gop}, {@link #keyInterval} and {@link
     * #fieldOrder} are those of the encoded frames; {@link #rotation} is applied by players
     * afterwards. The matrix and range are converted back to the stream's; frames with other
     * primaries or another transfer function, or of changing size, fail.
     *
     * <p><b>Times.</b> A filter that changes times ({@code setpts}, {@code select}) makes the frame
     * rate variable; if the codec or the container has none, it is refused until {@code fps} ends
     * the filter. The last frame then lasts as long as the one before it, unless frames have times
     * of their own. Times have to rise. A frame marked by {@link VideoFrame#withKeyFrame} marks the
     * first one that leaves the filters at or after its time.
     *
     * <p>Filters may drop, repeat and hold frames back, also with {@link #lowLatency}. They run on
     * the thread that adds frames.
     *
     * <p>Filters that open files, devices or connections are refused unless {@link
     * Encoder.Builder#allowFilterFiles} allows them. Filters that require frames in a device's
     * memory, or make frames without end, are always refused; one that makes more than 100,000
     * frames of a single one, or of the end, fails. Contradicts {@link #outputSize}, since the last
     * filter may scale, and a CUDA {@link #device}.
     *
     * @param description the filters
     * @return this
     */
    public Builder filter(String description) {
      filter = Checks.name("filter", description);
      return this;
    }

    /**
     * Removes the filters.
     *
     * @return this
     */
    public Builder unsetFilter() {
      filter = null;
      return this;
    }

    /**
     * Sets whether frames have their own presentation times ({@link VideoFrame#withPts}). Default:
     * false, and frame n is shown at n / frameRate.
     *
     * @param value true if frames have their own times
     * @return this
     */
    public Builder variableFrameRate(boolean value) {
      variableFrameRate = value;
      return this;
    }

    /**
     * Sets the device that converts and encodes frames. Default: the CPU.
     *
     * @param value the device
     * @return this
     */
    public Builder device(Device value) {
      device = Objects.requireNonNull(value, "device");
      return this;
    }

    /**
     * Sets whether the CPU encodes the stream if its {@link #device} cannot: no driver, no encoder
     * on the GPU, too many sessions. {@link EncodingResult#notes} then states that it did, and why;
     * the device's own options, preset and profile are not applied. Frames must be in host memory.
     * Default: false, and opening fails.
     *
     * @param value true to let the CPU encode
     * @return this
     */
    public Builder fallbackToCpu(boolean value) {
      fallbackToCpu = value;
      return this;
    }

    /**
     * Checks the combination of settings and builds the options.
     *
     * @return the immutable options
     * @throws IllegalArgumentException if two settings contradict each other
     */
    public VideoOptions build() {
      checkRate(currentBitRate());
      checkKeyFrames();
      checkPart();
      if (preset != null && speed != null) {
        throw new IllegalArgumentException(
            "preset and speed both set the speed: set only one of them");
      }
      if (device.isCuda() && pixelFormat != null) {
        throw new IllegalArgumentException(
            "pixelFormat '" + pixelFormat + "' must be unset on " + device);
      }
      if (background != null && alpha != AlphaMode.FLATTEN && fit != Fit.CONTAIN) {
        throw new IllegalArgumentException(
            "background "
                + String.format(Locale.ROOT, "0x%06X", background)
                + " is behind nothing: set alpha(AlphaMode.FLATTEN) or fit(Fit.CONTAIN)");
      }
      checkAspectRatio();
      checkBitDepth();
      checkFilter();
      checkTimecode();
      return new VideoOptions(new Builder(this));
    }

    private void checkFilter() {
      if (filter != null && outputWidth != 0) {
        throw new IllegalArgumentException(
            "outputSize contradicts filter: end the filter with scale="
                + outputWidth
                + ":"
                + outputHeight);
      }
      if (filter != null && device.isCuda()) {
        throw new IllegalArgumentException(
            "filter must be unset on " + device + ": filters run on the CPU");
      }
    }

    private void checkTimecode() {
      if (timecode == null) {
        return;
      }
      if (variableFrameRate) {
        throw new IllegalArgumentException(
            "timecode "
                + timecode
                + " requires a constant frame rate, for it counts frames: unset variableFrameRate,"
                + " and end a filter that changes times with fps");
      }
      if (filter == null) {
        timecode.check(frameRate);
      }
    }

    private void checkBitDepth() {
      if (bitDepth != null && pixelFormat != null) {
        throw new IllegalArgumentException(
            "bitDepth "
                + bitDepth
                + " contradicts pixelFormat '"
                + pixelFormat
                + "': set only one");
      }
    }

    /**
     * Refuses to distort frames unless that is requested; a pixel of rounding is not distortion.
     */
    private void checkAspectRatio() {
      if (fit != Fit.DENY || outputWidth == 0) {
        return;
      }
      double exactHeight = (double) height * outputWidth / width;
      double exactWidth = (double) width * outputHeight / height;
      if (Math.abs(exactHeight - outputHeight) >= 2 && Math.abs(exactWidth - outputWidth) >= 2) {
        throw new IllegalArgumentException(
            "outputSize "
                + outputWidth
                + "x"
                + outputHeight
                + " has another aspect ratio than the frames' "
                + width
                + "x"
                + height
                + ": set fit(Fit.CONTAIN) for borders, fit(Fit.COVER) to cut off what is beyond, or"
                + " fit(Fit.STRETCH) to distort");
      }
    }

    private void checkRate(@Nullable Long bitRate) {
      if (crf != null && quality != null) {
        throw new IllegalArgumentException(
            "crf and quality both set the quality: set only one of them");
      }
      String constant = crf != null ? "crf" : quality != null ? "quality" : null;
      if (qp != null && constant != null) {
        throw new IllegalArgumentException("qp contradicts " + constant + ": set only one of them");
      }
      if (bitRate != null && (constant != null || qp != null)) {
        throw new IllegalArgumentException(
            "bitRate contradicts "
                + (constant != null ? constant : "qp")
                + ": set only one of them");
      }
      if (rateControl != null) {
        checkRateControl(rateControl, bitRate, constant);
      }
      checkLimits(bitRate);
    }

    private void checkRateControl(
        RateControl mode, @Nullable Long bitRate, @Nullable String constant) {
      boolean byBitRate =
          mode == RateControl.VARIABLE_BIT_RATE || mode == RateControl.CONSTANT_BIT_RATE;
      if (bitRate != null && !byBitRate) {
        throw new IllegalArgumentException(
            "rateControl " + mode + " contradicts bitRate " + bitRate);
      }
      if (byBitRate && bitRate == null) {
        String instead = constant != null ? " instead of crf or quality" : "";
        throw new IllegalArgumentException(
            "rateControl " + mode + " needs bitRate" + (qp != null ? " instead of qp" : instead));
      }
      if (mode == RateControl.CONSTANT_QP && qp == null) {
        throw new IllegalArgumentException(
            "rateControl CONSTANT_QP needs qp"
                + (constant != null ? " instead of " + constant : ""));
      }
      if (mode == RateControl.CONSTANT_QUALITY && qp != null) {
        throw new IllegalArgumentException(
            "rateControl CONSTANT_QUALITY contradicts qp " + qp + ": set crf or quality");
      }
    }

    private void checkLimits(@Nullable Long bitRate) {
      boolean constantRate = rateControl == RateControl.CONSTANT_BIT_RATE;
      if (maxBitRate != null && bitRate != null && maxBitRate < bitRate) {
        throw new IllegalArgumentException(
            "maxBitRate " + maxBitRate + " is below bitRate " + bitRate);
      }
      if (maxBitRate != null && constantRate && !maxBitRate.equals(bitRate)) {
        throw new IllegalArgumentException(
            "maxBitRate "
                + maxBitRate
                + " contradicts the constant bitRate "
                + bitRate
                + ": use rateControl VARIABLE_BIT_RATE");
      }
      if (maxBitRate != null && (qp != null || quality == Quality.LOSSLESS)) {
        throw new IllegalArgumentException(
            "maxBitRate "
                + maxBitRate
                + " contradicts "
                + (qp != null ? "qp" : "Quality.LOSSLESS")
                + ", which has no limit");
      }
      if (bufferSize != null && maxBitRate == null && !constantRate) {
        throw new IllegalArgumentException(
            "bufferSize "
                + bufferSize
                + " needs a rate that fills the buffer: set maxBitRate, or rateControl"
                + " CONSTANT_BIT_RATE");
      }
    }

    private void checkKeyFrames() {
      if (gop != null && keyInterval != null) {
        throw new IllegalArgumentException(
            "gop and keyInterval both set the distance of key frames: set only one of them");
      }
      if (keyFramesEvery != null && (gop != null || keyInterval != null || openGop)) {
        throw new IllegalArgumentException(
            "keyFramesEvery says where all key frames are, and GOPs are closed: do not set gop,"
                + " keyInterval or openGop as well");
      }
      if (lowLatency && maxBFrames != null && maxBFrames > 0) {
        throw new IllegalArgumentException(
            "maxBFrames "
                + maxBFrames
                + " contradicts lowLatency: a B-frame waits for the frame after it");
      }
    }

    private void checkPart() {
      if (partFrames != null && partFrom == null) {
        throw new IllegalArgumentException(
            "partFrames " + partFrames + ": only a part has an end; set partFrom as well");
      }
      if (partFrom != null && openGop) {
        throw new IllegalArgumentException(
            "openGop contradicts partFrom: a part begins with a key frame that no frame refers"
                + " across; leave openGop unset");
      }
      if (partFrom != null && variableFrameRate) {
        throw new IllegalArgumentException(
            "variableFrameRate contradicts partFrom: the times of a part follow from its first"
                + " frame's number; set a constant frame rate");
      }
      if (partFrom != null && filter != null) {
        throw new IllegalArgumentException(
            "filter contradicts partFrom: filters would start again with each part; filter the"
                + " frames before they are added");
      }
    }

    private static void checkSize(String prefix, int width, int height) {
      Checks.inRange(prefix + "width", width, 1, MAX_SIDE);
      Checks.inRange(prefix + "height", height, 1, MAX_SIDE);
      if ((long) width * height > MAX_PIXELS) {
        throw new IllegalArgumentException(
            prefix + "size " + width + "x" + height + ": at most " + MAX_PIXELS + " pixels");
      }
    }
  }
}
