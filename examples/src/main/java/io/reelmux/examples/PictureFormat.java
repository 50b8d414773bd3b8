package io.reelmux.examples;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV21;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * In which form decoded pictures are handed on. The usual Y'CbCr formats go as they are; rarer ones
 * become the nearest usual one first, Y'CbCr staying Y'CbCr and RGB staying RGB, so that no colour
 * matrix comes in.
 *
 * @param pixelFormat FFmpeg's AVPixelFormat
 * @param layout the same for Reelmux
 * @param converted whether the decoder gives another format
 */
record PictureFormat(int pixelFormat, PixelLayout layout, boolean converted) {

  private static final Map<Integer, PixelLayout> AS_THEY_ARE =
      Map.ofEntries(
          Map.entry(AV_PIX_FMT_YUV420P, PixelLayout.I420),
          Map.entry(AV_PIX_FMT_YUVJ420P, PixelLayout.I420),
          Map.entry(AV_PIX_FMT_YUV422P, PixelLayout.I422),
          Map.entry(AV_PIX_FMT_YUVJ422P, PixelLayout.I422),
          Map.entry(AV_PIX_FMT_YUV444P, PixelLayout.I444),
          Map.entry(AV_PIX_FMT_YUVJ444P, PixelLayout.I444),
          Map.entry(AV_PIX_FMT_NV12, PixelLayout.NV12),
          Map.entry(AV_PIX_FMT_NV21, PixelLayout.NV21),
          Map.entry(AV_PIX_FMT_P010LE, PixelLayout.P010),
          Map.entry(AV_PIX_FMT_YUV420P10LE, PixelLayout.I420_10));

  /**
   * The form for pictures of a decoder.
   *
   * @param decoded FFmpeg's AVPixelFormat
   */
  static PictureFormat of(int decoded) {
    PixelLayout layout = AS_THEY_ARE.get(decoded);
    return layout == null ? nearest(decoded) : new PictureFormat(decoded, layout, false);
  }

  private static PictureFormat nearest(int decoded) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(decoded);
    boolean rgb =
        format == null
            || (format.flags() & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0
            || format.nb_components() < 3;
    if (rgb) {
      return new PictureFormat(AV_PIX_FMT_RGB24, PixelLayout.RGB24, true);
    }
    return format.comp(0).depth() > 8
        ? new PictureFormat(AV_PIX_FMT_YUV420P10LE, PixelLayout.I420_10, true)
        : new PictureFormat(AV_PIX_FMT_YUV420P, PixelLayout.I420, true);
  }

  /**
   * A view of a decoded picture.
   *
   * @param picture in this form
   * @return refers to the picture's memory
   */
  VideoFrame view(AVFrame picture) {
    List<ByteBuffer> planes = new ArrayList<>();
    int[] strides = new int[layout.planeCount()];
    for (int plane = 0; plane < strides.length; plane++) {
      strides[plane] = picture.linesize(plane);
      int rows = layout.planeHeight(plane, picture.height());
      int bytes = strides[plane] * (rows - 1) + layout.rowBytes(plane, picture.width());
      planes.add(picture.data(plane).capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    return VideoFrame.of(layout, picture.width(), picture.height(), planes, strides);
  }
}
