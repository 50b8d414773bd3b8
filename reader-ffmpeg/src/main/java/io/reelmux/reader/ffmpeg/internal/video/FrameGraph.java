package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_INTERLACED;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Runs frames of one kind through a plan. */
final class FrameGraph implements AutoCloseable {

  /** Slices of several threads would spoil chroma where they meet. */
  private static final int THREADS = 1;

  private static final int FIELDS = AV_FRAME_FLAG_INTERLACED | AV_FRAME_FLAG_TOP_FIELD_FIRST;

  private final NativeScope scope = new NativeScope();
  private final boolean progressive;
  private final DecodedFormat input;
  private final DecodedFormat adapted;
  private final Frame view;
  private final FramePlanes viewPlanes;
  private final @Nullable Stage adapter;
  private final @Nullable Padder padder;
  private final @Nullable Stage main;

  /** A graph and the frame that receives its results. */
  private record Stage(FilterGraph graph, Frame output) {

    AVFrame run(AVFrame frame) throws EncoderException {
      output.unref();
      graph.run(frame, output.struct());
      return output.struct();
    }
  }

  /**
   * Creates a graph.
   *
   * @param progressive whether frames are looked at as whole ones: zimg would take the frames of
   *     interlaced video for fields
   */
  FrameGraph(GraphPlan plan, boolean progressive) throws EncoderException {
    this.progressive = progressive;
    this.input = plan.input();
    this.adapted = plan.adapted();
    try {
      view = scope.add(Frame.allocate());
      viewPlanes = new FramePlanes(view.struct());
      adapter = stage(plan.input(), plan.adaption());
      padder =
          plan.padded().equals(plan.adapted())
              ? null
              : scope.add(new Padder(plan.adapted(), plan.padded()));
      main = stage(plan.padded(), plan.steps());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private @Nullable Stage stage(DecodedFormat from, List<Step> steps) throws EncoderException {
    if (steps.isEmpty()) {
      return null;
    }
    FilterGraph graph = scope.add(FilterGraph.chain(from.bufferArguments("1/1"), steps, THREADS));
    return new Stage(graph, scope.add(Frame.allocate()));
  }

  /**
   * Converts a frame.
   *
   * @param frame is not changed
   * @return valid until {@link #release} or the next call
   */
  AVFrame run(AVFrame frame) throws EncoderException {
    AVFrame current = view.struct();
    view.unref();
    view.reference(frame);
    input.applyTo(current);
    if (progressive) {
      current.flags(current.flags() & ~FIELDS);
    }
    if (input.grayAsRgb()) {
      viewPlanes.repeatFirst();
    }
    if (adapter != null) {
      current = adapter.run(current);
      adapted.applyTo(current);
    }
    if (padder != null) {
      current = padder.pad(current);
    }
    return main == null ? current : main.run(current);
  }

  /** Lets go of the memory of the last frame. */
  void release() {
    view.unref();
    if (adapter != null) {
      adapter.output.unref();
    }
    if (main != null) {
      main.output.unref();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
