package io.reelmux.demos.transcode.decode;

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
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

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
 * The format in which decoded frames are passed on. Common Y'CbCr formats stay as they are; others
 * are converted to the nearest common one, Y'CbCr to Y'CbCr and RGB to RGB, so that no color matrix
 * is involved.
 *
 * @param pixelFormat FFmpeg's AVPixelFormat
 * @param layout the same for Reelmux
 * @param converted whether the decoder produces another format
 */
public record FrameFormat(int pixelFormat, PixelLayout layout, boolean converted) {

  private static final Map<Integer, PixelLayout> UNCONVERTED =
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
   * Returns the format for frames of a decoder.
   *
   * @param decoded FFmpeg's AVPixelFormat
   */
  public static FrameFormat of(int decoded) {
    PixelLayout layout = UNCONVERTED.get(decoded);
    return layout == null ? nearest(decoded) : new FrameFormat(decoded, layout, false);
  }

  private static FrameFormat nearest(int decoded) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(decoded);
    boolean rgb =
        format == null
            || (format.flags() & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0
            || format.nb_components() < 3;
    if (rgb) {
      return new FrameFormat(AV_PIX_FMT_RGB24, PixelLayout.RGB24, true);
    }
    return format.comp(0).depth() > 8
        ? new FrameFormat(AV_PIX_FMT_YUV420P10LE, PixelLayout.I420_10, true)
        : new FrameFormat(AV_PIX_FMT_YUV420P, PixelLayout.I420, true);
  }

  /**
   * Returns a view of a decoded frame.
   *
   * @param frame in this format
   * @return refers to the memory of the AVFrame
   */
  public VideoFrame view(AVFrame frame) {
    List<ByteBuffer> planes = new ArrayList<>();
    int[] strides = new int[layout.planeCount()];
    for (int plane = 0; plane < strides.length; plane++) {
      strides[plane] = frame.linesize(plane);
      int rows = layout.planeHeight(plane, frame.height());
      int bytes = strides[plane] * (rows - 1) + layout.rowBytes(plane, frame.width());
      planes.add(frame.data(plane).capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    return VideoFrame.of(layout, frame.width(), frame.height(), planes, strides);
  }
}
