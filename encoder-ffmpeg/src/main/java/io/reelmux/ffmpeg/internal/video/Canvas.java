package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** A frame of the encoded size, with a background on which smaller frames are placed. */
final class Canvas implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final Placement place;
  private final StagingFrame background;
  private final StagingFrame canvas;

  /**
   * Creates a canvas.
   *
   * @param pixelFormat of the frames: whole bytes
   * @param format the encoded frames
   */
  Canvas(int pixelFormat, FrameFormat format, Placement place) throws EncoderException {
    this.place = place;
    try {
      background = scope.add(new StagingFrame(pixelFormat, format.width(), format.height()));
      canvas = scope.add(new StagingFrame(pixelFormat, format.width(), format.height()));
      paint(format.withPixelFormat(pixelFormat));
      copy(background.struct(), whole(format), canvas);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static Placement whole(FrameFormat format) {
    return Placement.whole(format);
  }

  /** The background is converted as a frame of the caller's would be. */
  private void paint(FrameFormat format) throws EncoderException {
    int rgb = format.background();
    byte[] pixels = new byte[Math.multiplyExact(format.width() * format.height(), 3)];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) (rgb >> 16);
      pixels[i + 1] = (byte) (rgb >> 8);
      pixels[i + 2] = (byte) rgb;
    }
    VideoFrame frame = VideoFrame.of(PixelLayout.RGB24, format.width(), format.height(), pixels);
    try (FrameConverter converter = new FrameConverter(frame, format)) {
      copy(converter.convert(frame), whole(format), background);
    }
  }

  /** Returns a frame of the encoded size with this one in its place; valid until the next call. */
  AVFrame with(AVFrame content) throws EncoderException {
    if (canvas.makeWritable()) {
      AVFrame all = background.struct();
      copy(all, new Placement(0, 0, all.width(), all.height()), canvas);
    }
    copy(content, place, canvas);
    return canvas.struct();
  }

  private static void copy(AVFrame from, Placement place, StagingFrame to) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(to.struct().format());
    for (int plane = 0; plane < to.planes(); plane++) {
      boolean chroma = plane == 1 || plane == 2;
      int shiftX = chroma ? descriptor.log2_chroma_w() : 0;
      int shiftY = chroma ? descriptor.log2_chroma_h() : 0;
      int rows = shifted(place.height(), shiftY);
      int step = step(descriptor, plane);
      int rowBytes = shifted(place.width(), shiftX) * step;
      int left = (place.x() >> shiftX) * step;
      int top = place.y() >> shiftY;
      int stride = from.linesize(plane);
      ByteBuffer source = from.data(plane).capacity((long) stride * rows).asByteBuffer();
      ByteBuffer target = to.view(plane);
      for (int row = 0; row < rows; row++) {
        target.put((top + row) * to.stride(plane) + left, source, row * stride, rowBytes);
      }
    }
  }

  private static int shifted(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }

  /** Bytes from one pixel to the next in a plane. */
  private static int step(AVPixFmtDescriptor descriptor, int plane) {
    for (int component = 0; component < descriptor.nb_components(); component++) {
      if (descriptor.comp(component).plane() == plane) {
        return descriptor.comp(component).step();
      }
    }
    throw new IllegalStateException("no plane " + plane);
  }

  @Override
  public void close() {
    scope.close();
  }
}
