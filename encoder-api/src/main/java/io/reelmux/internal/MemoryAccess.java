package io.reelmux.internal;

import io.reelmux.AudioSamples;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@code io.reelmux.spi} access to methods that are not public in {@code io.reelmux}. The
 * classes that own the methods set them when they are initialized, before there is an instance.
 */
public final class MemoryAccess {
  private static volatile @Nullable FrameCopy frames;
  private static volatile @Nullable Predicate<VideoFrame> opaque;
  private static volatile @Nullable SampleCopy samples;

  private MemoryAccess() {}

  /** Copies rows of a plane. */
  @FunctionalInterface
  public interface FrameCopy {

    /** Copies rows; see {@link io.reelmux.spi.HostMemory#copyRows}. */
    void copyRows(
        VideoFrame frame,
        int plane,
        int row,
        int rows,
        ByteBuffer target,
        int position,
        int stride);
  }

  /** Copies samples. */
  @FunctionalInterface
  public interface SampleCopy {

    /** Copies samples; see {@link io.reelmux.spi.HostMemory#copyInterleaved}. */
    void copyInterleaved(AudioSamples samples, int from, int count, ByteBuffer target);
  }

  /** Set by {@link VideoFrame}. */
  public static void setFrames(FrameCopy copy, Predicate<VideoFrame> isOpaque) {
    frames = copy;
    opaque = isOpaque;
  }

  /** Set by {@link AudioSamples}. */
  public static void setSamples(SampleCopy copy) {
    samples = copy;
  }

  /** Returns how rows are copied. */
  public static FrameCopy frames() {
    return Objects.requireNonNull(frames);
  }

  /** Returns how to tell whether a frame's alpha is undefined. */
  public static Predicate<VideoFrame> opaque() {
    return Objects.requireNonNull(opaque);
  }

  /** Returns how samples are copied. */
  public static SampleCopy samples() {
    return Objects.requireNonNull(samples);
  }
}
