package io.reelmux.benchmarks;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.Repacker;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The merge of planes into packed pixels, a strip of rows at a time. */
@State(Scope.Thread)
public class MergeSteps {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** The layout to merge into. */
  @Param({"RGB24", "RGBA"})
  public PixelLayout layout = PixelLayout.RGB24;

  private @Nullable Frame planar;
  private @Nullable Frame strip;
  private @Nullable Repacker repacker;
  private @Nullable FramePlanes from;
  private @Nullable FramePlanes to;

  /** Allocates the frames. */
  @Setup
  public void open() throws EncoderException {
    NativeLibraries.load();
    int format = layout == PixelLayout.RGBA ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
    int rows = Repacker.STRIP_ROWS;
    int strips = (HEIGHT + rows - 1) / rows;
    // the last strip is a whole one too
    Frame source = Repacker.frame(AV_PIX_FMT_GBRP, WIDTH, HEIGHT, strips * rows);
    Frame target = Repacker.frame(format, WIDTH, rows, rows);
    from = new FramePlanes(source.struct());
    to = new FramePlanes(target.struct());
    planar = source;
    strip = target;
    repacker = Repacker.allocate(AV_PIX_FMT_GBRP, format, WIDTH, rows);
  }

  /** Merges a frame. */
  @Benchmark
  public void merge() throws EncoderException {
    for (int row = 0; row < HEIGHT; row += Repacker.STRIP_ROWS) {
      requireNonNull(repacker).repack(requireNonNull(from), row, requireNonNull(to), 0);
    }
  }

  /** Frees the frames. */
  @TearDown
  public void close() {
    requireNonNull(repacker).close();
    requireNonNull(strip).close();
    requireNonNull(planar).close();
  }
}
