package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_PASS2;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.codec.ColorRules;
import io.reelmux.ffmpeg.internal.codec.EncoderRules;
import io.reelmux.ffmpeg.internal.codec.NvencRules;
import io.reelmux.ffmpeg.internal.codec.PixelFormats;
import io.reelmux.ffmpeg.internal.codec.RateRules;
import io.reelmux.ffmpeg.internal.codec.SizeRules;
import io.reelmux.ffmpeg.internal.codec.X264Rules;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.jspecify.annotations.Nullable;

/** Turns options into an open video encoder, checking every setting. */
final class VideoSetup {

  /** Typed settings and the equivalent library options. */
  private static final Map<String, String> RAW_NAMES =
      Map.of(
          "crf",
          "crf",
          "preset",
          "preset",
          "gop",
          "g",
          "maxBFrames",
          "bf",
          "bitRate",
          "b",
          "maxBitRate",
          "maxrate",
          "threads",
          "threads",
          "profile",
          "profile");

  /** By default libopenh264 writes one key frame per file. */
  private static final int OPENH264_GOP = 250;

  private static final Set<String> FIXED_RATE_ONLY = Set.of("mpeg1video", "mpeg2video");

  private final VideoOptions options;
  private final @Nullable Container container;
  private final CodecContext codec;
  private final String encoder;
  private final EncoderRules rules;
  private final FrameFormat format;
  private final @Nullable DeviceStream device;

  private VideoSetup(
      VideoOptions options,
      @Nullable Container container,
      CodecContext codec,
      @Nullable DeviceStream device) {
    this.options = options;
    this.container = container;
    this.codec = codec;
    this.device = device;
    this.encoder = codec.name();
    this.rules = EncoderRules.of(encoder);
    int pixelFormat =
        device == null
            ? PixelFormats.choose(codec.codec(), options)
            : PixelFormats.ofDevice(codec.codec(), options, device.pixelFormat());
    ColorSpec color = ColorRules.choose(options.color(), encoder, pixelFormat, container);
    this.format =
        new FrameFormat(
            pixelFormat,
            options.outputWidth(),
            options.outputHeight(),
            color,
            ColorRules.chromaLocation(pixelFormat, encoder),
            options.alpha(),
            options.background());
  }

  /** An open encoder, the format of its frames and the unit of its times. */
  record Opened(CodecContext codec, FrameFormat format, TimeBase timeBase) {}

  /**
   * Opens an encoder.
   *
   * @param container null where packets go to a listener
   * @param device provides the encoder's surfaces; null for the CPU
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static Opened open(
      AVCodec chosen,
      VideoOptions options,
      @Nullable Container container,
      @Nullable DeviceStream device)
      throws EncoderException {
    CodecContext codec = CodecContext.allocate(chosen);
    try {
      return new VideoSetup(options, container, codec, device).open();
    } catch (EncoderException | RuntimeException | Error e) {
      codec.close();
      throw e;
    }
  }

  private Opened open() throws EncoderException {
    SizeRules.check(encoder, format.pixelFormat(), format.width(), format.height(), device != null);
    TimeBase timeBase = timeBase();
    AVCodecContext context = codec.struct();
    format(context, timeBase);
    OptionSetter setter = new OptionSetter(context, "encoder " + encoder, OwnedOptions.VIDEO);
    refuseTwice();
    X264Rules.check(encoder, options, format.pixelFormat());
    NvencRules.check(encoder, options);
    new RateRules(encoder, rules, context, setter).apply(options);
    structure(context, setter);
    setter.setAll(rawOptions());
    refusePasses(context);
    if (container == null || !container.globalHeader()) {
      context.flags(context.flags() & ~AV_CODEC_FLAG_GLOBAL_HEADER);
    } else {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    if (device != null) {
      device.attach(context, format);
    }
    int pixelFormat = context.pix_fmt();
    codec.open();
    compare(context, timeBase, pixelFormat);
    return new Opened(codec, format, timeBase);
  }

  private void format(AVCodecContext context, TimeBase timeBase) {
    context.width(format.width());
    context.height(format.height());
    context.pix_fmt(format.pixelFormat());
    context.time_base().num(timeBase.numerator()).den(timeBase.denominator());
    FrameRate rate = options.frameRate();
    context.framerate().num(rate.numerator()).den(rate.denominator());
    format.tags().applyTo(context);
  }

  private void structure(AVCodecContext context, OptionSetter setter) {
    context.thread_count(options.threads().orElse(0));
    options.preset().ifPresent(preset -> preset(setter, preset));
    options
        .profile()
        .filter(profile -> !NvencRules.isOnlyProfile(encoder, profile))
        .ifPresent(profile -> setter.set("profile", profile));
    options.gop().ifPresent(context::gop_size);
    if (options.gop().isEmpty() && encoder.equals("libopenh264")) {
      context.gop_size(OPENH264_GOP);
    }
    options.maxBFrames().ifPresent(frames -> bFrames(context, frames));
    NvencRules.group(encoder, options, context);
    if (setter.has("forced-idr")) {
      // decoding must be able to start at a frame that is marked as key frame
      setter.set("forced-idr", "1");
    }
  }

  private void bFrames(AVCodecContext context, int frames) {
    if (frames > 0 && !rules.bFrames()) {
      throw new IllegalArgumentException(
          "maxBFrames " + frames + ": " + encoder + " does not support B-frames");
    }
    context.max_b_frames(frames);
  }

  private void preset(OptionSetter setter, String preset) {
    if (!setter.has("preset")) {
      throw new IllegalArgumentException(
          "preset '" + preset + "': " + encoder + " has no presets; see its options for speed");
    }
    boolean known =
        rules.presets().isEmpty() || rules.presets().contains(preset) || preset.matches("[0-9]");
    if (!known) {
      throw new IllegalArgumentException(
          "unknown preset '%s'%s; %s has: %s"
              .formatted(
                  preset,
                  Suggestions.hint(preset, rules.presets()),
                  encoder,
                  String.join(", ", rules.presets())));
    }
    setter.set("preset", preset);
  }

  /** x265 prints to the standard error stream by default. */
  private Map<String, String> rawOptions() {
    if (!encoder.equals("libx265")) {
      return options.options();
    }
    Map<String, String> quiet = new LinkedHashMap<>(options.options());
    quiet.merge("x265-params", "log-level=none", (own, silent) -> silent + ":" + own);
    return quiet;
  }

  /** Two passes need statistics, which x264 would keep in a file in the working directory. */
  private void refusePasses(AVCodecContext context) {
    if ((context.flags() & (AV_CODEC_FLAG_PASS1 | AV_CODEC_FLAG_PASS2)) != 0) {
      throw new IllegalArgumentException(
          "option 'flags' of encoder %s must not set pass1 or pass2: two-pass encoding is not supported"
              .formatted(encoder));
    }
  }

  private void refuseTwice() {
    RAW_NAMES.forEach(
        (setting, raw) -> {
          if (options.options().containsKey(raw) && isSet(setting)) {
            throw new IllegalArgumentException(
                "option '%s' and VideoOptions.%s say the same thing: set one of them"
                    .formatted(raw, setting));
          }
        });
  }

  private boolean isSet(String setting) {
    return switch (setting) {
      case "crf" -> options.crf().isPresent();
      case "preset" -> options.preset().isPresent();
      case "gop" -> options.gop().isPresent();
      case "maxBFrames" -> options.maxBFrames().isPresent();
      case "bitRate" -> options.bitRate().isPresent();
      case "maxBitRate" -> options.maxBitRate().isPresent();
      case "threads" -> options.threads().isPresent();
      default -> options.profile().isPresent();
    };
  }

  private TimeBase timeBase() {
    FrameRate rate = options.frameRate();
    if (!options.variableFrameRate()) {
      return new TimeBase(rate.denominator(), rate.numerator());
    }
    boolean fixed = FIXED_RATE_ONLY.contains(encoder);
    if (fixed || (container != null && !container.variableFrameRate())) {
      throw new IllegalArgumentException(
          "variableFrameRate: %s requires a constant frame rate; mp4, mov, mkv, webm and flv with most codecs do not"
              .formatted(fixed ? encoder : "container " + container));
    }
    // MPEG-4 part 2 counts time in 16 bits; 60000 divides by the usual rates
    return new TimeBase(1, encoder.equals("mpeg4") ? 60_000 : 90_000);
  }

  /** An encoder that changed its settings would produce garbage or crash. */
  private void compare(AVCodecContext context, TimeBase timeBase, int pixelFormat)
      throws EncoderException {
    boolean same =
        context.width() == format.width()
            && context.height() == format.height()
            && context.pix_fmt() == pixelFormat
            && context.time_base().num() == timeBase.numerator()
            && context.time_base().den() == timeBase.denominator();
    if (!same) {
      throw Av.failure(Av.EINVAL, "open the encoder " + encoder + ": it changed its settings");
    }
  }
}
