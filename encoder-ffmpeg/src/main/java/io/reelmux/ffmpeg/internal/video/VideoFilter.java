package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The caller's filters between the conversion of frames and the encoder. One frame in may give any
 * number of frames out, at times of their own.
 */
final class VideoFilter implements AutoCloseable {

  /** Conversions that a filter needs are exact ones, unless the caller sets the flags. */
  private static final String SCALING = "sws_flags=";

  private final NativeScope scope = new NativeScope();
  private final FilterGraph graph;
  private final Frame output;
  private long lastPts = -1;

  private VideoFilter(FilterGraph graph) throws EncoderException {
    this.graph = scope.add(graph);
    try {
      output = scope.add(Frame.allocate());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Parses and configures filters.
   *
   * @param input the frames that they are given
   * @param timeBase the unit of their times
   * @param rate the frame rate, unless frames come at any time
   * @param formats the pixel formats that may leave them
   * @throws IllegalArgumentException if they are refused, with the reason
   */
  static VideoFilter open(
      String description,
      FrameFormat input,
      TimeBase timeBase,
      Optional<FrameRate> rate,
      List<Integer> formats,
      FilterRules rules)
      throws EncoderException {
    String names = formats.stream().map(PixelFormat::name).collect(Collectors.joining("|"));
    String text =
        description.startsWith(SCALING)
            ? description
            : SCALING + "bicubic+accurate_rnd+full_chroma_int;" + description;
    return new VideoFilter(
        FilterGraph.described(
            text,
            new FilterGraph.Step("buffer", source(input, timeBase, rate)),
            rules::check,
            new FilterGraph.Step("format", "pix_fmts=" + names),
            "buffersink"));
  }

  private static String source(FrameFormat input, TimeBase base, Optional<FrameRate> rate) {
    String frameRate =
        rate.map(value -> ":frame_rate=" + value.numerator() + "/" + value.denominator())
            .orElse("");
    return String.format(
            Locale.ROOT,
            "video_size=%dx%d:pix_fmt=%d:time_base=%d/%d:colorspace=%d:range=%d",
            input.width(),
            input.height(),
            input.pixelFormat(),
            base.numerator(),
            base.denominator(),
            input.tags().matrix(),
            input.tags().range())
        + frameRate;
  }

  /** What receives frames. */
  interface Output {
    /** Receives a frame, which is valid until this returns. */
    void accept(AVFrame frame) throws IOException;
  }

  /**
   * Filters a frame.
   *
   * @param frame null at the end, which gives all that the filters still hold
   * @param next receives the frames that are ready
   */
  void run(@Nullable AVFrame frame, Output next) throws IOException {
    graph.push(frame);
    while (graph.pull(output.struct())) {
      try {
        requireRising(output.struct().pts());
        next.accept(output.struct());
      } finally {
        output.unref();
      }
    }
  }

  private void requireRising(long pts) throws EncoderException {
    if (pts <= lastPts) {
      throw new EncoderException(
          "filter a frame",
          null,
          0,
          "the time " + pts + " of a filtered frame does not rise from " + lastPts,
          List.of(),
          null);
    }
    lastPts = pts;
  }

  /** The pixel format of the frames that are encoded. */
  int pixelFormat() {
    return graph.format();
  }

  /** The width of the frames that are encoded. */
  int width() {
    return graph.width();
  }

  /** The height of the frames that are encoded. */
  int height() {
    return graph.height();
  }

  /** The unit of the times behind the filters. */
  TimeBase timeBase() {
    return graph.timeBase();
  }

  /** The frame rate behind the filters; empty if frames come at any time. */
  Optional<FrameRate> frameRate() {
    return graph.frameRate();
  }

  @Override
  public void close() {
    scope.close();
  }
}
