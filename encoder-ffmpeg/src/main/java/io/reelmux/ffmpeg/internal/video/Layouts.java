package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ARGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV21;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P10BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;

import io.reelmux.PixelLayout;
import java.nio.ByteOrder;

/** FFmpeg's pixel formats for the layouts of the API. */
final class Layouts {
  private static final int[] ONE = {0};
  private static final int[] IN_ORDER = {0, 1, 2};

  /** FFmpeg keeps planar RGB as G, B, R. */
  private static final int[] GBR = {1, 2, 0};

  /** Gray becomes R = G = B. */
  private static final int[] THRICE = {0, 0, 0};

  private static final int[] SEMI_PLANAR = {0, 1};

  private Layouts() {}

  /**
   * The steps that load a layout.
   *
   * @param format pixel format of the memory as the caller wrote it
   * @param target the format passed on to the conversion
   * @param planes the caller's plane for each plane of {@code format}
   */
  @SuppressWarnings("ArrayRecordComponent") // constants, never compared
  record Loading(int format, int target, int[] planes) {

    /** Returns whether the layout is packed 8-bit RGB. */
    boolean isPackedBytes() {
      return planes.length == 1 && target != format && bytes();
    }

    private boolean bytes() {
      return target == AV_PIX_FMT_GBRP || target == AV_PIX_FMT_GBRAP;
    }
  }

  /**
   * Returns how a layout is loaded.
   *
   * @param order byte order of the caller's 16-bit components
   * @param keepAlpha whether alpha is passed on
   */
  static Loading of(PixelLayout layout, ByteOrder order, boolean keepAlpha) {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    int planar = keepAlpha ? AV_PIX_FMT_GBRAP : AV_PIX_FMT_GBRP;
    int planar16 = keepAlpha ? AV_PIX_FMT_GBRAP16LE : AV_PIX_FMT_GBRP16LE;
    return switch (layout) {
      case RGB24 -> new Loading(AV_PIX_FMT_RGB24, AV_PIX_FMT_GBRP, ONE);
      case BGR24 -> new Loading(AV_PIX_FMT_BGR24, AV_PIX_FMT_GBRP, ONE);
      case RGBA -> new Loading(AV_PIX_FMT_RGBA, planar, ONE);
      case BGRA, BGRA_PRE -> new Loading(AV_PIX_FMT_BGRA, planar, ONE);
      case ARGB -> new Loading(AV_PIX_FMT_ARGB, planar, ONE);
      case ABGR -> new Loading(AV_PIX_FMT_ABGR, planar, ONE);
      case RGB_PLANAR -> new Loading(AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRP, GBR);
      case GRAY8 -> new Loading(AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRP, THRICE);
      case GRAY16 ->
          new Loading(big ? AV_PIX_FMT_GBRP16BE : AV_PIX_FMT_GBRP16LE, AV_PIX_FMT_GBRP16LE, THRICE);
      case RGB48 ->
          new Loading(big ? AV_PIX_FMT_RGB48BE : AV_PIX_FMT_RGB48LE, AV_PIX_FMT_GBRP16LE, ONE);
      case RGB48_PLANAR ->
          new Loading(big ? AV_PIX_FMT_GBRP16BE : AV_PIX_FMT_GBRP16LE, AV_PIX_FMT_GBRP16LE, GBR);
      case RGBA64 -> new Loading(big ? AV_PIX_FMT_RGBA64BE : AV_PIX_FMT_RGBA64LE, planar16, ONE);
      case I420 -> new Loading(AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, IN_ORDER);
      case I422 -> new Loading(AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV422P, IN_ORDER);
      case I444 -> new Loading(AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUV444P, IN_ORDER);
      case NV12 -> new Loading(AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P, SEMI_PLANAR);
      case NV21 -> new Loading(AV_PIX_FMT_NV21, AV_PIX_FMT_YUV420P, SEMI_PLANAR);
      case P010 ->
          new Loading(
              big ? AV_PIX_FMT_P010BE : AV_PIX_FMT_P010LE, AV_PIX_FMT_YUV420P10LE, SEMI_PLANAR);
      case I420_10 ->
          new Loading(
              big ? AV_PIX_FMT_YUV420P10BE : AV_PIX_FMT_YUV420P10LE,
              AV_PIX_FMT_YUV420P10LE,
              IN_ORDER);
      case I422_10 ->
          new Loading(
              big ? AV_PIX_FMT_YUV422P10BE : AV_PIX_FMT_YUV422P10LE,
              AV_PIX_FMT_YUV422P10LE,
              IN_ORDER);
      case I444_10 ->
          new Loading(
              big ? AV_PIX_FMT_YUV444P10BE : AV_PIX_FMT_YUV444P10LE,
              AV_PIX_FMT_YUV444P10LE,
              IN_ORDER);
      case RGB_F32, RGBA_F32, GRAY_F32, RGB_PLANAR_F32, RGB_PLANAR_F16 ->
          of(loaded(layout), ByteOrder.LITTLE_ENDIAN, keepAlpha);
    };
  }

  /** Returns how gray values are loaded as gray, of full range. */
  static Loading gray(PixelLayout layout, ByteOrder order) {
    return switch (layout) {
      case GRAY8 -> new Loading(AV_PIX_FMT_GRAY8, AV_PIX_FMT_GRAY8, ONE);
      case GRAY16 ->
          new Loading(
              order == ByteOrder.BIG_ENDIAN ? AV_PIX_FMT_GRAY16BE : AV_PIX_FMT_GRAY16LE,
              AV_PIX_FMT_GRAY16LE,
              ONE);
      case GRAY_F32 -> gray(PixelLayout.GRAY16, ByteOrder.LITTLE_ENDIAN);
      default -> throw new IllegalArgumentException(layout + " is not gray");
    };
  }

  /** Returns the layout of our copy of a frame: floats are copied as 16-bit codes. */
  static PixelLayout loaded(PixelLayout layout) {
    return switch (layout) {
      case RGB_F32 -> PixelLayout.RGB48;
      case RGBA_F32 -> PixelLayout.RGBA64;
      case GRAY_F32 -> PixelLayout.GRAY16;
      case RGB_PLANAR_F32, RGB_PLANAR_F16 -> PixelLayout.RGB48_PLANAR;
      default -> layout;
    };
  }
}
