package io.reelmux.ffmpeg.internal.video;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.Fit;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Converts frames on the CPU, in the host's memory. */
public final class HostFeed implements FrameFeed {

  /** Converters that are kept: for streams whose frames alternate between a few sizes. */
  private static final int MAX_CONVERTERS = 4;

  private final FrameFormat format;
  private final Fit fit;
  private final @Nullable Runnable transparencyFound;

  private @Nullable SharedLoads shared;

  /** The latest first. */
  private final Deque<FrameConverter> converters = new ArrayDeque<>();

  /**
   * Creates a feed for an encoder of such frames.
   *
   * @param fit how frames of another size are fitted
   * @param transparencyFound is called if a frame has transparency that is dropped; null not to
   *     search for it
   */
  public HostFeed(FrameFormat format, Fit fit, @Nullable Runnable transparencyFound) {
    this.format = format;
    this.fit = fit;
    this.transparencyFound = transparencyFound;
  }

  /** Returns a feed that notes what becomes of transparency, unless the options say it. */
  static HostFeed of(FrameFormat format, VideoOptions options, Notes notes) {
    boolean asked = options.alpha().isPresent();
    Runnable noted = () -> notes.add(transparency(format.pixelFormat()));
    return new HostFeed(format, options.fit(), asked ? null : noted);
  }

  /** Reads frames together with other streams; called before the first frame. */
  void share(SharedLoads loads) {
    shared = loads;
  }

  private static String transparency(int pixelFormat) {
    return "frames had transparency, which "
        + PixelFormat.name(pixelFormat)
        + (PixelFormat.hasAlpha(pixelFormat) ? " holds but was" : " cannot hold and was")
        + " not kept: set alpha(AlphaMode.FLATTEN) to blend over a background, "
        + "alpha(AlphaMode.KEEP) for a pixel format with alpha, or alpha(AlphaMode.DROP) if it "
        + "means nothing";
  }

  @Override
  public AVFrame convert(VideoFrame frame) throws EncoderException {
    VideoFrame visible = fit == Fit.COVER ? Placement.cover(frame, format) : frame;
    return converterFor(visible).convert(visible);
  }

  private FrameConverter converterFor(VideoFrame frame) throws EncoderException {
    FrameConverter latest = converters.peekFirst();
    if (latest != null && latest.handles(frame)) {
      return latest;
    }
    FrameConverter converter = takeKept(frame);
    if (converter == null) {
      if (converters.size() == MAX_CONVERTERS) {
        converters.removeLast().close();
      }
      converter =
          new FrameConverter(
              frame, format, Placement.of(frame, format, fit), transparencyFound, shared);
    }
    converters.addFirst(converter);
    return converter;
  }

  private @Nullable FrameConverter takeKept(VideoFrame frame) {
    Iterator<FrameConverter> kept = converters.iterator();
    while (kept.hasNext()) {
      FrameConverter converter = kept.next();
      if (converter.handles(frame)) {
        kept.remove();
        return converter;
      }
    }
    return null;
  }

  @Override
  public boolean ownsConvertedFrames() {
    FrameConverter latest = converters.peekFirst();
    return latest != null && latest.ownsConvertedFrames();
  }

  @Override
  public void check(DeviceFrames frames) {
    throw new IllegalArgumentException(
        "frames in the memory of "
            + frames.device()
            + ": this stream is encoded on the CPU, and accepts frames in the host's memory");
  }

  @Override
  public Batch begin(DeviceFrames frames) {
    check(frames);
    throw new AssertionError("refused");
  }

  @Override
  public void close() {
    while (!converters.isEmpty()) {
      converters.removeFirst().close();
    }
  }
}
