package io.reelmux.ffmpeg.internal.packet;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_bits_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_BT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_PROGRESSIVE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_TT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NONE;

import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SampleAspectRatio;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Translates between the caller's description of a stream and FFmpeg's. */
public final class StreamDescriptions {

  private StreamDescriptions() {}

  /** Describes a stream to the caller; language, title and dispositions are left to be added. */
  public static PacketStreamInfo.Builder describe(
      StreamKind kind, StreamParameters stream, TimeBase timeBase, Optional<FrameRate> rate)
      throws EncoderException {
    AVCodecParameters struct = stream.struct();
    PacketStreamInfo.Builder info =
        PacketStreamInfo.builder(kind, stream.codecName(), timeBase)
            .extradata(ByteBuffer.wrap(stream.extradata()))
            .parameterSets(parameterSets(stream))
            .bitRate(Math.min(Integer.MAX_VALUE, Math.max(0, struct.bit_rate())));
    if (struct.profile() >= 0) {
      info.profile(struct.profile());
    }
    if (struct.level() >= 0) {
      info.level(struct.level());
    }
    if (kind == StreamKind.VIDEO) {
      info.size(struct.width(), struct.height());
      ColorTags.of(struct).toSpec().ifPresent(info::color);
      sampleAspectRatio(struct.sample_aspect_ratio()).ifPresent(info::sampleAspectRatio);
      fieldOrder(struct.field_order()).ifPresent(info::fieldOrder);
      if (struct.format() != AV_PIX_FMT_NONE) {
        info.format(Av.string(av_get_pix_fmt_name(struct.format())));
      }
    } else if (kind == StreamKind.AUDIO) {
      info.audio(struct.sample_rate(), struct.ch_layout().nb_channels())
          .channelLayout(NativeChannelLayout.describe(struct.ch_layout()))
          .frameSize(Math.max(0, struct.frame_size()))
          .initialPadding(Math.max(0, struct.initial_padding()));
      if (struct.format() != AV_SAMPLE_FMT_NONE) {
        info.format(Av.string(av_get_sample_fmt_name(struct.format())));
      }
    }
    rate.ifPresent(info::frameRate);
    CodecString.of(stream, rate).ifPresent(info::codecString);
    stream
        .sideData()
        .forEach(
            (number, data) ->
                SideDataTypes.type(number)
                    .ifPresent(type -> info.sideData(type, ByteBuffer.wrap(data))));
    return info;
  }

  /** Returns the shape of pixels; empty if it is not stated, or impossible. */
  public static Optional<SampleAspectRatio> sampleAspectRatio(AVRational ratio) {
    boolean possible =
        ratio.num() > 0
            && ratio.num() <= SampleAspectRatio.MAX
            && ratio.den() > 0
            && ratio.den() <= SampleAspectRatio.MAX;
    return possible
        ? Optional.of(SampleAspectRatio.of(ratio.num(), ratio.den()))
        : Optional.empty();
  }

  /** Returns the order in which fields are shown; empty if it is not stated. */
  public static Optional<FieldOrder> fieldOrder(int order) {
    return switch (order) {
      case AV_FIELD_PROGRESSIVE -> Optional.of(FieldOrder.PROGRESSIVE);
      case AV_FIELD_TT, AV_FIELD_BT -> Optional.of(FieldOrder.TOP_FIRST);
      case AV_FIELD_BB, AV_FIELD_TB -> Optional.of(FieldOrder.BOTTOM_FIRST);
      default -> Optional.empty();
    };
  }

  private static int fieldOrder(FieldOrder order) {
    return switch (order) {
      case PROGRESSIVE -> AV_FIELD_PROGRESSIVE;
      case TOP_FIRST -> AV_FIELD_TT;
      case BOTTOM_FIRST -> AV_FIELD_BB;
    };
  }

  private static List<ByteBuffer> parameterSets(StreamParameters stream) {
    byte[] extradata = stream.extradata();
    List<byte[]> sets =
        switch (stream.codecName()) {
          case "h264", "hevc" ->
              ParameterSets.find(stream.codecName(), extradata)
                  .map(ParameterSets::units)
                  .orElse(List.of(extradata));
          case "av1" ->
              Av1Sequence.in(extradata)
                  .map(header -> List.of(header.obu()))
                  .orElse(List.of(extradata));
          default -> List.of(extradata);
        };
    return sets.stream().filter(set -> set.length > 0).map(ByteBuffer::wrap).toList();
  }

  /**
   * Fills parameters by a description.
   *
   * @param extradata in the form that the container stores
   * @throws IllegalArgumentException if a name is unknown or side data does not fit
   */
  static void fill(StreamParameters target, PacketStreamInfo info, byte[] extradata)
      throws EncoderException {
    AVCodecParameters struct = target.struct();
    AVCodecDescriptor codec = codec(info);
    struct.codec_type(codec.type());
    struct.codec_id(codec.id());
    struct.bit_rate(info.bitRate());
    info.profile().ifPresent(struct::profile);
    info.level().ifPresent(struct::level);
    if (info.kind() == StreamKind.VIDEO) {
      fillVideo(struct, info);
    } else if (info.kind() == StreamKind.AUDIO) {
      fillAudio(struct, info);
    }
    target.setExtradata(extradata);
    info.sideData().forEach((type, data) -> SideDataTypes.check(type, data.remaining()));
    for (var entry : info.sideData().entrySet()) {
      target.addSideData(SideDataTypes.number(entry.getKey()), entry.getValue());
    }
  }

  private static AVCodecDescriptor codec(PacketStreamInfo info) {
    AVCodecDescriptor found = avcodec_descriptor_get_by_name(info.codec());
    if (found == null || found.isNull()) {
      throw new IllegalArgumentException(
          "unknown codec '"
              + info.codec()
              + "': name the codec as FFmpeg does, such as h264, not an encoder");
    }
    int type =
        switch (info.kind()) {
          case VIDEO -> AVMEDIA_TYPE_VIDEO;
          case AUDIO -> AVMEDIA_TYPE_AUDIO;
          case SUBTITLE -> AVMEDIA_TYPE_SUBTITLE;
        };
    if (found.type() != type) {
      throw new IllegalArgumentException(
          "codec '" + info.codec() + "' is not for streams of kind " + info.kind());
    }
    return found;
  }

  private static void fillVideo(AVCodecParameters struct, PacketStreamInfo info) {
    struct.width(info.width()).height(info.height());
    info.sampleAspectRatio()
        .ifPresent(
            ratio -> struct.sample_aspect_ratio().num(ratio.numerator()).den(ratio.denominator()));
    info.fieldOrder().ifPresent(order -> struct.field_order(fieldOrder(order)));
    if (info.format().isPresent()) {
      int format = av_get_pix_fmt(info.format().get());
      if (format == AV_PIX_FMT_NONE) {
        throw new IllegalArgumentException("unknown pixel format '" + info.format().get() + "'");
      }
      struct.format(format);
    }
    if (info.color().isPresent()) {
      int format = struct.format() == AV_PIX_FMT_NONE ? AV_PIX_FMT_YUV420P : struct.format();
      ColorTags.of(format, info.color().get(), AVCHROMA_LOC_UNSPECIFIED).applyTo(struct);
    }
  }

  private static void fillAudio(AVCodecParameters struct, PacketStreamInfo info)
      throws EncoderException {
    struct.sample_rate(info.sampleRate());
    struct.frame_size(info.frameSize());
    struct.initial_padding(info.initialPadding());
    int bits = av_get_bits_per_sample(struct.codec_id());
    struct.bits_per_coded_sample(bits);
    struct.block_align(bits * info.channels() / 8);
    if (info.format().isPresent()) {
      int format = av_get_sample_fmt(info.format().get());
      if (format == AV_SAMPLE_FMT_NONE) {
        throw new IllegalArgumentException("unknown sample format '" + info.format().get() + "'");
      }
      struct.format(format);
    }
    NativeChannelLayout.copyTo(struct.ch_layout(), info.channels(), info.channelLayout());
  }
}
