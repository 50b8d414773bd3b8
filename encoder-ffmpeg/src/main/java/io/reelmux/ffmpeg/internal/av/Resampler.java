package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_alloc_set_opts2;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_convert;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_get_out_samples;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_init;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_set_matrix;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.PointerPointer;

/** Owns an SwrContext: converts the format, rate and channels of samples. */
public final class Resampler extends NativeOwner {
  private final SwrContext struct;

  private Resampler(SwrContext struct) {
    this.struct = struct;
  }

  /** One side of the conversion. */
  public record Side(AVChannelLayout layout, int sampleFormat, int sampleRate) {}

  /**
   * Returns an initialized resampler.
   *
   * @param matrix a row of factors for each output channel; empty for the usual mix of the layouts
   */
  public static Resampler allocate(Side from, Side to, double[] matrix) throws EncoderException {
    SwrContext struct = new SwrContext(null);
    int allocated =
        swr_alloc_set_opts2(
            struct,
            to.layout(),
            to.sampleFormat(),
            to.sampleRate(),
            from.layout(),
            from.sampleFormat(),
            from.sampleRate(),
            0,
            null);
    Av.check(allocated, "allocate a resampler");
    Resampler resampler = new Resampler(struct);
    try {
      if (matrix.length > 0) {
        int set = swr_set_matrix(struct, matrix, from.layout().nb_channels());
        Av.check(set, "set how channels are mixed");
      }
      int code = swr_init(struct);
      Av.check(code, "start the resampler");
      return resampler;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, resampler);
      throw e;
    }
  }

  /** Forgets all samples, as if this were new; the filter is kept. */
  public void restart() throws EncoderException {
    Av.check(swr_init(struct), "restart the resampler");
  }

  /** Returns the maximum number of samples that come out for this number of input samples. */
  public int maxOutput(int samples) throws EncoderException {
    return Av.check(swr_get_out_samples(struct, samples), "query the resampler");
  }

  /**
   * Converts samples.
   *
   * @param from interleaved input
   * @return number of samples written to {@code to}
   */
  public int convert(PointerPointer<?> from, int samples, PointerPointer<?> to, int capacity)
      throws EncoderException {
    int code = swr_convert(struct, to, capacity, from, samples);
    return Av.check(code, "resample");
  }

  /**
   * Ends the input, and returns what the resampler still holds.
   *
   * @return number of samples written to {@code to}; 0 when it is empty
   */
  public int drain(PointerPointer<?> to, int capacity) throws EncoderException {
    int code = swr_convert(struct, to, capacity, /* input= */ null, 0);
    return Av.check(code, "resample");
  }

  @Override
  protected void free() {
    swr_free(struct);
  }
}
