package io.reelmux.ffmpeg.internal.video;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_rescale_q;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.reelmux.EncoderException;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * The caller's filters between the conversion of frames and the encoder. One frame in may give any
 * number of frames out, at times of their own. Used by one thread at a time.
 */
final class VideoFilter implements AutoCloseable {

  /** Maximum number of frames that one frame, or the end, may give: more than an hour's. */
  static final int MAX_FRAMES = 100_000;

  /** Ticks per second of a constant frame rate, about: filters may need times in between. */
  private static final int FINE = 90_000;

  /** Frames with their own times have them exactly. */
  static final TimeBase NANOS = new TimeBase(1, 1_000_000_000);

  private final NativeScope scope = new NativeScope();
  private final FilterGraph graph;
  private final FrameFormat input;
  private final TimeBase inputBase;

  /** Ticks of the first filter in one of the input. */
  private final int parts;

  private final boolean constantInput;

  /** Whether filters may give frames any time. */
  private final boolean retimed;

  private final AVRational from;
  private final AVRational to;
  private final Frame output;
  private @Nullable FrameFormat format;

  /** Times of frames marked as key frames that have not left the filters, in input ticks. */
  private final Deque<Long> marks = new ArrayDeque<>();

  private boolean constant;
  private long lastPts = -1;
  private long made;

  /** Whether a constant rate has gaps. */
  private boolean gaps;

  private VideoFilter(
      FilterGraph graph,
      VideoOptions options,
      FrameFormat input,
      TimeBase inputBase,
      boolean retimed)
      throws EncoderException {
    this.graph = scope.add(graph);
    this.input = input;
    this.inputBase = inputBase;
    this.retimed = retimed;
    this.parts = parts(options);
    this.constantInput = !options.variableFrameRate();
    try {
      from = scope.add(new AVRational());
      to = scope.add(new AVRational());
      output = scope.add(Frame.allocate());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Parses and configures filters.
   *
   * @param options of the caller
   * @param input the frames that they are given
   * @param formats the pixel formats that may leave them
   * @param own the unit of frames with their own times
   * @throws IllegalArgumentException if they are refused, with the reason
   */
  static VideoFilter open(
      VideoOptions options,
      FrameFormat input,
      List<Integer> formats,
      TimeBase own,
      FilterRules rules)
      throws EncoderException {
    FrameRate rate = options.frameRate();
    TimeBase base =
        options.variableFrameRate() ? own : new TimeBase(rate.denominator(), rate.numerator());
    boolean[] retimed = new boolean[1];
    FilterGraph graph =
        FilterGraph.described(
            options.filter().orElseThrow(),
            new FilterGraph.Step("buffer", source(options, input, base)),
            rules,
            filters -> {
              retimed[0] = FilterRules.retime(filters);
              return new FilterGraph.Step("format", accepted(input, formats, filters));
            },
            "buffersink");
    return new VideoFilter(graph, options, input, base, retimed[0]);
  }

  private static int parts(VideoOptions options) {
    return options.variableFrameRate() ? 1 : Math.max(1, FINE / options.frameRate().numerator());
  }

  private static String source(VideoOptions options, FrameFormat input, TimeBase base) {
    String rate =
        options.variableFrameRate()
            ? ""
            : ":frame_rate="
                + options.frameRate().numerator()
                + "/"
                + options.frameRate().denominator();
    String ratio =
        options
            .sampleAspectRatio()
            .map(sar -> ":pixel_aspect=" + sar.numerator() + "/" + sar.denominator())
            .orElse("");
    return String.format(
            Locale.ROOT,
            "video_size=%dx%d:pix_fmt=%d:time_base=%d/%d:colorspace=%d:range=%d",
            input.width(),
            input.height(),
            input.pixelFormat(),
            base.numerator(),
            base.denominator() * parts(options),
            input.tags().matrix(),
            input.tags().range())
        + rate
        + ratio;
  }

  /** What leaves the filters has the stream's matrix and range: it is converted to them. */
  private static String accepted(
      FrameFormat input, List<Integer> formats, List<FilterGraph.Described> filters) {
    List<String> asked = FilterRules.lastFormats(filters);
    List<String> supported = formats.stream().map(PixelFormat::name).toList();
    boolean fits = !asked.isEmpty() && supported.containsAll(asked);
    String names = fits ? String.join("|", asked) : PixelFormat.name(input.pixelFormat());
    ColorTags tags = input.tags();
    return PixelFormat.isYuv(input.pixelFormat())
        ? "pix_fmts="
            + names
            + ":color_spaces="
            + tags.matrixName()
            + ":color_ranges="
            + tags.rangeName()
        : "pix_fmts=" + names;
  }

  /** What receives frames. */
  interface Output {

    /**
     * Receives a frame, which is valid until this returns.
     *
     * @param keyFrame whether the caller has marked it
     */
    void accept(AVFrame frame, boolean keyFrame) throws IOException;
  }

  /** Returns the options of what leaves the filters. */
  VideoOptions encoded(VideoOptions options) {
    VideoOptions.Builder builder =
        options.toBuilder()
            .unsetFilter()
            .outputSize(graph.width(), graph.height())
            .variableFrameRate(frameRate().isEmpty());
    if (options.fit() == Fit.DENY) {
      // the filters choose the shape
      builder.fit(Fit.STRETCH);
    }
    frameRate().ifPresent(builder::frameRate);
    graph
        .sampleAspectRatio()
        .ifPresentOrElse(
            ratio -> builder.sampleAspectRatio(ratio.numerator(), ratio.denominator()),
            builder::unsetSampleAspectRatio);
    return builder.build();
  }

  /**
   * Returns where the key frames are behind the filters.
   *
   * @throws IllegalArgumentException if they have to be at certain frames, and the rate changes
   */
  GopPlan plan(GopPlan input, VideoOptions options, VideoOptions encoded) {
    if (!input.fixed() || input.interval().isPresent()) {
      return GopPlan.of(encoded);
    }
    if (!frameRate().equals(Optional.of(options.frameRate()))) {
      throw new IllegalArgumentException(
          "keyFramesEvery: the filter changes the frame rate from "
              + options.frameRate()
              + frameRate().map(rate -> " to " + rate).orElse(" to a variable one")
              + "; end it with fps="
              + options.frameRate());
    }
    return input;
  }

  /**
   * Sets what is encoded.
   *
   * @param constantRate whether the rate has to be constant
   */
  void setEncoded(TimeBase encoded, FrameFormat encodedFormat, boolean constantRate) {
    constant = constantRate;
    TimeBase base = graph.timeBase();
    from.num(base.numerator()).den(base.denominator());
    to.num(encoded.numerator()).den(encoded.denominator());
    format = encodedFormat;
  }

  /**
   * Filters a frame.
   *
   * @param frame with its time and duration
   * @param keyFrame whether the first frame at or after its time is to be a key frame
   * @param next receives the frames that are ready
   */
  void run(AVFrame frame, boolean keyFrame, Output next) throws IOException {
    frame.pict_type(AV_PICTURE_TYPE_NONE);
    input.tags().applyTo(frame);
    if (keyFrame) {
      marks.add(frame.pts());
    }
    frame.pts(frame.pts() * parts);
    frame.duration(frame.duration() * parts);
    graph.push(frame);
    pull(next);
  }

  /** Gives all that the filters still hold. */
  void end(Output next) throws IOException {
    graph.push(null);
    pull(next);
  }

  private void pull(Output next) throws IOException {
    AVFrame frame = output.struct();
    for (int count = 0; graph.pull(frame); count++) {
      try {
        if (count == MAX_FRAMES) {
          throw failure("it made more than " + MAX_FRAMES + " frames at once, and may never end");
        }
        requireUnchanged(frame);
        boolean marked = takeMark(frame.pts());
        frame.duration(frameRate().isPresent() ? 0 : rescale(frame.duration()));
        frame.pts(risingTime(frame.pts()));
        next.accept(frame, marked);
        made++;
      } finally {
        output.unref();
      }
    }
  }

  private boolean takeMark(long pts) {
    TimeBase base = graph.timeBase();
    boolean marked = false;
    while (!marks.isEmpty()
        && inputBase.toDuration(marks.getFirst()).compareTo(base.toDuration(pts)) <= 0) {
      marks.removeFirst();
      marked = true;
    }
    return marked;
  }

  private long rescale(long ticks) {
    return av_rescale_q(ticks, from, to);
  }

  private long risingTime(long pts) throws EncoderException {
    long time = rescale(pts);
    if (time <= lastPts) {
      throw failure(
          "the time "
              + to(time)
              + " of a frame does not rise from "
              + to(lastPts)
              + "; end it with fps, or set other times with setpts");
    }
    boolean gap = frameRate().isPresent() && lastPts >= 0 && time != lastPts + 1;
    if (gap && constant) {
      throw failure("it left out frames, but the stream has a constant rate: end it with fps");
    }
    gaps |= gap;
    lastPts = time;
    return time;
  }

  private String to(long ticks) {
    return ticks + "*" + to.num() + "/" + to.den() + " s";
  }

  /** The encoder has been opened for one size and one meaning of the values. */
  private void requireUnchanged(AVFrame frame) throws EncoderException {
    FrameFormat expected = format;
    if (expected == null
        || frame.width() != expected.width()
        || frame.height() != expected.height()
        || frame.format() != expected.pixelFormat()) {
      throw failure(
          "it changed the size of frames to "
              + frame.width()
              + "x"
              + frame.height()
              + ": end it with scale");
    }
    ColorTags tags = expected.tags();
    boolean primaries =
        frame.color_primaries() == AVCOL_PRI_UNSPECIFIED
            || frame.color_primaries() == tags.primaries();
    boolean transfer =
        frame.color_trc() == AVCOL_TRC_UNSPECIFIED || frame.color_trc() == tags.transfer();
    if (!primaries || !transfer) {
      throw failure(
          "its frames have other primaries or another transfer function than the stream, "
              + expected.color()
              + ": convert them before they are added");
    }
  }

  private static EncoderException failure(String reason) {
    return Av.failure(0, "filter a frame", "filter: " + reason);
  }

  /** Whether frames of a constant rate leave the filters at any time, without a known duration. */
  boolean retimes() {
    return constantInput && frameRate().isEmpty();
  }

  /** Notes what was lost. */
  void report(Notes notes) {
    if (!marks.isEmpty()) {
      notes.add(
          marks.size() + " frames marked as key frames were dropped by the filter, with all after");
    }
    if (gaps) {
      notes.add("the filter left out frames: they are not all equally far apart");
    }
    if (made == 0) {
      notes.add("the filter made no frame");
    }
  }

  /** The unit of the times of the frames that the filters are given. */
  TimeBase inputBase() {
    return inputBase;
  }

  /** The pixel format of the frames that are encoded. */
  int pixelFormat() {
    return graph.format();
  }

  /** The frame rate behind the filters; empty if frames come at any time. */
  Optional<FrameRate> frameRate() {
    return retimed ? Optional.empty() : graph.frameRate();
  }

  @Override
  public void close() {
    scope.close();
  }
}
