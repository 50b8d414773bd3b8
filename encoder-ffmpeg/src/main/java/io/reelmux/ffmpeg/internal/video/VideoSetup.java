package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TT;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.HdrSideData;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.codec.EncoderSettings;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Turns options into an open video encoder, checking every setting. */
final class VideoSetup {

  private final VideoOptions options;
  private final GopPlan gop;
  private final Container container;
  private final CodecContext codec;
  private final EncoderProfile profile;
  private final FrameFormat format;
  private final DeviceStream device;
  private final Notes notes;

  private VideoSetup(
      VideoOptions options,
      GopPlan gop,
      Container container,
      CodecContext codec,
      DeviceStream device,
      Notes notes) {
    this.options = options;
    this.gop = gop;
    this.container = container;
    this.codec = codec;
    this.device = device;
    this.notes = notes;
    this.profile = EncoderProfile.of(codec.name());
    int pixelFormat = device.pixelFormat();
    ColorSpec color = profile.color(options, pixelFormat, container);
    // Y'CbCr passes through unchanged; where it is converted to RGB or gray it is what it usually
    // is
    ColorSpec usual = PixelFormat.isYuv(pixelFormat) ? color : ColorSpec.BT709_LIMITED;
    this.format =
        new FrameFormat(
            pixelFormat,
            options.outputWidth(),
            options.outputHeight(),
            color,
            options.color().orElse(usual),
            profile.chromaLocation(pixelFormat),
            options.alpha().orElse(AlphaMode.DROP),
            options.background());
  }

  /** An open encoder, what is known of it, the format of its frames and the unit of its times. */
  record Opened(
      CodecContext codec, EncoderProfile profile, FrameFormat format, TimeBase timeBase) {}

  /**
   * Opens the encoder of a stream.
   *
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static Opened open(
      DeviceStream device, VideoOptions options, GopPlan gop, Container container, Notes notes)
      throws EncoderException {
    CodecContext codec = CodecContext.allocate(device.codec());
    try {
      return new VideoSetup(options, gop, container, codec, device, notes).open();
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, codec);
      throw e;
    }
  }

  private void checkAlpha() {
    if (profile.putsAlphaBeside()
        && PixelFormat.hasAlpha(format.pixelFormat())
        && !container.storesSideDataOfPackets()) {
      throw new IllegalArgumentException(
          PixelFormat.name(format.pixelFormat())
              + ": "
              + container
              + " cannot store the alpha of "
              + profile.encoder()
              + "; webm and mkv can");
    }
  }

  private Opened open() throws EncoderException {
    profile.checkSize(format.pixelFormat(), format.width(), format.height(), device.onDevice());
    TimeBase timeBase = profile.timeBase(options, container);
    AVCodecContext context = codec.struct();
    format(context, timeBase);
    new TagNotes(profile, container, options, format, notes).add();
    OwnedOptions.refuseDuplicates(options, profile.rateOptions(), profile.libraryParameters());
    profile.check(options, format.pixelFormat());
    profile.checkFieldOrder(options.fieldOrder());
    checkAlpha();
    EncoderSettings.apply(
        profile,
        options,
        gop,
        context,
        new OptionSetter(
            context,
            "encoder " + profile.encoder(),
            OwnedOptions.VIDEO,
            profile.libraryParameters()));
    codec.setGlobalHeader(container.globalHeader());
    device.attach(context, format);
    int pixelFormat = context.pix_fmt();
    openCodec();
    codec.requireUnchanged(
        context.width() == format.width()
            && context.height() == format.height()
            && context.pix_fmt() == pixelFormat
            && context.time_base().num() == timeBase.numerator()
            && context.time_base().den() == timeBase.denominator());
    return new Opened(codec, profile, format, timeBase);
  }

  private void openCodec() throws EncoderException {
    LogPosition before = LogPosition.here();
    try {
      codec.open();
    } catch (EncoderException e) {
      requireParameters(before);
      throw e;
    }
    requireParameters(before);
  }

  private void requireParameters(LogPosition before) {
    profile
        .libraryParameters()
        .requireAccepted("encoder " + profile.encoder(), options.options(), before.lines());
  }

  private void format(AVCodecContext context, TimeBase timeBase) throws EncoderException {
    context.width(format.width());
    context.height(format.height());
    context.pix_fmt(format.pixelFormat());
    context.time_base().num(timeBase.numerator()).den(timeBase.denominator());
    FrameRate rate = options.frameRate();
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
