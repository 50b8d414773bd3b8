package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;

import io.reelmux.AlphaMode;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.Repacker;
import io.reelmux.ffmpeg.spi.FrameFormat;
import io.reelmux.spi.HostMemory;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Chooses the loader for frames of one layout. */
final class Loaders {

  private Loaders() {}

  /**
   * Returns a loader for frames like the sample.
   *
   * @param asGray whether gray is loaded as gray, not as R = G = B
   * @param unchanged whether frames have the size of the encoded ones, so that they can be passed
   *     on as they are if they have the encoder's pixel format
   * @param transparencyFound is called if pixels are transparent whose alpha is dropped; null not
   *     to search for them
   * @param shared the loaders of streams that encode the same frames; null for a loader of its own
   */
  static FrameLoader of(
      VideoFrame sample,
      FrameFormat format,
      boolean asGray,
      boolean unchanged,
      @Nullable Runnable transparencyFound,
      @Nullable SharedLoads shared)
      throws EncoderException {
    boolean opaque = HostMemory.isOpaque(sample);
    boolean keepAlpha =
        !opaque && format.alpha() == AlphaMode.KEEP && PixelFormat.hasAlpha(format.pixelFormat());
    PixelLayout layout = sample.layout();
    Layouts.Loading loading =
        asGray
            ? Layouts.gray(layout, sample.order())
            : Layouts.of(layout, sample.order(), keepAlpha);
    boolean ready = unchanged && loading.format() == format.pixelFormat();
    int target = ready ? loading.format() : readable(loading.target(), sample);
    if (shared == null) {
      return create(sample, format, loading, target, transparencyFound);
    }
    Way way =
        new Way(
            layout,
            sample.order(),
            opaque,
            sample.width(),
            sample.height(),
            loading.format(),
            loading.isPackedBytes() ? loading.target() : target,
            format.alpha(),
            format.background(),
            transparencyFound != null);
    return shared.get(way, () -> create(sample, format, loading, target, transparencyFound));
  }

  /** All that decides what a loader makes of a frame. */
  private record Way(
      PixelLayout layout,
      ByteOrder order,
      boolean opaque,
      int width,
      int height,
      int loaded,
      int target,
      AlphaMode alpha,
      int background,
      boolean watched) {}

  private static FrameLoader create(
      VideoFrame sample,
      FrameFormat format,
      Layouts.Loading loading,
      int target,
      @Nullable Runnable transparencyFound)
      throws EncoderException {
    PixelLayout layout = sample.layout();
    RowPass pass =
        HostMemory.isOpaque(sample)
            ? RowPass.none()
            : pass(layout, sample.order(), format, transparencyFound);
    boolean repacked = !layout.isFloat() && Repacker.supports(loading.format(), loading.target());
    if (loading.isPackedBytes() || repacked) {
      return PackedRgbLoader.of(
          loading.format(), loading.target(), sample.width(), sample.height(), pass);
    }
    return new PlaneLoader(
        loading.planes(),
        loading.format(),
        target,
        sample.width(),
        sample.height(),
        layout.isFloat()
            ? new FloatCopy(layout, sample.width(), sample.height())
            : PlaneCopy.unchanged(),
        pass);
  }

  private static RowPass pass(
      PixelLayout layout,
      ByteOrder order,
      FrameFormat format,
      @Nullable Runnable transparencyFound) {
    PixelLayout loaded = Layouts.loaded(layout);
    ByteOrder loadedOrder = layout.isFloat() ? ByteOrder.LITTLE_ENDIAN : order;
    RowPass pass = RowPass.none();
    if (!layout.hasAlpha()) {
      return pass;
    }
    if (format.alpha() == AlphaMode.DROP && transparencyFound != null) {
      pass = pass.then(new AlphaWatch(loaded, transparencyFound));
    }
    if (layout.isPremultiplied()) {
      pass = pass.then(new Unpremultiplier());
    }
    if (format.alpha() == AlphaMode.FLATTEN) {
      pass = pass.then(new AlphaFlattener(loaded, loadedOrder, format.background()));
    }
    return pass;
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
}
