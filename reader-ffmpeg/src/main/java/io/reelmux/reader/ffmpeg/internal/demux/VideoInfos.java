package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.HdrMetadata;
import io.reelmux.SampleAspectRatio;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.SideData;
import io.reelmux.ffmpeg.internal.packet.StreamDescriptions;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.VideoInfo;
import io.reelmux.spi.Orientation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Describes video streams to the caller. */
final class VideoInfos {

  private VideoInfos() {}

  static VideoInfo of(StreamFacts facts, AVStream stream, FirstFrame firstFrame)
      throws IOException {
    AVCodecParameters parameters = stream.codecpar();
    Map<Integer, byte[]> sideData =
        SideData.read(parameters.coded_side_data(), parameters.nb_coded_side_data());
    Orientation orientation = Orientation.of(sideData.get(AV_PKT_DATA_DISPLAYMATRIX));
    int width = Math.max(0, parameters.width());
    int height = Math.max(0, parameters.height());
    boolean turned = orientation.rotation() % 180 != 0;
    int format = parameters.format();
    boolean known = format != AV_PIX_FMT_NONE;
    Colors colors = Colors.of(parameters, format, height);
    int depth = known ? PixelFormat.descriptor(format).comp(0).depth() : 0;
    Optional<HdrMetadata> hdr =
        HdrReader.of(
            sideData.get(AV_PKT_DATA_MASTERING_DISPLAY_METADATA),
            sideData.get(AV_PKT_DATA_CONTENT_LIGHT_LEVEL));
    if (hdr.isEmpty() && mayBeHdr(parameters, depth)) {
      hdr = firstFrame.hdr(stream);
    }
    Optional<FrameRate> rate = frameRate(stream);
    return new VideoInfo(
        facts,
        turned ? height : width,
        turned ? width : height,
        width,
        height,
        sampleAspectRatio(stream).orElse(SampleAspectRatio.of(1, 1)),
        orientation.rotation(),
        orientation.flipped(),
        known ? Av.string(av_get_pix_fmt_name(format)) : "none",
        depth,
        (known && PixelFormat.hasAlpha(format)) || Decoders.hasAlpha(stream),
        colors.spec(),
        colors.guessed(),
        hdr,
        StreamDescriptions.fieldOrder(parameters.field_order()).orElse(FieldOrder.PROGRESSIVE),
        rate,
        rate.isPresent() && !same(stream.avg_frame_rate(), stream.r_frame_rate()),
        stream.nb_frames() > 0 ? OptionalLong.of(stream.nb_frames()) : OptionalLong.empty());
  }

  /** Whether the stream is HDR by its transfer function, or does not state one and has the bits. */
  private static boolean mayBeHdr(AVCodecParameters parameters, int depth) {
    return switch (parameters.color_trc()) {
      case AVCOL_TRC_SMPTE2084, AVCOL_TRC_ARIB_STD_B67 -> true;
      case AVCOL_TRC_UNSPECIFIED -> depth > 8;
      default -> false;
    };
  }

  private static boolean same(AVRational a, AVRational b) {
    return (long) a.num() * b.den() == (long) b.num() * a.den();
  }

  /** The frame rate that the header states or the first packets have. */
  static Optional<FrameRate> frameRate(AVStream stream) {
    return rate(stream.avg_frame_rate()).or(() -> rate(stream.r_frame_rate()));
  }

  private static Optional<FrameRate> rate(AVRational rate) {
    if (rate.num() <= 0 || rate.den() <= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(FrameRate.of(rate.num(), rate.den()));
    } catch (IllegalArgumentException e) {
      // beyond what frame rates can be
      return Optional.empty();
    }
  }

  /** The shape of pixels that the file states; the container's before the codec's. */
  static Optional<SampleAspectRatio> sampleAspectRatio(AVStream stream) {
    return StreamDescriptions.sampleAspectRatio(stream.sample_aspect_ratio())
        .or(() -> StreamDescriptions.sampleAspectRatio(stream.codecpar().sample_aspect_ratio()));
  }
}
