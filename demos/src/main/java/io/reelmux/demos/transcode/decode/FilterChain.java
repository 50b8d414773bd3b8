package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_parameters_set;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_init_str;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_link;
import static org.bytedeco.ffmpeg.global.avutil.av_free;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.avfilter.AVBufferSrcParameters;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;

/** Owns a chain of FFmpeg filters, each with one input and one output. */
final class FilterChain implements NativeOwner {
  private final AVFilterGraph graph;
  private final AVFilterContext source;
  private final AVFilterContext sink;

  private FilterChain(AVFilterGraph graph, AVFilterContext source, AVFilterContext sink) {
    this.graph = graph;
    this.source = source;
    this.sink = sink;
  }

  /**
   * Creates the filters.
   *
   * @param steps each {@code name} or {@code name=options}; empty to pass frames on unchanged
   * @param first the first frame; all others must have its format and size
   * @param timeBase unit of the frames' times
   * @param device the device of CUDA filters
   */
  static FilterChain open(List<String> steps, AVFrame first, AVRational timeBase, GpuDevice device)
      throws IOException {
    AVFilterGraph graph = FfmpegCall.check(avfilter_graph_alloc(), "make a filter graph");
    try {
      AVFilterContext source = source(graph, first, timeBase);
      AVFilterContext last = source;
      for (String step : steps) {
        last = append(graph, last, step, device);
      }
      AVFilterContext sink = append(graph, last, "buffersink", device);
      FfmpegCall.check(avfilter_graph_config(graph, (Pointer) null), "set up filters " + steps);
      return new FilterChain(graph, source, sink);
    } catch (IOException | RuntimeException e) {
      avfilter_graph_free(graph);
      throw e;
    }
  }

  private static AVFilterContext source(AVFilterGraph graph, AVFrame first, AVRational timeBase)
      throws IOException {
    AVFilterContext filter = allocate(graph, "buffer");
    AVBufferSrcParameters parameters =
        FfmpegCall.check(av_buffersrc_parameters_alloc(), "describe the frames");
    try {
      parameters
          .format(first.format())
          .width(first.width())
          .height(first.height())
          .time_base(timeBase)
          .color_space(first.colorspace())
          .color_range(first.color_range())
          .hw_frames_ctx(first.hw_frames_ctx());
      FfmpegCall.check(av_buffersrc_parameters_set(filter, parameters), "describe the frames");
    } finally {
      av_free(parameters);
    }
    FfmpegCall.check(avfilter_init_str(filter, ""), "set up the filters' input");
    return filter;
  }

  private static AVFilterContext append(
      AVFilterGraph graph, AVFilterContext last, String step, GpuDevice device) throws IOException {
    List<String> nameAndOptions = List.of(step.split("=", 2));
    AVFilterContext filter = allocate(graph, nameAndOptions.get(0));
    filter.hw_device_ctx(device.newReference());
    String options = nameAndOptions.size() == 2 ? nameAndOptions.get(1) : "";
    FfmpegCall.check(avfilter_init_str(filter, options), "set up filter " + step);
    FfmpegCall.check(avfilter_link(last, 0, filter, 0), "connect filter " + step);
    return filter;
  }

  private static AVFilterContext allocate(AVFilterGraph graph, String name) throws IOException {
    return FfmpegCall.check(
        avfilter_graph_alloc_filter(graph, avfilter_get_by_name(name), name),
        "make filter " + name);
  }

  /**
   * Filters a frame.
   *
   * @param frame is not changed
   * @param target an empty frame; receives the output
   */
  void apply(AVFrame frame, AVFrame target) throws IOException {
    FfmpegCall.check(
        av_buffersrc_add_frame_flags(source, frame, AV_BUFFERSRC_FLAG_KEEP_REF), "filter a frame");
    FfmpegCall.check(av_buffersink_get_frame(sink, target), "filter a frame");
  }

  @Override
  public void close() {
    avfilter_graph_free(graph);
  }
}
