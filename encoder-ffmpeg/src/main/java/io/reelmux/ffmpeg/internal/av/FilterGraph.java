package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersink_get_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_buffersrc_add_frame_flags;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_alloc_filter;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_config;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_graph_set_auto_convert;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_init_str;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_link;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_AUTO_CONVERT_NONE;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_PUSH;

import io.reelmux.EncoderException;
import java.util.List;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an AVFilterGraph: a chain of filters that turns each frame into one frame. */
public final class FilterGraph extends NativeOwner {
  private static final int PUSH = AV_BUFFERSRC_FLAG_KEEP_REF | AV_BUFFERSRC_FLAG_PUSH;

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
      Av.check(code, "configure the conversion " + steps);
      return graph;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, graph);
      throw e;
    }
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

  @Override
  protected void free() {
    avfilter_graph_free(struct);
  }
}
