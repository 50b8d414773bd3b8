package io.reelmux.ffmpeg.internal.video;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;

import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The copy of a packed frame to native memory and its split into planes, with each of the two
 * splitters. It is in the package of what it measures, which no program can see.
 */
@State(Scope.Thread)
public class SplitSteps {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** The splitter to measure. */
  @Param({"PAIR", "REPACK"})
  public Splitter splitter = Splitter.PAIR;

  /** The layout of the frame. */
  @Param({"RGB24", "RGBA"})
  public PixelLayout layout = PixelLayout.RGB24;

  private @Nullable PackedRgbLoader loader;
  private @Nullable VideoFrame frame;

  /** Opens the loader. */
  @Setup
  public void open() throws EncoderException {
    NativeLibraries.load();
    int format = layout == PixelLayout.RGBA ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
    byte[] pixels = new byte[(int) layout.frameBytes(WIDTH, HEIGHT)];
    new Random(1).nextBytes(pixels);
    frame = VideoFrame.of(layout, WIDTH, HEIGHT, pixels);
    loader = new PackedRgbLoader(splitter.create(format), RowPass.none());
  }

  /** Loads a frame. */
  @Benchmark
  public AVFrame load() throws EncoderException {
    return requireNonNull(loader).load(requireNonNull(frame));
  }

  /** Closes the loader. */
  @TearDown
  public void close() {
    requireNonNull(loader).close();
  }

  /** A splitter. */
  public enum Splitter {
    /** Works on every processor. */
    PAIR,
    /** Requires x86-64 with SSE4. */
    REPACK;

    StripSplitter create(int format) throws EncoderException {
      return this == PAIR
          ? new PairSplitter(format, AV_PIX_FMT_GBRP, WIDTH, HEIGHT)
          : new RepackSplitter(format, AV_PIX_FMT_GBRP, WIDTH, HEIGHT);
    }
  }
}
