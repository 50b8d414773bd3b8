package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_CENTER;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BAYER;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PLANAR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_XYZ;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA444P16LE;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * The conversion by libzimg: colors, range, chroma subsampling and size in one pass, exact to half
 * a step, with chroma located where the encoder has it.
 */
final class Zimg {

  /**
   * One slice, on the calling thread: an encoder with threads of its own keeps the other cores
   * busy, and waking threads for slices costs more than it saves.
   */
  private static final int THREADS = 1;

  private Zimg() {}

  /**
   * Returns whether zimg reads and writes a format: true planes of 8 to 16 bits in native byte
   * order. Gray is written by {@link GrayWriter}.
   */
  static boolean handles(int format) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    long flags = descriptor.flags();
    int components = descriptor.nb_components();
    long unwanted =
        AV_PIX_FMT_FLAG_BE
            | AV_PIX_FMT_FLAG_PAL
            | AV_PIX_FMT_FLAG_BITSTREAM
            | AV_PIX_FMT_FLAG_HWACCEL
            | AV_PIX_FMT_FLAG_BAYER
            | AV_PIX_FMT_FLAG_FLOAT
            | AV_PIX_FMT_FLAG_XYZ;
    if ((flags & unwanted) != 0 || components < 3) {
      return false;
    }
    for (int component = 0; component < components; component++) {
      int depth = descriptor.comp(component).depth();
      boolean plain =
          depth >= 8
              && depth <= 16
              && descriptor.comp(component).shift() == 0
              && descriptor.comp(component).step() == (depth + 7) / 8;
      if (!plain) {
        return false;
      }
    }
    // exotic subsampling (4:1:1, 4:4:0) is converted in 8 bits only, bit-packed formats are not
    boolean exotic = descriptor.log2_chroma_h() == 1 && descriptor.log2_chroma_w() == 0;
    boolean deep = descriptor.comp(0).depth() > 8;
    return (flags & AV_PIX_FMT_FLAG_PLANAR) != 0 && !(exotic && deep);
  }

  /** Returns the format nearest to another that zimg writes; a change of pixel format follows. */
  static int nearest(int format) {
    if (handles(format)) {
      return format;
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    int depth = descriptor.comp(0).depth();
    boolean alpha = PixelFormat.hasAlpha(format);
    if (!PixelFormat.isYuv(format)) {
      return depth > 8
          ? withAlpha(alpha, AV_PIX_FMT_GBRAP16LE, AV_PIX_FMT_GBRP16LE)
          : withAlpha(alpha, AV_PIX_FMT_GBRAP, AV_PIX_FMT_GBRP);
    }
    if (descriptor.log2_chroma_h() == 1 && descriptor.log2_chroma_w() == 1) {
      return depth > 8
          ? withDepth(depth, AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV420P16LE)
          : withAlpha(alpha, AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUV420P);
    }
    if (descriptor.log2_chroma_w() == 1) {
      return depth > 8
          ? withDepth(depth, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUV422P16LE)
          : withAlpha(alpha, AV_PIX_FMT_YUVA422P, AV_PIX_FMT_YUV422P);
    }
    return depth > 8
        ? withAlpha(alpha, AV_PIX_FMT_YUVA444P16LE, AV_PIX_FMT_YUV444P16LE)
        : withAlpha(alpha, AV_PIX_FMT_YUVA444P, AV_PIX_FMT_YUV444P);
  }

  private static int withDepth(int depth, int ten, int more) {
    return depth == 10 ? ten : more;
  }

  private static int withAlpha(boolean alpha, int with, int without) {
    return alpha ? with : without;
  }

  /** One side of a conversion. */
  record Side(int format, int width, int height, int matrix, int range) {

    /** Returns frames as the encoder accepts them, or RGB where the format is RGB. */
    static Side of(int format, int width, int height, FrameFormat video) {
      ColorTags tags = ColorTags.of(format, video.color(), video.chromaLocation());
      return new Side(format, width, height, tags.matrix(), tags.range());
    }

    /** Whether there is nothing to convert; the record's own {@code equals} is linked slowly. */
    boolean isSame(Side other) {
      return format == other.format
          && width == other.width
          && height == other.height
          && matrix == other.matrix
          && range == other.range;
    }
  }

  /**
   * Creates a graph from one side to the other.
   *
   * @param chromaLocation AVChromaLocation of subsampled frames on either side
   */
  static FilterGraph graph(Side from, Side to, int chromaLocation) throws EncoderException {
    String input =
        "video_size="
            + (from.width + "x" + from.height)
            + (":pix_fmt=" + from.format)
            + ":time_base=1/1"
            + (":colorspace=" + from.matrix)
            + (":range=" + from.range);
    boolean scaled = from.width != to.width || from.height != to.height;
    String chroma = chromaLocation == AVCHROMA_LOC_CENTER ? "center" : "left";
    // without scaling only chroma is filtered, and bilinear places it right
    String filter = scaled ? "bicubic" : "bilinear";
    String range = to.range == AVCOL_RANGE_JPEG ? "full" : "limited";
    String scale =
        ("w=" + to.width + ":h=" + to.height)
            + (":f=" + filter)
            + (":m=" + to.matrix + ":r=" + range)
            + (":c=" + chroma + ":cin=" + chroma);
    return FilterGraph.chain(
        input,
        List.of(
            new FilterGraph.Step("zscale", scale),
            new FilterGraph.Step("format", "pix_fmts=" + PixelFormat.name(to.format))),
        THREADS);
  }
}
