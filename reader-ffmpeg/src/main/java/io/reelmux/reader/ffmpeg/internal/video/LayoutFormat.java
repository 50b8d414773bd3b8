package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ARGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAPF32LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRPF32LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAYF32LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV21;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;

import io.reelmux.PixelLayout;

/**
 * FFmpeg's formats for a layout.
 *
 * @param memory the format whose planes are those of the layout; AV_PIX_FMT_NONE if FFmpeg has none
 * @param planar the format that zimg writes on the way there
 * @param planarAlpha the same of frames with alpha, if the layout has it
 * @param planes the plane of {@code memory} for each plane of the layout
 */
@SuppressWarnings("ArrayRecordComponent") // constants, never compared
record LayoutFormat(int memory, int planar, int planarAlpha, int[] planes) {
  private static final int[] IN_ORDER = {0, 1, 2};

  /** FFmpeg keeps planar RGB as G, B, R. */
  private static final int[] GBR = {2, 0, 1};

  /** Returns the formats of a layout that is not premultiplied. */
  static LayoutFormat of(PixelLayout layout) {
    return switch (layout) {
      case RGB24 -> bytes(AV_PIX_FMT_RGB24);
      case BGR24 -> bytes(AV_PIX_FMT_BGR24);
      case RGBA -> bytesWithAlpha(AV_PIX_FMT_RGBA);
      case BGRA, BGRA_PRE -> bytesWithAlpha(AV_PIX_FMT_BGRA);
      case ARGB -> bytesWithAlpha(AV_PIX_FMT_ARGB);
      case ABGR -> bytesWithAlpha(AV_PIX_FMT_ABGR);
      case RGB_PLANAR -> planar(AV_PIX_FMT_GBRP, GBR);
      case GRAY8 -> planar(AV_PIX_FMT_GRAY8, IN_ORDER);
      case GRAY16 -> planar(AV_PIX_FMT_GRAY16LE, IN_ORDER);
      case GRAY_F32 -> planar(AV_PIX_FMT_GRAYF32LE, IN_ORDER);
      case RGB48 ->
          new LayoutFormat(AV_PIX_FMT_RGB48LE, AV_PIX_FMT_GBRP16LE, AV_PIX_FMT_GBRP16LE, IN_ORDER);
      case RGB48_PLANAR -> planar(AV_PIX_FMT_GBRP16LE, GBR);
      case RGBA64 ->
          new LayoutFormat(
              AV_PIX_FMT_RGBA64LE, AV_PIX_FMT_GBRP16LE, AV_PIX_FMT_GBRAP16LE, IN_ORDER);
      case I420 -> planar(AV_PIX_FMT_YUV420P, IN_ORDER);
      case NV12 -> yuv(AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P);
      case NV21 -> yuv(AV_PIX_FMT_NV21, AV_PIX_FMT_YUV420P);
      case I422 -> planar(AV_PIX_FMT_YUV422P, IN_ORDER);
      case I444 -> planar(AV_PIX_FMT_YUV444P, IN_ORDER);
      case P010 -> yuv(AV_PIX_FMT_P010LE, AV_PIX_FMT_YUV420P10LE);
      case I420_10 -> planar(AV_PIX_FMT_YUV420P10LE, IN_ORDER);
      case I422_10 -> planar(AV_PIX_FMT_YUV422P10LE, IN_ORDER);
      case I444_10 -> planar(AV_PIX_FMT_YUV444P10LE, IN_ORDER);
      case RGBA_F32 -> floats(AV_PIX_FMT_GBRPF32LE, AV_PIX_FMT_GBRAPF32LE);
      case RGB_F32, RGB_PLANAR_F32, RGB_PLANAR_F16 ->
          floats(AV_PIX_FMT_GBRPF32LE, AV_PIX_FMT_GBRPF32LE);
    };
  }

  private static LayoutFormat bytes(int memory) {
    return new LayoutFormat(memory, AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRP, IN_ORDER);
  }

  private static LayoutFormat bytesWithAlpha(int memory) {
    return new LayoutFormat(memory, AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRAP, IN_ORDER);
  }

  private static LayoutFormat planar(int memory, int[] planes) {
    return new LayoutFormat(memory, memory, memory, planes);
  }

  private static LayoutFormat yuv(int memory, int planar) {
    return new LayoutFormat(memory, planar, planar, IN_ORDER);
  }

  /** Floats may be beyond 0 to 1 in every format, so that none is copied as it is. */
  private static LayoutFormat floats(int planar, int planarAlpha) {
    return new LayoutFormat(AV_PIX_FMT_NONE, planar, planarAlpha, GBR);
  }

  /** Returns what zimg writes. */
  int planar(boolean alpha) {
    return alpha ? planarAlpha : planar;
  }
}
