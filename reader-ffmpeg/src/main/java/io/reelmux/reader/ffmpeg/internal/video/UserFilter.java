package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.reader.VideoInfo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The caller's filters, which may give any number of frames for each. When frames of another kind
 * follow, the filters give what they hold, and begin again.
 */
final class UserFilter implements AutoCloseable {

  /** Maximum number of frames that one frame, or the end, may give. */
  private static final int MAX_FRAMES = 100_000;

  private final String description;
  private final String sourceOptions;
  private final String timeBase;

  /** A frame that waits until the filters for the frames before have ended. */
  private final Frame waiting;

  private @Nullable FilterGraph graph;
  private @Nullable DecodedFormat input;
  private @Nullable DecodedFormat waitingFormat;
  private @Nullable String dependence;
  private TimeBase outputBase;
  private int given;

  private UserFilter(String description, VideoInfo info, boolean swapped) throws EncoderException {
    this.description = description;
    this.outputBase = info.facts().timeBase();
    this.timeBase = outputBase.numerator() + "/" + outputBase.denominator();
    int width = info.sampleAspectRatio().numerator();
    int height = info.sampleAspectRatio().denominator();
    this.sourceOptions =
        ":pixel_aspect="
            + (swapped ? height + "/" + width : width + "/" + height)
            + info.frameRate()
                .map(rate -> ":frame_rate=" + rate.numerator() + "/" + rate.denominator())
                .orElse("");
    this.waiting = Frame.allocate();
  }

  /**
   * Creates filters.
   *
   * @param input the frames that they are given
   * @param swapped whether width and height have changed places
   * @throws IllegalArgumentException if they are refused, with the reason
   */
  static UserFilter open(String description, VideoInfo info, DecodedFormat input, boolean swapped)
      throws EncoderException {
    UserFilter filter = new UserFilter(description, info, swapped);
    try {
      filter.build(input);
      return filter;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, filter);
      throw e;
    }
  }

  private FilterGraph build(DecodedFormat frames) throws EncoderException {
    FilterGraph built =
        FilterGraph.described(
            description,
            new Step("buffer", frames.bufferArguments(timeBase) + sourceOptions),
            FilterRules.reading(),
            filters -> {
              dependence = FilterRules.dependence(filters);
              return new Step("null", "");
            },
            "buffersink");
    graph = built;
    input = frames;
    outputBase = built.timeBase();
    return built;
  }

  /** The width of what they give for the frames that they were created for. */
  int width() {
    return current().width();
  }

  /** The height of what they give for the frames that they were created for. */
  int height() {
    return current().height();
  }

  /** The pixel format of what they give for the frames that they were created for. */
  int format() {
    return current().format();
  }

  private FilterGraph current() {
    FilterGraph current = graph;
    if (current == null) {
      throw new IllegalStateException("the filters have been reset");
    }
    return current;
  }

  /** Returns why the result for a frame depends on others; null if it does not. */
  @Nullable String dependence() {
    return dependence;
  }

  /** The unit of the times of what they give. */
  TimeBase timeBase() {
    return outputBase;
  }

  /**
   * Gives a frame; what the filters gave before has been pulled.
   *
   * @param frame is not changed; null at the end
   * @param format what the frame consists of
   */
  void push(@Nullable AVFrame frame, @Nullable DecodedFormat format) throws EncoderException {
    given = 0;
    FilterGraph live = graph;
    if (frame == null || format == null) {
      if (live != null) {
        live.push(null);
      }
      return;
    }
    if (live != null && format.equals(input)) {
      live.push(frame);
      return;
    }
    waiting.reference(frame);
    waitingFormat = format;
    if (live != null) {
      live.push(null);
    }
  }

  /**
   * Receives a frame.
   *
   * @param to empty
   * @return false if they need more input, or have ended
   */
  boolean pull(AVFrame to) throws EncoderException {
    FilterGraph live = graph;
    if (live != null && live.pull(to)) {
      return count();
    }
    DecodedFormat next = waitingFormat;
    if (next == null) {
      return false;
    }
    reset(next);
    return current().pull(to) && count();
  }

  private void reset(DecodedFormat next) throws EncoderException {
    closeGraph();
    try {
      build(next).push(waiting.struct());
    } catch (IllegalArgumentException e) {
      throw Av.failure(Av.EINVAL, "filter frames of another size", "the filter refuses them", e);
    } finally {
      waiting.unref();
      waitingFormat = null;
    }
  }

  private boolean count() throws EncoderException {
    if (++given > MAX_FRAMES) {
      throw Av.failure(
          0,
          "filter a frame",
          "filter: it made more than " + MAX_FRAMES + " frames at once, and may never end");
    }
    return true;
  }

  /** Forgets all frames. */
  void reset() {
    closeGraph();
    waiting.unref();
    waitingFormat = null;
  }

  private void closeGraph() {
    FilterGraph live = graph;
    graph = null;
    if (live != null) {
      live.close();
    }
  }

  @Override
  public void close() {
    closeGraph();
    waiting.close();
  }
}
