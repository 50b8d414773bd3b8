package io.reelmux.ffmpeg.internal.video;

import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.spi.FrameFormat;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Where a frame is shown in the encoded frame: whole chroma samples.
 *
 * @param x column of the corner
 * @param y row of the corner
 * @param width pixels
 * @param height pixels
 */
record Placement(int x, int y, int width, int height) {

  /** The whole encoded frame. */
  static Placement whole(FrameFormat format) {
    return new Placement(0, 0, format.width(), format.height());
  }

  /** Where a frame is shown; its aspect ratio is kept by {@link Fit#CONTAIN} only. */
  static Placement of(VideoFrame frame, FrameFormat format, Fit fit) {
    if (fit != Fit.CONTAIN) {
      return whole(format);
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format.pixelFormat());
    int unitX = 1 << descriptor.log2_chroma_w();
    int unitY = 1 << descriptor.log2_chroma_h();
    int width = format.width();
    int height = format.height();
    if (isWider(frame, format)) {
      height = rounded((double) width * frame.height() / frame.width(), unitY, height);
    } else {
      width = rounded((double) height * frame.width() / frame.height(), unitX, width);
    }
    int x = (format.width() - width) / 2 / unitX * unitX;
    int y = (format.height() - height) / 2 / unitY * unitY;
    return new Placement(x, y, width, height);
  }

  /** Returns the middle of a frame, in the aspect ratio of the encoded frame. */
  static VideoFrame cover(VideoFrame frame, FrameFormat format) {
    int width = frame.width();
    int height = frame.height();
    PixelLayout layout = frame.layout();
    if (isWider(frame, format)) {
      width =
          rounded(
              (double) height * format.width() / format.height(), layout.chromaColumns(), width);
    } else {
      height =
          rounded((double) width * format.height() / format.width(), layout.chromaRows(), height);
    }
    if (width == frame.width() && height == frame.height()) {
      return frame;
    }
    int x = (frame.width() - width) / 2 / layout.chromaColumns() * layout.chromaColumns();
    int y = (frame.height() - height) / 2 / layout.chromaRows() * layout.chromaRows();
    return frame.withCrop(x, y, width, height);
  }

  private static boolean isWider(VideoFrame frame, FrameFormat format) {
    return (long) frame.width() * format.height() >= (long) format.width() * frame.height();
  }

  private static int rounded(double exact, int unit, int max) {
    long units = Math.max(1, Math.round(exact / unit));
    return (int) Math.min(max, units * unit);
  }

  /** Returns whether the encoded frame has borders. */
  boolean isPart(FrameFormat format) {
    return width != format.width() || height != format.height();
  }
}
