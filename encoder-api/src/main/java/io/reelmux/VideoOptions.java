package io.reelmux;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The input format and encoding settings of a video stream. Immutable.
 *
 * <p>Only the size and the frame rate are required; a setting that states no default leaves the
 * choice to the encoder. Ranges are checked when a value is set, combinations in {@link
 * Builder#build()}, and what depends on the encoder and the container when a destination is opened.
 */
public final class VideoOptions extends StreamOptions {

  /** Maximum width and height in pixels. */
  public static final int MAX_SIDE = 32_767;

  /** Maximum number of pixels of a frame (2^28): beyond that, native size arithmetic overflows. */
  public static final long MAX_PIXELS = 1L << 28;

  private final Builder settings;

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

  /** {@return the requested maximum bit rate, in bits per second} */
  public OptionalLong maxBitRate() {
    return optional(settings.maxBitRate);
  }

  /** {@return the requested rate control mode} */
  public Optional<RateControl> rateControl() {
    return Optional.ofNullable(settings.rateControl);
  }

  /** {@return the requested preset of the encoder} */
  public Optional<String> preset() {
    return Optional.ofNullable(settings.preset);
  }

  /** {@return the requested maximum number of frames between key frames} */
  public OptionalInt gop() {
    return optional(settings.gop);
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

  /** A builder of video options. Not thread-safe. */
  public static final class Builder extends StreamOptions.Builder<Builder> {
    private final int width;
    private final int height;
    private final FrameRate frameRate;
    private Device device = Device.cpu();
    private @Nullable String pixelFormat;
    private @Nullable Double crf;
    private @Nullable Quality quality;
    private @Nullable Long maxBitRate;
    private @Nullable RateControl rateControl;
    private @Nullable String preset;
    private @Nullable Integer gop;
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
      maxBitRate = other.maxBitRate;
      rateControl = other.rateControl;
      preset = other.preset;
      gop = other.gop;
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
     * Sets the maximum bit rate, enforced over a buffer of two seconds.
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
     * Sets the rate control mode. Default: constant quality, or a variable bit rate if {@link
     * #bitRate} is set.
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
     * Sets the encoder's preset, which trades speed for size: {@code ultrafast} to {@code placebo}
     * for libx264, 0 to 13 for libsvtav1, {@code p1} to {@code p7} for NVENC.
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
     * Sets the maximum number of frames from one key frame to the next; 1 makes every frame a key
     * frame. Default: the encoder's own, but 250 for libopenh264.
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
     * Sets the clockwise rotation that players apply. Default: 0. Stored by MP4, MOV and Matroska
     * only.
     *
     * @param degrees 0, 90, 180 or 270
     * @return this
     * @throws IllegalArgumentException for any other value
     */
    public Builder rotation(int degrees) {
      if (degrees % 90 != 0 || degrees < 0 || degrees > 270) {
        throw new IllegalArgumentException(
            "rotation " + degrees + ": must be 0, 90, 180 or 270 degrees");
      }
      rotation = degrees;
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
      Long bitRate = currentBitRate();
      if (crf != null && quality != null) {
        throw new IllegalArgumentException(
            "crf and quality both set the quality: set only one of them");
      }
      boolean constantQuality = crf != null || quality != null;
      if (constantQuality && bitRate != null) {
        throw new IllegalArgumentException(
            "bitRate contradicts " + (crf != null ? "crf" : "quality") + ": set only one of them");
      }
      checkRateControl(bitRate, constantQuality);
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
      return new VideoOptions(new Builder(this));
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

    private void checkRateControl(@Nullable Long bitRate, boolean constantQuality) {
      if (rateControl == RateControl.CONSTANT_QUALITY && bitRate != null) {
        throw new IllegalArgumentException(
            "rateControl CONSTANT_QUALITY contradicts bitRate " + bitRate);
      }
      boolean needsBitRate =
          rateControl == RateControl.VARIABLE_BIT_RATE
              || rateControl == RateControl.CONSTANT_BIT_RATE;
      if (needsBitRate && bitRate == null) {
        throw new IllegalArgumentException(
            "rateControl "
                + rateControl
                + " needs bitRate"
                + (constantQuality ? " instead of crf or quality" : ""));
      }
      if (maxBitRate != null && bitRate != null && maxBitRate < bitRate) {
        throw new IllegalArgumentException(
            "maxBitRate " + maxBitRate + " is below bitRate " + bitRate);
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
