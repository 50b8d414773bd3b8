package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.AVERROR_EAGAIN;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_format;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_frame_rate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_h;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_sample_aspect_ratio;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_time_base;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_w;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersrc_add_frame_flags;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_set;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_alloc_filter;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_config;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_segment_apply;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_segment_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_segment_parse;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_set_auto_convert;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_init_str;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_inout_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_link;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_AUTO_CONVERT_NONE;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_PUSH;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.SampleAspectRatio;
import io.reelmux.TimeBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.ffmpeg.avfilter.AVFilterChain;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraphSegment;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avfilter.AVFilterParams;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** Owns an AVFilterGraph: a chain of filters that turns each frame into one frame. */
public final class FilterGraph extends NativeOwner {
  private static final int EAGAIN = AVERROR_EAGAIN();
  private static final int PUSH = AV_BUFFERSRC_FLAG_KEEP_REF | AV_BUFFERSRC_FLAG_PUSH;

  /** Conversions that a filter needs are exact ones, unless the caller sets the flags. */
  private static final String SCALING = "flags=bicubic+accurate_rnd+full_chroma_int";

  private final AVFilterGraph struct;
  private AVFilterContext source;
  private AVFilterContext sink;

  private FilterGraph(AVFilterGraph struct) {
    this.struct = struct;
    this.source = new AVFilterContext(null);
    this.sink = source;
  }

  /** A filter and its arguments. */
  public record Step(String filter, String arguments) {}

  /**
   * Returns a configured chain. Automatic conversions are off: they would insert a second, slower
   * conversion.
   *
   * @param input arguments of the buffer source ({@code video_size=..:pix_fmt=..})
   */
  public static FilterGraph chain(String input, List<Step> steps, int threads)
      throws EncoderException {
    NativeLibraries.requireFilters();
    AVFilterGraph struct = avfilter_graph_alloc();
    FilterGraph graph = new FilterGraph(Av.allocated(struct, "allocate a filter graph"));
    try {
      graph.struct.nb_threads(threads);
      avfilter_graph_set_auto_convert(graph.struct, AVFILTER_AUTO_CONVERT_NONE);
      graph.source = graph.filter("buffer", input);
      AVFilterContext last = graph.source;
      for (Step step : steps) {
        last = graph.append(last, step.filter(), step.arguments());
      }
      graph.sink = graph.append(last, "buffersink", "");
      int code = avfilter_graph_config(graph.struct, null);
      if (code < 0) {
        throw Av.failure(code, "configure the conversion " + steps);
      }
      return graph;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, graph);
      throw e;
    }
  }

  /**
   * What a caller's description of filters contains.
   *
   * @param filter name
   * @param options that are set, by name
   */
  public record Described(String filter, Map<String, String> options) {}

  /** Refuses descriptions. */
  public interface Checks {

    /**
     * Refuses a filter before any is created.
     *
     * @throws IllegalArgumentException with the reason
     */
    void check(Described described);

    /**
     * Explains why FFmpeg cannot read a description, if it is known.
     *
     * @throws IllegalArgumentException with the reason
     */
    void explain(String description);
  }

  /**
   * Returns a configured graph that the caller has described, in FFmpeg's syntax.
   *
   * @param source name and arguments of the buffer source
   * @param checks refuses filters before any is created
   * @param end returns what is appended to the output of these filters, such as a choice of formats
   * @param sink name of the buffer sink
   * @throws IllegalArgumentException if FFmpeg refuses the description, in its words
   * @throws EncoderException if memory is exhausted
   */
  public static FilterGraph described(
      String description,
      Step source,
      Checks checks,
      Function<List<Described>, Step> end,
      String sink)
      throws EncoderException {
    NativeLibraries.requireFilters();
    AVFilterGraph struct = avfilter_graph_alloc();
    FilterGraph graph = new FilterGraph(Av.allocated(struct, "allocate a filter graph"));
    LogPosition start = LogPosition.here();
    try {
      graph.struct.nb_threads(1);
      int set = av_opt_set(graph.struct, "scale_sws_opts", SCALING, 0);
      Av.check(set, "set the flags of conversions");
      graph.build(description, source, checks, end, sink);
      return graph;
    } catch (EncoderException e) {
      NativeScope.closeAfter(e, graph);
      if (e.errorCode() == Av.ENOMEM) {
        throw e;
      }
      throw new IllegalArgumentException(
          "filter '"
              + description
              + "' is refused by FFmpeg: "
              + e.errorText()
              + "; "
              + String.join("; ", start.lines()),
          e);
    } catch (RuntimeException | Error e) {
      NativeScope.closeAfter(e, graph);
      throw e;
    }
  }

  private void build(
      String description,
      Step first,
      Checks checks,
      Function<List<Described>, Step> end,
      String sinkName)
      throws EncoderException {
    AVFilterGraphSegment segment = new AVFilterGraphSegment(null);
    AVFilterInOut inputs = new AVFilterInOut(null);
    AVFilterInOut outputs = new AVFilterInOut(null);
    try {
      int parsed = avfilter_graph_segment_parse(struct, description, 0, segment);
      if (parsed < 0) {
        checks.explain(description);
      }
      Av.check(parsed, "parse the filter");
      List<Described> filters = filters(segment);
      filters.forEach(checks::check);
      int applied = avfilter_graph_segment_apply(segment, 0, inputs, outputs);
      Av.check(applied, "create the filter");
      requireOne(description, "inputs", inputs);
      requireOne(description, "outputs", outputs);
      source = filter(first.filter(), first.arguments());
      int code = avfilter_link(source, 0, inputs.filter_ctx(), inputs.pad_idx());
      Av.check(code, "link the filter's input");
      Step last = end.apply(filters);
      AVFilterContext choice = filter(last.filter(), last.arguments());
      code = avfilter_link(outputs.filter_ctx(), outputs.pad_idx(), choice, 0);
      Av.check(code, "link the filter's output");
      sink = append(choice, sinkName, "");
      Av.check(avfilter_graph_config(struct, null), "configure the filter");
    } finally {
      avfilter_inout_free(inputs);
      avfilter_inout_free(outputs);
      avfilter_graph_segment_free(segment);
    }
  }

  private static void requireOne(String description, String what, AVFilterInOut list) {
    int count = 0;
    for (AVFilterInOut next = list; next != null && !next.isNull(); next = next.next()) {
      count++;
    }
    if (count != 1) {
      throw new IllegalArgumentException(
          "filter '" + description + "' has " + count + " open " + what + ": must have exactly 1");
    }
  }

  private static List<Described> filters(AVFilterGraphSegment segment) {
    List<Described> all = new ArrayList<>();
    for (int c = 0; c < segment.nb_chains(); c++) {
      AVFilterChain chain = segment.chains(c);
      for (int f = 0; f < chain.nb_filters(); f++) {
        AVFilterParams filter = chain.filters(f);
        all.add(new Described(Av.string(filter.filter_name()), entries(filter.opts())));
      }
    }
    return all;
  }

  private static Map<String, String> entries(@Nullable AVDictionary options) {
    Map<String, String> all = new LinkedHashMap<>();
    AVDictionaryEntry entry = null;
    while ((entry = av_dict_iterate(options, entry)) != null && !entry.isNull()) {
      all.put(Av.string(entry.key()), Av.string(entry.value()));
    }
    return all;
  }

  private AVFilterContext append(AVFilterContext last, String name, String arguments)
      throws EncoderException {
    AVFilterContext next = filter(name, arguments);
    int code = avfilter_link(last, 0, next, 0);
    Av.check(code, "link the filter " + name);
    return next;
  }

  private AVFilterContext filter(String name, String arguments) throws EncoderException {
    AVFilterContext filter = avfilter_graph_alloc_filter(struct, avfilter_get_by_name(name), name);
    AVFilterContext allocated = Av.allocated(filter, "allocate the filter " + name);
    Av.check(
        avfilter_init_str(allocated, arguments), "set the filter " + name + " to " + arguments);
    return allocated;
  }

  /**
   * Runs a frame through the chain.
   *
   * @param from not changed; the chain releases it before this returns
   * @param to receives a reference to the result
   */
  public void run(AVFrame from, AVFrame to) throws EncoderException {
    int pushed = av_buffersrc_add_frame_flags(source, from, PUSH);
    Av.check(pushed, "convert a frame");
    int pulled = av_buffersink_get_frame(sink, to);
    Av.check(pulled, "receive a converted frame");
  }

  /**
   * Gives the graph a frame, which is filtered when the result is asked for.
   *
   * @param frame is not changed; null ends the input
   */
  public void push(@Nullable AVFrame frame) throws EncoderException {
    int code = av_buffersrc_add_frame_flags(source, frame, AV_BUFFERSRC_FLAG_KEEP_REF);
    if (code != AVERROR_EOF) {
      // filters such as trim end before their input
      Av.check(code, "filter a frame");
    }
  }

  /**
   * Receives a frame that the graph has made.
   *
   * @param to empty
   * @return false if it needs more input, or has ended
   */
  public boolean pull(AVFrame to) throws EncoderException {
    int code = av_buffersink_get_frame(sink, to);
    if (code == EAGAIN || code == AVERROR_EOF) {
      return false;
    }
    Av.check(code, "receive a filtered frame");
    return true;
  }

  /** The format of the frames that it makes. */
  public int format() {
    return av_buffersink_get_format(sink);
  }

  /** The width of the frames that it makes. */
  public int width() {
    return av_buffersink_get_w(sink);
  }

  /** The height of the frames that it makes. */
  public int height() {
    return av_buffersink_get_h(sink);
  }

  /** The shape of the pixels that it makes; empty if unknown. */
  public Optional<SampleAspectRatio> sampleAspectRatio() {
    AVRational ratio = av_buffersink_get_sample_aspect_ratio(sink);
    return ratio.num() > 0 && ratio.den() > 0
        ? Optional.of(SampleAspectRatio.of(ratio.num(), ratio.den()))
        : Optional.empty();
  }

  /** The unit of the times of what it makes. */
  public TimeBase timeBase() {
    AVRational base = av_buffersink_get_time_base(sink);
    return new TimeBase(base.num(), base.den());
  }

  /** The frame rate of what it makes; empty if frames come at any time. */
  public Optional<FrameRate> frameRate() {
    AVRational rate = av_buffersink_get_frame_rate(sink);
    return rate.num() > 0 && rate.den() > 0
        ? Optional.of(FrameRate.of(rate.num(), rate.den()))
        : Optional.empty();
  }

  @Override
  protected void free() {
    avfilter_graph_free(struct);
  }
}
