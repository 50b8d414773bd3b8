package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;

import io.reelmux.AlphaMode;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Scaler;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Converts the caller's frames of one layout to frames that the encoder accepts: load, zimg where
 * colors or size change, a change of pixel format where zimg does not write the encoder's.
 */
final class FrameConverter implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final PixelLayout layout;
  private final ByteOrder order;
  private final FrameLoader loader;
  private final Zimg.Side source;
  private final ColorTags tags;
  private final @Nullable FilterGraph zimg;
  private final @Nullable Frame zimgOutput;
  private final @Nullable Scaler finisher;
  private final @Nullable StagingFrame finished;

  FrameConverter(VideoFrame sample, FrameFormat format) throws EncoderException {
    this.layout = sample.layout();
    this.order = sample.order();
    try {
      loader = scope.add(loader(sample, format));
      int width = sample.width();
      int height = sample.height();
      int middle = Zimg.nearest(format.pixelFormat());
      boolean direct =
          loader.format() == format.pixelFormat()
              && width == format.width()
              && height == format.height();
      source = Zimg.Side.of(loader.format(), width, height, format);
      tags = format.tags();
      Zimg.Side target = Zimg.Side.of(middle, format.width(), format.height(), format);
      boolean convert = !direct && !source.equals(target);
      zimg = convert ? scope.add(Zimg.graph(source, target, format.chromaLocation())) : null;
      zimgOutput = convert ? scope.add(Frame.allocate()) : null;
      boolean finish = !direct && middle != format.pixelFormat();
      finisher = finish ? scope.add(finisher(middle, format)) : null;
      finished =
          finish
              ? scope.add(new StagingFrame(format.pixelFormat(), format.width(), format.height()))
              : null;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /** Returns whether this converter is for frames of that kind. */
  boolean handles(VideoFrame frame) {
    return frame.layout() == layout && frame.order().equals(order);
  }

  /** Returns whether a converted frame is in memory that no later conversion writes to. */
  boolean ownsConvertedFrames() {
    return zimg != null && finisher == null;
  }

  /**
   * Converts a frame.
   *
   * @return a frame with its colors tagged; valid until the next call, unless it is moved out where
   *     {@link #ownsConvertedFrames}
   */
  AVFrame convert(VideoFrame frame) throws EncoderException {
    AVFrame converted = loader.load(frame);
    if (zimg != null && zimgOutput != null) {
      converted.colorspace(source.matrix());
      converted.color_range(source.range());
      zimgOutput.unref();
      zimg.run(converted, zimgOutput.struct());
      converted = zimgOutput.struct();
    }
    if (finisher != null && finished != null) {
      finished.makeWritable();
      finisher.convert(converted, finished.struct());
      converted = finished.struct();
    }
    tags.applyTo(converted);
    return converted;
  }

  private static FrameLoader loader(VideoFrame sample, FrameFormat format) throws EncoderException {
    boolean keepAlpha =
        format.alpha() == AlphaMode.KEEP && PixelFormat.hasAlpha(format.pixelFormat());
    PixelLayout layout = sample.layout();
    Layouts.Loading loading = Layouts.of(layout, sample.order(), keepAlpha);
    AlphaFlattener flattener =
        layout.hasAlpha() && format.alpha() == AlphaMode.FLATTEN
            ? new AlphaFlattener(layout, sample.order(), format.background())
            : null;
    if (loading.isPackedBytes()) {
      return new PackedRgbLoader(
          loading.format(), loading.target(), sample.width(), sample.height(), flattener);
    }
    boolean unchanged =
        loading.format() == format.pixelFormat()
            && sample.width() == format.width()
            && sample.height() == format.height();
    return new PlaneLoader(
        loading.planes(),
        loading.format(),
        unchanged ? loading.format() : readable(loading.target(), sample),
        sample.width(),
        sample.height(),
        flattener);
  }

  /** zimg does not read frames of odd size with subsampled chroma: 4:4:4 then. */
  private static int readable(int pixelFormat, VideoFrame sample) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(pixelFormat);
    boolean odd =
        sample.width() % (1 << descriptor.log2_chroma_w()) != 0
            || sample.height() % (1 << descriptor.log2_chroma_h()) != 0;
    if (!odd) {
      return pixelFormat;
    }
    return descriptor.comp(0).depth() > 8 ? AV_PIX_FMT_YUV444P10LE : AV_PIX_FMT_YUV444P;
  }

  private static Scaler finisher(int from, FrameFormat format) throws EncoderException {
    return Scaler.allocate(format.width(), format.height(), from, format.pixelFormat());
  }

  @Override
  public void close() {
    scope.close();
  }
}
