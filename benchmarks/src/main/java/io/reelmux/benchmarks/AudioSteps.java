package io.reelmux.benchmarks;

import static java.util.Objects.requireNonNull;

import io.reelmux.AudioSamples;
import io.reelmux.spi.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The copy of 0.1 s of stereo samples at 48 kHz out of the caller's memory. */
@State(Scope.Thread)
public class AudioSteps {
  private static final int COUNT = AudioContender.CHUNK;

  /** The caller's memory. */
  @Param({"FLOAT_ARRAYS", "FLOAT_INTERLEAVED", "SHORT_INTERLEAVED"})
  public Source source = Source.FLOAT_ARRAYS;

  private @Nullable AudioSamples samples;
  private @Nullable ByteBuffer target;

  /** A kind of memory. */
  public enum Source {
    /** An array for each channel. */
    FLOAT_ARRAYS,
    /** One array of floats. */
    FLOAT_INTERLEAVED,
    /** One array of 16-bit integers. */
    SHORT_INTERLEAVED;

    AudioSamples samples() {
      return switch (this) {
        case FLOAT_ARRAYS -> AudioSamples.of(AudioContender.chunk());
        case FLOAT_INTERLEAVED -> AudioSamples.ofInterleaved(2, new float[2 * COUNT]);
        case SHORT_INTERLEAVED -> AudioSamples.ofInterleaved(2, new short[2 * COUNT]);
      };
    }
  }

  /** Allocates the memory. */
  @Setup
  public void open() {
    samples = source.samples();
    target = ByteBuffer.allocateDirect(2 * Float.BYTES * COUNT).order(ByteOrder.nativeOrder());
  }

  /** Copies the samples. */
  @Benchmark
  public void copy() {
    HostMemory.copyInterleaved(requireNonNull(samples), 0, COUNT, requireNonNull(target));
  }
}
