package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;

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
import io.reelmux.spi.HostMemory;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Converts the caller's frames of one layout and size to frames that the encoder accepts. Each step
 * is there only if it is needed: load; zimg for colors and size; gray from a plane; borders; a
 * change of pixel format where none of these writes the encoder's.
 */
final class FrameConverter implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final PixelLayout layout;
  private final ByteOrder order;
  private final boolean opaque;
  private final int width;
  private final int height;
  private final FrameLoader loader;
  private final Zimg.Side source;
  private final ColorTags tags;
  private final @Nullable FilterGraph zimg;
  private final @Nullable Frame zimgOutput;
  private final @Nullable GrayWriter gray;
  private final @Nullable Canvas canvas;
  private final @Nullable Scaler finisher;
  private final @Nullable StagingFrame finished;

  /** Creates a converter for frames like the sample, which fill the encoded frame. */
  FrameConverter(VideoFrame sample, FrameFormat format) throws EncoderException {
    this(sample, format, Placement.whole(format), null, null);
  }

  /**
   * Creates a converter for frames like the sample.
   *
   * @param place where they are shown
   * @param transparencyFound is called if pixels are transparent whose alpha is dropped; null not
   *     to search for them
   * @param shared the loaders of streams that encode the same frames, or null
   */
  FrameConverter(
      VideoFrame sample,
      FrameFormat format,
      Placement place,
      @Nullable Runnable transparencyFound,
      @Nullable SharedLoads shared)
      throws EncoderException {
    this.layout = sample.layout();
    this.order = sample.order();
    this.opaque = HostMemory.isOpaque(sample);
    this.width = sample.width();
    this.height = sample.height();
    this.tags = format.tags();
    int grayFormat = GrayWriter.on(format.pixelFormat());
    boolean isGray = grayFormat != AV_PIX_FMT_NONE;
    boolean scaled = width != place.width() || height != place.height();
    boolean asGray = isGray && layout.isGray() && !scaled;
    boolean unchanged = !scaled && !place.isPart(format);
    try {
      loader = scope.add(Loaders.of(sample, format, asGray, unchanged, transparencyFound, shared));
      source = source(format);
      boolean direct = unchanged && !isGray && loader.format() == format.pixelFormat();
      int middle = middle(format.pixelFormat(), grayFormat);
      Zimg.Side target = Zimg.Side.of(middle, place.width(), place.height(), format);
      boolean convert = !direct && !asGray && !source.isSame(target);
      zimg = convert ? scope.add(Zimg.graph(source, target, format.chromaLocation())) : null;
      zimgOutput = convert ? scope.add(Frame.allocate()) : null;
      int current = convert ? middle : loader.format();
      gray = isGray ? grayWriter(current, grayFormat, place) : null;
      current = isGray ? grayFormat : current;
      canvas = place.isPart(format) ? scope.add(new Canvas(current, format, place)) : null;
      finisher = current == format.pixelFormat() ? null : scope.add(finisher(current, format));
      finished = finisher == null ? null : scope.add(finished(format));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /** Frames as they were loaded. */
  private Zimg.Side source(FrameFormat format) {
    boolean yuv = PixelFormat.isYuv(loader.format());
    FrameFormat meaning = yuv ? format.withColor(format.yuvColor()) : format;
    return Zimg.Side.of(loader.format(), width, height, meaning);
  }

  /** The format that zimg writes: of gray frames a plane of RGB becomes gray, of others luma. */
  private int middle(int pixelFormat, int grayFormat) {
    if (grayFormat == AV_PIX_FMT_NONE) {
      return Zimg.nearest(pixelFormat);
    }
    return layout.isGray()
        ? loader.format()
        : GrayWriter.luma(grayFormat, PixelFormat.hasAlpha(loader.format()));
  }

  /** Returns null if the frames are such gray already. */
  private @Nullable GrayWriter grayWriter(int from, int to, Placement place)
      throws EncoderException {
    boolean bits = PixelFormat.descriptor(to).comp(0).depth() == 1;
    int toRange = bits ? AVCOL_RANGE_JPEG : tags.range();
    int fromRange = layout.isGray() ? AVCOL_RANGE_JPEG : toRange;
    return from == to && fromRange == toRange
        ? null
        : scope.add(new GrayWriter(from, fromRange, to, toRange, place.width(), place.height()));
  }

  private static Scaler finisher(int from, FrameFormat format) throws EncoderException {
    return Scaler.allocate(format.width(), format.height(), from, format.pixelFormat());
  }

  private static StagingFrame finished(FrameFormat format) throws EncoderException {
    return new StagingFrame(format.pixelFormat(), format.width(), format.height());
  }

  /** Returns whether this converter is for frames of that kind. */
  boolean handles(VideoFrame frame) {
    return frame.layout() == layout
        && frame.width() == width
        && frame.height() == height
        && frame.order().equals(order)
        && HostMemory.isOpaque(frame) == opaque;
  }

  /** Returns whether a converted frame is in memory that no later conversion writes to. */
  boolean ownsConvertedFrames() {
    return zimg != null && gray == null && canvas == null && finisher == null;
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
    if (gray != null) {
      converted = gray.write(converted);
    }
    if (canvas != null) {
      converted = canvas.with(converted);
    }
    if (finisher != null && finished != null) {
      finished.makeWritable();
      finisher.convert(converted, finished.struct());
      converted = finished.struct();
    }
    tags.applyTo(converted);
    return converted;
  }

  @Override
  public void close() {
    scope.close();
  }
}
