package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** Extends frames of true planes at the right and the bottom by repeating their edge. */
final class Padder implements AutoCloseable {
  private final DecodedFormat from;
  private final DecodedFormat to;
  private final AVPixFmtDescriptor descriptor;
  private final int planes;
  private final Frame padded;
  private final FramePlanes paddedPlanes;
  private final KnownPlanes sourcePlanes = new KnownPlanes();
  private final NativeRows source = new NativeRows();
  private final NativeRows target = new NativeRows();

  Padder(DecodedFormat from, DecodedFormat to) throws EncoderException {
    this.from = from;
    this.to = to;
    this.descriptor = PixelFormat.descriptor(from.format());
    this.planes = descriptor.nb_components();
    this.padded = Frame.video(to.format(), to.width(), to.height());
    this.paddedPlanes = new FramePlanes(padded.struct());
  }

  /** Returns the extended frame, valid until the next call. */
  AVFrame pad(AVFrame frame) throws EncoderException {
    padded.renewIfShared();
    FramePlanes framePlanes = sourcePlanes.of(frame);
    for (int plane = 0; plane < planes; plane++) {
      boolean chroma = plane == 1 || plane == 2;
      int shiftX = chroma ? descriptor.log2_chroma_w() : 0;
      int shiftY = chroma ? descriptor.log2_chroma_h() : 0;
      int step = descriptor.comp(plane).step();
      int rowBytes = ceilShift(from.width(), shiftX) * step;
      int rows = ceilShift(from.height(), shiftY);
      int paddedRowBytes = ceilShift(to.width(), shiftX) * step;
      int paddedRows = ceilShift(to.height(), shiftY);
      // planes of R'G'B' are in another order than components, but all alike
      source.of(frame, framePlanes, plane, rows, rowBytes);
      target.of(padded.struct(), paddedPlanes, plane, paddedRows, paddedRowBytes);
      for (int row = 0; row < paddedRows; row++) {
        copyRow(Math.min(row, rows - 1), row, rowBytes, paddedRowBytes, step);
      }
    }
    to.applyTo(padded.struct());
    return padded.struct();
  }

  private void copyRow(int row, int paddedRow, int rowBytes, int paddedRowBytes, int step) {
    ByteBuffer to = target.bytes();
    int start = target.offset(paddedRow);
    to.put(start, source.bytes(), source.offset(row), rowBytes);
    for (int at = rowBytes; at < paddedRowBytes; at++) {
      to.put(start + at, to.get(start + at - step));
    }
  }

  private static int ceilShift(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }

  @Override
  public void close() {
    padded.close();
  }
}
