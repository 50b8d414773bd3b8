package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TT;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.SampleAspectRatio;
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
import io.reelmux.ffmpeg.internal.codec.OpenRefusal;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.OwnedOptions;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Turns options into an open video encoder, checking every setting. */
final class VideoSetup {

  private final EncoderProfile profile;

  /** Of what is encoded. */
  private final VideoOptions options;

  private final GopPlan gop;
  private final Container container;
  private final CodecContext codec;
  private final FrameFormat format;
  private final DeviceStream device;
  private final Notes notes;

  private VideoSetup(
      VideoOptions options,
      GopPlan gop,
      Container container,
      CodecContext codec,
      FrameFormat format,
      DeviceStream device,
      Notes notes) {
    this.profile = EncoderProfile.of(codec.name());
    this.options = options;
    this.gop = gop;
    this.container = container;
    this.codec = codec;
    this.format = format;
    this.device = device;
    this.notes = notes;
  }

  /**
   * An open encoder.
   *
   * @param codec the encoder
   * @param inputOptions of the caller
   * @param input what frames are converted to
   * @param filter what they pass then
   * @param options of what is encoded
   * @param format what is encoded
   * @param timeBase the unit of its times
   * @param gop where its key frames are
   */
  record Opened(
      CodecContext codec,
      VideoOptions inputOptions,
      FrameFormat input,
      Optional<VideoFilter> filter,
      VideoOptions options,
      FrameFormat format,
      TimeBase timeBase,
      GopPlan gop) {

    EncoderProfile profile() {
      return EncoderProfile.of(codec.name());
    }

    /** The clock of the frames that are added. */
    FrameTimes inputTimes() {
      TimeBase base = filter.isPresent() ? filter.get().inputBase() : timeBase;
      return new FrameTimes(base, inputOptions.frameRate(), inputOptions.variableFrameRate());
    }

    /** The clock of the frames that are encoded, by their own times behind filters. */
    FrameTimes encodedTimes(FrameTimes input) {
      return filter.isEmpty()
          ? input
          : new FrameTimes(timeBase, options.frameRate(), /* variable= */ true);
    }
  }

  /**
   * Opens the encoder of a stream.
   *
   * @throws IllegalArgumentException if a setting is invalid
   * @throws EncoderException if the encoder refuses
   */
  static Opened open(
      DeviceStream device,
      VideoOptions options,
      GopPlan gop,
      Container container,
      Notes notes,
      FilterRules rules)
      throws EncoderException {
    CodecContext codec = CodecContext.allocate(device.codec());
    try {
      Optional<EncoderProfile.Quantizer> quantizer =
          EncoderProfile.of(codec.name()).quantizer(options);
      FrameFormat input =
          frames(
                  codec,
                  options,
                  container,
                  quantizer.isPresent() ? quantizer.get().input() : device.pixelFormat())
              .withSize(options.outputWidth(), options.outputHeight());
      if (quantizer.isPresent()) {
        if (input.alpha() == AlphaMode.KEEP) {
          notes.add(
              "alpha of half and more becomes opaque, and less becomes transparent: a palette has"
                  + " nothing between");
        }
        return openFiltered(
            device,
            quantized(options, quantizer.get()),
            gop,
            container,
            notes,
            rules.withPalettes(),
            codec,
            input,
            List.of(quantizer.get().output()),
            // times pass the quantizer as they are: they are checked as they will be encoded
            options.filter().isPresent()
                ? VideoFilter.NANOS
                : EncoderProfile.of(codec.name()).timeBase(options, container));
      }
      if (options.filter().isPresent()) {
        return openFiltered(
            device,
            options,
            gop,
            container,
            notes,
            rules,
            codec,
            input,
            device.formats(),
            VideoFilter.NANOS);
      }
      TimeBase base =
          new VideoSetup(options, gop, container, codec, input, device, notes).openEncoder();
      return new Opened(codec, options, input, Optional.empty(), options, input, base, gop);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, codec);
      throw e;
    }
  }

  /** Colors are as near in a palette as in any: FFmpeg warns that they may not be in sRGB's. */
  private static final String ANY_TRANSFER = "setparams=color_trc=unknown";

  /** The quantizer comes behind the caller's filters, or behind the scaling to the output size. */
  private static VideoOptions quantized(VideoOptions options, EncoderProfile.Quantizer quantizer) {
    String filters = options.filter().orElse(ANY_TRANSFER) + "," + quantizer.filters();
    return options.toBuilder().unsetOutputSize().filter(filters).build();
  }

  private static Opened openFiltered(
      DeviceStream device,
      VideoOptions options,
      GopPlan gop,
      Container container,
      Notes notes,
      FilterRules rules,
      CodecContext codec,
      FrameFormat input,
      List<Integer> formats,
      TimeBase own)
      throws EncoderException {
    VideoFilter filter = VideoFilter.open(options, input, formats, own, rules);
    try {
      EncoderProfile profile = EncoderProfile.of(codec.name());
      profile.checkRate(filter.frameRate(), container);
      VideoOptions encoded = filter.encoded(options);
      FrameFormat format =
          frames(codec, options, container, filter.pixelFormat())
              .withSize(encoded.outputWidth(), encoded.outputHeight());
      GopPlan plan = filter.plan(gop, options, encoded);
      TimeBase base =
          new VideoSetup(encoded, plan, container, codec, format, device, notes).openEncoder();
      filter.setEncoded(base, format, profile.requiresConstantFrameRate(container));
      return new Opened(codec, options, input, Optional.of(filter), encoded, format, base, plan);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, filter);
      throw e;
    }
  }

  private static FrameFormat frames(
      CodecContext codec, VideoOptions options, Container container, int pixelFormat) {
    EncoderProfile profile = EncoderProfile.of(codec.name());
    ColorSpec color = profile.color(options, pixelFormat, container);
    // Y'CbCr passes through unchanged; where it is converted to RGB or gray it is what it usually
    // is
    ColorSpec usual = PixelFormat.isYuv(pixelFormat) ? color : ColorSpec.BT709_LIMITED;
    return new FrameFormat(
        pixelFormat,
        options.width(),
        options.height(),
        color,
        options.color().orElse(usual),
        profile.chromaLocation(pixelFormat),
        options.alpha().orElse(AlphaMode.DROP),
        options.background());
  }

  /** A depth that is only preferred is lost where a bit depth would be refused. */
  private void noteDepth() {
    int wanted = options.preferredBitDepth().orElse(0);
    int depth = PixelFormat.descriptor(format.pixelFormat()).comp(0).depth();
    boolean chosen = options.bitDepth().isPresent() || options.pixelFormat().isPresent();
    if (depth < wanted && !chosen) {
      notes.add(
          wanted
              + " bits per component are not kept: "
              + profile.encoder()
              + " encodes "
              + PixelFormat.name(format.pixelFormat())
              + ", with "
              + depth);
    }
  }

  private void checkAlpha() {
    if (!profile.putsAlphaBeside() || !PixelFormat.hasAlpha(format.pixelFormat())) {
      return;
    }
    for (Container member : container.members()) {
      if (!member.storesSideDataOfPackets()) {
        throw new IllegalArgumentException(
            PixelFormat.name(format.pixelFormat())
                + ": "
                + member
                + " cannot store the alpha of "
                + profile.encoder()
                + "; webm and mkv can");
      }
    }
  }

  /** Returns the unit of its times. */
  private TimeBase openEncoder() throws EncoderException {
    TimeBase timeBase = profile.timeBase(options, container);
    profile.checkSize(format.pixelFormat(), format.width(), format.height(), device.onDevice());
    AVCodecContext context = codec.struct();
    format(context, timeBase);
    for (Container member : container.members()) {
      new TagNotes(profile, member, options, format, notes.in(member.output())).add();
    }
    noteDepth();
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
            profile.libraryParameters(),
            profile.ranges(options, format.pixelFormat())));
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
    return timeBase;
  }

  private void openCodec() throws EncoderException {
    LogPosition before = LogPosition.here();
    try {
      if (profile.changesThread()) {
        codec.openApart();
      } else {
        codec.open();
      }
    } catch (EncoderException e) {
      requireParameters(before);
      if (!device.onDevice()) {
        OpenRefusal.check(e, profile.encoder(), options, settings());
      }
      throw e;
    }
    requireParameters(before);
  }

  private String settings() {
    return format.width()
        + "x"
        + format.height()
        + " at "
        + options.frameRate()
        + " frames a second in "
        + PixelFormat.name(format.pixelFormat())
        + " with these settings";
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
    if (options.sampleAspectRatio().isPresent()) {
      SampleAspectRatio ratio = options.sampleAspectRatio().get();
      context.sample_aspect_ratio().num(ratio.numerator()).den(ratio.denominator());
    }
    if (options.hdr().isPresent()) {
      HdrSideData.add(context, options.hdr().get());
    }
    if (options.fieldOrder().isInterlaced()) {
      context.field_order(options.fieldOrder() == FieldOrder.TOP_FIRST ? AV_FIELD_TT : AV_FIELD_BB);
      context.flags(context.flags() | profile.interlacedFlags());
    }
  }
}
