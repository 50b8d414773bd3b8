package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Repacker;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts frames of one kind, and copies them to the caller's memory. */
final class FrameConversion implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final DecodedFormat input;
  private final FrameGraph graph;
  private final FrameWriter writer;
  private final TargetRows target;
  private final KnownPlanes planes = new KnownPlanes();

  FrameConversion(GraphPlan plan, Plans plans, Framing framing) throws EncoderException {
    this.input = plan.input();
    this.target = new TargetRows(plans.layout(), framing, plans.outputColor(plan.input()));
    try {
      graph = scope.add(new FrameGraph(plan, true));
      writer = scope.add(writer(plan.delivered(), plans.layout()));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static FrameWriter writer(DecodedFormat frames, PixelLayout layout)
      throws EncoderException {
    LayoutFormat formats = LayoutFormat.of(layout);
    if (layout.isGray() && !GrayWriter.isSame(frames, formats)) {
      return new GrayWriter(frames, layout);
    }
    if (layout == PixelLayout.RGB_PLANAR_F16) {
      return new HalfWriter(frames.width());
    }
    if (layout.isFloat() && !layout.isGray()) {
      return new FloatWriter(layout, Formats.hasAlpha(frames.format()), frames.width());
    }
    if (frames.format() == formats.memory()) {
      return new RowWriter(layout.planeCount(), formats.planes());
    }
    return Repacker.supports(frames.format(), formats.memory())
        ? new PackedWriter(frames.format(), formats.memory(), frames.width(), frames.height())
        : new QuadWriter(frames.format(), formats.memory(), frames.width(), frames.height());
  }

  /** Whether this is for frames of that kind. */
  boolean handles(DecodedFormat frames) {
    return input.equals(frames);
  }

  /** Converts a frame, which is not changed. */
  void run(AVFrame frame, ByteBuffer buffer) throws EncoderException {
    try {
      AVFrame converted = graph.run(frame);
      writer.write(converted, planes.of(converted), target.into(buffer));
    } finally {
      target.release();
      graph.release();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
