package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.cuda.internal.driver.Cuda;
import io.reelmux.cuda.internal.driver.DriverApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the kernels in one CUDA context ({@code cuModuleLoadData}, {@code cuModuleUnload}).
 *
 * <p>That context must be current on the calling thread for every method. Not thread-safe: each
 * stream of an encoder has its own instance. {@link #load} allocates all native memory.
 */
public final class FrameKernels implements AutoCloseable {
  private static final String PTX = "reelmux.ptx";

  /** Threads per block, horizontally and vertically. */
  private static final int BLOCK_X = 32;

  private static final int BLOCK_Y = 8;

  private static final int COPIED_BYTES = 16;
  private static final int TILE_WIDTH = 8;
  private static final int TILE_HEIGHT = 2;

  /** Keeps columns and rows far below the limits of an int and of a grid. */
  private static final int MAX_SIZE = 1 << 16;

  private final CUmod_st module;
  private final Map<SourceKernel, CUfunc_st> functions;
  private final KernelParameter parameter = new KernelParameter();
  private boolean closed;

  private FrameKernels(CUmod_st module, Map<SourceKernel, CUfunc_st> functions) {
    this.module = module;
    this.functions = functions;
  }

  /**
   * Loads the kernels into the current context; the driver compiles them for its GPU.
   *
   * @throws EncoderException if the driver refuses
   */
  public static FrameKernels load() throws EncoderException {
    CUmod_st module = new CUmod_st();
    try (BytePointer ptx = new BytePointer(ptx())) {
      DriverApi.check(
          Cuda.cuModuleLoadData(module, ptx), "load the conversion kernels", "cuModuleLoadData");
    }
    try {
      return new FrameKernels(module, functions(module));
    } catch (EncoderException | RuntimeException | Error e) {
      unload(module, e);
      throw e;
    }
  }

  /**
   * Returns whether frames of a layout can be converted to a surface.
   *
   * @param bits bits of the surface, 8 for NV12, 10 for P010
   */
  public static boolean handles(PixelLayout layout, int bits) {
    return SourceKernel.handles(layout, bits);
  }

  /**
   * Starts converting a frame to a surface: converts colors and subsamples chroma, left-sited; NV12
   * and P010 are copied. Returns before the conversion is done; the stream orders it.
   *
   * @param stream the stream to queue the work on, or null for the default stream
   * @param layout layout of the source
   * @param sourcePlanes device pointers, one for each plane of the layout, with any alignment
   * @param sourcePitches bytes between rows of each plane, at least the size of a row
   * @param target the surface
   * @param width width of both, in pixels; may be odd
   * @param height height of both, in pixels; may be odd
   * @param color matrix and range of the surface; ignored for NV12 and P010
   * @throws IllegalArgumentException if the layout is not {@linkplain #handles handled} or a number
   *     is out of range
   * @throws EncoderException if the driver refuses
   */
  public void convert(
      @Nullable CUstream_st stream,
      PixelLayout layout,
      long[] sourcePlanes,
      long[] sourcePitches,
      SurfaceTarget target,
      int width,
      int height,
      ColorSpec color)
      throws EncoderException {
    if (closed) {
      throw new IllegalStateException("the kernels are closed");
    }
    SourceKernel kernel = SourceKernel.of(layout, target.bits());
    checkSize(width, height);
    checkSource(layout, sourcePlanes, sourcePitches, width);
    checkTarget(target, width);
    parameter.size(width, height);
    parameter.source(sourcePlanes, sourcePitches);
    parameter.target(target);
    if (kernel == SourceKernel.COPY) {
      int rowBytes = (width + 1) / 2 * 2 * target.bytesPerSample();
      launch(kernel, blocks(rowBytes, COPIED_BYTES * BLOCK_X), blocks(height, BLOCK_Y), 2, stream);
      return;
    }
    int shift = kernel.shift(target.bits());
    Coefficients coefficients = Coefficients.of(color, target.bits(), kernel.white(), shift);
    parameter.colors(coefficients, shift, SourceKernel.blueFirst(layout));
    launch(
        kernel,
        blocks(width, TILE_WIDTH * BLOCK_X),
        blocks(height, TILE_HEIGHT * BLOCK_Y),
        1,
        stream);
  }

  private void launch(
      SourceKernel kernel, int gridX, int gridY, int gridZ, @Nullable CUstream_st stream)
      throws EncoderException {
    int code =
        Cuda.cuLaunchKernel(
            Objects.requireNonNull(functions.get(kernel)),
            gridX,
            gridY,
            gridZ,
            BLOCK_X,
            BLOCK_Y,
            1,
            /* sharedMemBytes= */ 0,
            stream,
            parameter.pointers());
    DriverApi.check(code, "start the kernel " + kernel.function(), "cuLaunchKernel");
  }

  private static int blocks(int size, int blockSize) {
    return (size + blockSize - 1) / blockSize;
  }

  private static void checkSize(int width, int height) {
    if (width < 1 || height < 1 || width > MAX_SIZE || height > MAX_SIZE) {
      throw new IllegalArgumentException(
          "size %dx%d: width and height must be 1 to %d pixels".formatted(width, height, MAX_SIZE));
    }
  }

  private static void checkSource(PixelLayout layout, long[] planes, long[] pitches, int width) {
    int count = layout.planeCount();
    if (planes.length != count || pitches.length != count) {
      throw new IllegalArgumentException(
          "%d planes, %d pitches: layout %s has %d"
              .formatted(planes.length, pitches.length, layout, count));
    }
    for (int plane = 0; plane < count; plane++) {
      if (planes[plane] == 0) {
        throw new IllegalArgumentException("plane " + plane + " is a null pointer");
      }
      int rowBytes = layout.rowBytes(plane, width);
      if (pitches[plane] < rowBytes || pitches[plane] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "pitch %d of plane %d: a row of %d pixels has %d bytes, the largest pitch is %d"
                .formatted(pitches[plane], plane, width, rowBytes, Integer.MAX_VALUE));
      }
    }
  }

  private static void checkTarget(SurfaceTarget target, int width) {
    long chromaBytes = (width + 1L) / 2 * 2 * target.bytesPerSample();
    if (target.lumaPitch() < (long) width * target.bytesPerSample()
        || target.chromaPitch() < chromaBytes
        || Math.max(target.lumaPitch(), target.chromaPitch()) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "pitches %d and %d of the surface: too small for %d pixels, or above 2 GiB"
              .formatted(target.lumaPitch(), target.chromaPitch(), width));
    }
  }

  private static Map<SourceKernel, CUfunc_st> functions(CUmod_st module) throws EncoderException {
    Map<SourceKernel, CUfunc_st> functions = new EnumMap<>(SourceKernel.class);
    for (SourceKernel kernel : SourceKernel.values()) {
      CUfunc_st function = new CUfunc_st();
      DriverApi.check(
          Cuda.cuModuleGetFunction(function, module, kernel.function()),
          "find the kernel " + kernel.function(),
          "cuModuleGetFunction");
      functions.put(kernel, function);
    }
    return functions;
  }

  /** The PTX text, zero-terminated as the driver requires. */
  private static byte[] ptx() {
    try (InputStream resource = FrameKernels.class.getResourceAsStream(PTX)) {
      if (resource == null) {
        throw new IllegalStateException("this build of encoder-cuda does not contain " + PTX);
      }
      byte[] text = resource.readAllBytes();
      return Arrays.copyOf(text, text.length + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + PTX, e);
    }
  }

  private static void unload(CUmod_st module, Throwable reason) {
    try {
      DriverApi.check(
          Cuda.cuModuleUnload(module), "unload the conversion kernels", "cuModuleUnload");
    } catch (EncoderException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Unloads the kernels; queued work must be done. Further calls have no effect.
   *
   * @throws EncoderException if the driver reports an error, possibly one of earlier work
   */
  @Override
  public void close() throws EncoderException {
    if (closed) {
      return;
    }
    closed = true;
    parameter.close();
    DriverApi.check(Cuda.cuModuleUnload(module), "unload the conversion kernels", "cuModuleUnload");
  }
}
