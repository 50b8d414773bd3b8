package io.reelmux.ffmpeg.internal.video;

import java.util.Optional;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TT;

import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.HdrSideData;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.codec.EncoderSettings;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Turns options into an open video encoder, checking every setting. */
final class VideoSetup {

  private final VideoOptions options;
  private final Container container;
  private final CodecContext codec;
  private final EncoderProfile profile;
  private final FilterRules rules;

  /** What frames are converted to. */
  private final FrameFormat input;

  /** What is encoded. */
  private FrameFormat format;

  private final DeviceStream device;
  private final Notes notes;

  private VideoSetup(
      VideoOptions options,
      Container container,
      CodecContext codec,
      DeviceStream device,
      Notes notes,
      FilterRules rules) {
    this.options = options;
    this.container = container;
    this.codec = codec;
    this.device = device;
    this.notes = notes;
    this.profile = EncoderProfile.of(codec.name());
    this.rules = rules;
    this.input = frames(device.pixelFormat(), options.outputWidth(), options.outputHeight());
    this.format = input;
  }

  private FrameFormat frames(int pixelFormat, int width, int height) {
    return new FrameFormat(
        pixelFormat,
        width,
        height,
        profile.color(options, pixelFormat, container),
        profile.chromaLocation(pixelFormat),
        options.alpha(),
        options.background());
  }

  /**
   * An open encoder.
   *
   * @param codec the encoder
   * @param profile what is known of it
   * @param input what frames are converted to
   * @param format what is encoded
   * @param inputBase the unit of the times of frames
   * @param timeBase the unit of the times of what is encoded
   * @param rate the frame rate, unless frames come at any time
   * @param filter the filters in between
   */
  record Opened(
      CodecContext codec,
      EncoderProfile profile,
      FrameFormat input,
      FrameFormat format,
      TimeBase inputBase,
      TimeBase timeBase,
      Optional<FrameRate> rate,
      Optional<VideoFilter> filter) {}

  /**
   * Opens the encoder of a stream.
   *
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static Opened open(
      DeviceStream device,
      VideoOptions options,
      Container container,
      Notes notes,
      FilterRules rules)
      throws EncoderException {
    CodecContext codec = CodecContext.allocate(device.codec());
    try {
      return new VideoSetup(options, container, codec, device, notes, rules).open();
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, codec);
      throw e;
    }
  }

  private Opened open() throws EncoderException {
    TimeBase inputBase = profile.timeBase(options, container);
    Optional<FrameRate> rate =
        options.variableFrameRate() ? Optional.empty() : Optional.of(options.frameRate());
    if (options.filter().isEmpty()) {
      openEncoder(inputBase, options.frameRate());
      return new Opened(
          codec, profile, input, format, inputBase, inputBase, rate, Optional.empty());
    }
    VideoFilter filter =
        VideoFilter.open(options.filter().get(), input, inputBase, rate, device.formats(), rules);
    try {
      format = frames(filter.pixelFormat(), filter.width(), filter.height());
      profile.checkRate(filter.frameRate(), container);
      openEncoder(filter.timeBase(), filter.frameRate().orElse(options.frameRate()));
      return new Opened(
          codec,
          profile,
          input,
          format,
          inputBase,
          filter.timeBase(),
          filter.frameRate(),
          Optional.of(filter));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, filter);
      throw e;
    }
  }

  private void openEncoder(TimeBase timeBase, FrameRate rate) throws EncoderException {
    profile.checkSize(format.pixelFormat(), format.width(), format.height(), device.onDevice());
    AVCodecContext context = codec.struct();
    format(context, timeBase, rate);
    new TagNotes(profile, container, options, format, notes).add();
    OwnedOptions.refuseDuplicates(options);
    profile.check(options, format.pixelFormat());
    profile.checkFieldOrder(options.fieldOrder());
    EncoderSettings.apply(
        profile,
        options,
        context,
        new OptionSetter(
            context,
            "encoder " + profile.encoder(),
            OwnedOptions.VIDEO,
            profile.libraryParameters()));
    codec.setGlobalHeader(container.globalHeader());
    device.attach(context, format);
    int pixelFormat = context.pix_fmt();
    codec.open();
    codec.requireUnchanged(
        context.width() == format.width()
            && context.height() == format.height()
            && context.pix_fmt() == pixelFormat
            && context.time_base().num() == timeBase.numerator()
            && context.time_base().den() == timeBase.denominator());
  }

  private void format(AVCodecContext context, TimeBase timeBase, FrameRate rate)
      throws EncoderException {
    context.width(format.width());
    context.height(format.height());
    context.pix_fmt(format.pixelFormat());
    context.time_base().num(timeBase.numerator()).den(timeBase.denominator());
    context.framerate().num(rate.numerator()).den(rate.denominator());
    format.tags().applyTo(context);
    options
        .sampleAspectRatio()
        .ifPresent(
            ratio -> context.sample_aspect_ratio().num(ratio.numerator()).den(ratio.denominator()));
    if (options.hdr().isPresent()) {
      HdrSideData.add(context, options.hdr().get());
    }
    if (options.fieldOrder().isInterlaced()) {
      context.field_order(options.fieldOrder() == FieldOrder.TOP_FIRST ? AV_FIELD_TT : AV_FIELD_BB);
      context.flags(context.flags() | profile.interlacedFlags());
    }
  }
}
