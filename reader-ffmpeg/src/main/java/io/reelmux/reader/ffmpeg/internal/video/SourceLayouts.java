package io.reelmux.reader.ffmpeg.internal.video;

import static io.reelmux.PixelLayout.ABGR;
import static io.reelmux.PixelLayout.ARGB;
import static io.reelmux.PixelLayout.BGR24;
import static io.reelmux.PixelLayout.BGRA;
import static io.reelmux.PixelLayout.GRAY16;
import static io.reelmux.PixelLayout.GRAY8;
import static io.reelmux.PixelLayout.GRAY_F32;
import static io.reelmux.PixelLayout.I420;
import static io.reelmux.PixelLayout.I420_10;
import static io.reelmux.PixelLayout.I422;
import static io.reelmux.PixelLayout.I422_10;
import static io.reelmux.PixelLayout.I444;
import static io.reelmux.PixelLayout.I444_10;
import static io.reelmux.PixelLayout.NV12;
import static io.reelmux.PixelLayout.NV21;
import static io.reelmux.PixelLayout.P010;
import static io.reelmux.PixelLayout.RGB24;
import static io.reelmux.PixelLayout.RGB48;
import static io.reelmux.PixelLayout.RGB48_PLANAR;
import static io.reelmux.PixelLayout.RGBA;
import static io.reelmux.PixelLayout.RGBA64;
import static io.reelmux.PixelLayout.RGBA_F32;
import static io.reelmux.PixelLayout.RGB_F32;
import static io.reelmux.PixelLayout.RGB_PLANAR;
import static io.reelmux.PixelLayout.RGB_PLANAR_F32;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PLANAR;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * The layouts of decoded frames that are not converted. A format that no layout has is read in the
 * nearest that holds it: chroma of 4:4:0 and 4:1:1 is interpolated to 4:4:4, 9 bits become 10, and
 * what has alpha, or more than 10 bits, becomes R'G'B' of 8 or 16 bits, where colors beyond R'G'B'
 * are clipped.
 */
final class SourceLayouts {
  private static final int BYTE = 8;
  private static final int TEN = 10;

  /** The formats whose memory is that of a layout. */
  private static final Map<String, PixelLayout> SAME =
      Map.ofEntries(
          Map.entry("yuv420p", I420),
          Map.entry("yuvj420p", I420),
          Map.entry("yuv422p", I422),
          Map.entry("yuvj422p", I422),
          Map.entry("yuv444p", I444),
          Map.entry("yuvj444p", I444),
          Map.entry("nv12", NV12),
          Map.entry("nv21", NV21),
          Map.entry("p010le", P010),
          Map.entry("yuv420p10le", I420_10),
          Map.entry("yuv422p10le", I422_10),
          Map.entry("yuv444p10le", I444_10),
          Map.entry("gbrp", RGB_PLANAR),
          Map.entry("gbrp16le", RGB48_PLANAR),
          Map.entry("gbrpf32le", RGB_PLANAR_F32),
          Map.entry("rgb24", RGB24),
          Map.entry("bgr24", BGR24),
          Map.entry("rgba", RGBA),
          Map.entry("bgra", BGRA),
          Map.entry("argb", ARGB),
          Map.entry("abgr", ABGR),
          Map.entry("rgb48le", RGB48),
          Map.entry("rgba64le", RGBA64),
          Map.entry("rgbf32le", RGB_F32),
          Map.entry("gray", GRAY8),
          Map.entry("gray16le", GRAY16),
          Map.entry("grayf32le", GRAY_F32));

  private SourceLayouts() {}

  /** Returns the layout of frames of a pixel format. */
  static PixelLayout of(int format) {
    PixelLayout same = SAME.get(PixelFormat.name(format));
    if (same != null) {
      return same;
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    boolean alpha = Formats.hasAlpha(format);
    int depth = Formats.isRgb(format) && depthless(descriptor) ? BYTE : Formats.depth(format);
    if ((descriptor.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0) {
      return floats(format, alpha);
    }
    if (alpha) {
      return depth > BYTE ? RGBA64 : RGBA;
    }
    if (PixelFormat.isGray(format)) {
      return depth > BYTE ? GRAY16 : GRAY8;
    }
    boolean planar = (descriptor.flags() & AV_PIX_FMT_FLAG_PLANAR) != 0;
    if (!PixelFormat.isYuv(format)) {
      PixelLayout deep = planar ? RGB48_PLANAR : RGB48;
      return depth > BYTE ? deep : RGB24;
    }
    return depth > TEN ? RGB48_PLANAR : yuv(descriptor, depth > BYTE);
  }

  /**
   * Returns a note if frames of a format are not what they were in the layout that is chosen for
   * them: Y'CbCr that becomes R'G'B', or whose chroma is interpolated, does not come back exactly.
   */
  static Optional<String> loss(int format) {
    PixelLayout layout = of(format);
    if (!PixelFormat.isYuv(format) || isLike(PixelFormat.descriptor(format), layout)) {
      return Optional.empty();
    }
    return Optional.of(
        "frames of %s are converted to %s, because no layout is like it: the values change a little"
            .formatted(PixelFormat.name(format), layout));
  }

  private static boolean isLike(AVPixFmtDescriptor format, PixelLayout layout) {
    return layout.isYuv()
        && layout.chromaColumns() == 1 << format.log2_chroma_w()
        && layout.chromaRows() == 1 << format.log2_chroma_h();
  }

  /** Palettes have indices instead of components. */
  private static boolean depthless(AVPixFmtDescriptor descriptor) {
    return descriptor.nb_components() < 3;
  }

  private static PixelLayout floats(int format, boolean alpha) {
    if (PixelFormat.isGray(format)) {
      return alpha ? RGBA_F32 : GRAY_F32;
    }
    return alpha ? RGBA_F32 : RGB_PLANAR_F32;
  }

  private static PixelLayout yuv(AVPixFmtDescriptor descriptor, boolean deep) {
    int x = descriptor.log2_chroma_w();
    int y = descriptor.log2_chroma_h();
    if (x == 1 && y == 1) {
      return deep ? I420_10 : I420;
    }
    if (x == 1 && y == 0) {
      return deep ? I422_10 : I422;
    }
    return deep ? I444_10 : I444;
  }
}
