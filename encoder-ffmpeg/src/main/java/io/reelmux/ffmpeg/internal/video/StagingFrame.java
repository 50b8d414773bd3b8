package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Repacker;
import io.reelmux.spi.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A frame in padded, aligned native memory that Java code can write to. The JVM copies the caller's
 * pixels to here and nowhere else: native code never sees the caller's memory, so it cannot read
 * past its end.
 */
final class StagingFrame implements AutoCloseable {
  private final Frame frame;
  private final int planes;
  private final @Nullable ByteBuffer[] views = new ByteBuffer[4];

  /** Allocates a frame. */
  StagingFrame(int pixelFormat, int width, int height) throws EncoderException {
    this(pixelFormat, Frame.video(pixelFormat, width, height));
  }

  private StagingFrame(int pixelFormat, Frame frame) {
    this.planes = PixelFormat.planeCount(pixelFormat);
    this.frame = frame;
    try {
      mapViews();
    } catch (RuntimeException | Error e) {
      NativeScope.closeAfter(e, frame);
      throw e;
    }
  }

  /**
   * Allocates a frame that a {@link Repacker} may read and write.
   *
   * @param unit memory is allocated for a multiple of this many rows
   */
  static StagingFrame padded(int pixelFormat, int width, int height, int unit)
      throws EncoderException {
    int rows = Math.addExact(height, unit - 1) / unit * unit;
    return new StagingFrame(pixelFormat, Repacker.frame(pixelFormat, width, height, rows));
  }

  private void mapViews() {
    AVFrame struct = frame.struct();
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(struct.format());
    for (int plane = 0; plane < planes; plane++) {
      boolean chroma = plane == 1 || plane == 2;
      int shift = chroma ? descriptor.log2_chroma_h() : 0;
      int rows = (struct.height() + (1 << shift) - 1) >> shift;
      long bytes = (long) struct.linesize(plane) * rows;
      views[plane] =
          struct.data(plane).capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /**
   * Allocates new memory if an encoder or a filter still holds the old.
   *
   * @return whether the memory has changed
   */
  boolean makeWritable() throws EncoderException {
    boolean renewed = frame.renewIfShared();
    if (renewed) {
      mapViews();
    }
    return renewed;
  }

  /** Copies rows of one of the caller's planes into one of ours, from our first row on. */
  void copyRows(VideoFrame source, int sourcePlane, int row, int rows, int plane) {
    HostMemory.copyRows(source, sourcePlane, row, rows, view(plane), 0, stride(plane));
  }

  int planes() {
    return planes;
  }

  ByteBuffer view(int plane) {
    ByteBuffer view = views[plane];
    if (view == null) {
      throw new IllegalStateException("no plane " + plane);
    }
    return view;
  }

  int stride(int plane) {
    return frame.struct().linesize(plane);
  }

  AVFrame struct() {
    return frame.struct();
  }

  @Override
  public void close() {
    frame.close();
  }
}
