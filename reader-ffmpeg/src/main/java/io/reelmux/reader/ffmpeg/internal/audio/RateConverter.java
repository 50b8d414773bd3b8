package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Resampler;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.Limits;
import io.reelmux.reader.ffmpeg.internal.audio.Timeline.Piece;
import java.io.IOException;
import java.math.BigInteger;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Converts the sample rate. Whatever was read before, an output sample is computed from the same
 * input with the same phase of the filter: after a jump, the resampler starts at an input sample
 * that coincides with an output sample, far enough before for the filter to be full.
 */
final class RateConverter implements AutoCloseable {

  /** Output samples of a step. */
  private static final int STEP = 4096;

  /** Output samples that are computed and dropped rather than starting again. */
  private static final int NEAR = 4 * STEP;

  /** FFmpeg's default number of taps, and the part of the band that passes. */
  private static final int TAPS = 32;

  private static final double CUTOFF = 0.97;
  private static final int PHASES = 1024;

  private final SampleSource source;
  private final NativeScope owners = new NativeScope();
  private final Resampler resampler;
  private final PlaneWindow window;
  private final Frame output;
  private final PointerPointer<?> outputPlanes;

  /** As many samples as a step has, of any value: only their number counts. */
  private final PointerPointer<?> anyPlanes;

  private final Resampler.Side from;
  private final Resampler.Side to;

  /** After so many input samples come so many output samples. */
  private final long inputPeriod;

  private final long outputPeriod;

  /** Input samples that fill the filter. */
  private final long preroll;

  private boolean started;
  private boolean drained;
  private long inputAt;
  private long outputAt;
  private long total = -1;

  /** Receives converted samples. */
  interface Sink {
    /** Receives the first samples of a frame, which are valid until this returns. */
    void put(AVFrame frame, int count, int at);
  }

  /**
   * Starts at the first sample.
   *
   * @param source remains the caller's
   * @param inputLayout of the source's frames; planar
   * @param channels of both sides; remain the caller's
   * @throws LimitException if the filter exceeds the memory that is allowed
   */
  RateConverter(
      SampleSource source,
      SampleLayout inputLayout,
      int inputRate,
      SampleLayout outputLayout,
      int outputRate,
      AVChannelLayout channels,
      Limits limits)
      throws IOException {
    this.source = source;
    int divisor = BigInteger.valueOf(inputRate).gcd(BigInteger.valueOf(outputRate)).intValue();
    this.inputPeriod = inputRate / divisor;
    this.outputPeriod = outputRate / divisor;
    double band = Math.min(1, CUTOFF * outputRate / inputRate);
    long taps = (long) Math.ceil(TAPS / band) + TAPS;
    checkMemory(taps, inputRate, outputRate, limits);
    this.preroll = 2 * taps;
    int inputFormat = SampleFormats.of(inputLayout);
    int outputFormat = SampleFormats.of(outputLayout);
    this.from = new Resampler.Side(channels, inputFormat, inputRate);
    this.to = new Resampler.Side(channels, outputFormat, outputRate);
    try {
      resampler = owners.add(Resampler.allocate(from, to, new double[0]));
      window = owners.add(new PlaneWindow(inputLayout, channels));
      output = owners.add(Frame.audio(outputFormat, channels, outputRate, STEP));
      outputPlanes = output.struct().extended_data();
      Frame any = owners.add(Frame.audio(inputFormat, channels, inputRate, STEP));
      anyPlanes = any.struct().extended_data();
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, owners);
      throw e;
    }
  }

  private static void checkMemory(long taps, int from, int to, Limits limits)
      throws LimitException {
    long bytes = taps * PHASES * Double.BYTES;
    if (bytes > limits.maxMemory()) {
      throw new LimitException(
          "convert the sample rate",
          null,
          "maxMemory",
          "the filter from "
              + from
              + " to "
              + to
              + " Hz would have "
              + bytes
              + " bytes, more than "
              + limits.maxMemory()
              + "; choose a higher rate, or allow more by Limits.maxMemory");
    }
  }

  /**
   * Converts samples.
   *
   * @return how many there are; fewer than asked for only at the end
   */
  int read(long from, int count, Sink sink) throws IOException {
    if (total >= 0 && from >= total) {
      return 0;
    }
    position(from);
    int made = 0;
    while (made < count) {
      long dropped = Math.max(0, from - outputAt);
      int wanted = (int) Math.min(STEP, dropped > 0 ? dropped : count - made);
      int step = step(wanted);
      if (step == 0) {
        return made;
      }
      if (dropped == 0) {
        sink.put(output.struct(), step, made);
        made += step;
      }
      outputAt += step;
    }
    return made;
  }

  /** Returns the number of output samples, which depends on that of the input alone. */
  long total() throws IOException {
    if (total < 0) {
      long count = source.count();
      long blocks = blocksBefore(outputOf(count));
      total = blocks * outputPeriod + lengthOf(count - blocks * inputPeriod);
    }
    return total;
  }

  /** Returns how many samples come out for so many. */
  private long lengthOf(long samples) throws IOException {
    try (Resampler counter = Resampler.allocate(from, to, new double[0])) {
      long made = 0;
      for (long left = samples; left > 0; left -= STEP) {
        int part = (int) Math.min(STEP, left);
        int step = counter.convert(anyPlanes, part, outputPlanes, STEP);
        while (step > 0) {
          made += step;
          step = counter.convert(anyPlanes, 0, outputPlanes, STEP);
        }
      }
      int step;
      while ((step = counter.drain(outputPlanes, STEP)) > 0) {
        made += step;
      }
      return made;
    }
  }

  private void position(long from) throws IOException {
    boolean isAhead = started && from >= outputAt;
    if (isAhead && (from - outputAt <= NEAR || !source.seekable())) {
      return;
    }
    if (started && !source.seekable()) {
      throw new IllegalStateException(
          "the source can be read once, from start to end, and is already behind sample "
              + from
              + ": use ByteSource.spooled");
    }
    startBefore(source.seekable() ? from : 0);
  }

  private void startBefore(long from) throws EncoderException {
    long blocks = blocksBefore(from);
    resampler.restart();
    drained = false;
    started = true;
    inputAt = blocks * inputPeriod;
    outputAt = blocks * outputPeriod;
  }

  /** Returns the number of periods after which the filter can start for an output sample. */
  private long blocksBefore(long sample) {
    long blocks = sample / outputPeriod - (preroll + inputPeriod - 1) / inputPeriod;
    return Math.max(0, Math.min(blocks, Long.MAX_VALUE / 2 / inputPeriod));
  }

  /** Makes at least one output sample, unless the stream has ended. */
  private int step(int wanted) throws IOException {
    // what fits is taken out first: the resampler keeps input without bound
    int made = drained ? 0 : pending(wanted);
    while (made == 0) {
      Piece piece = drained ? null : source.load(inputAt);
      if (piece == null) {
        drained = true;
        return resampler.drain(outputPlanes, wanted);
      }
      int skipped = (int) (inputAt - piece.start());
      PointerPointer<?> planes = window.from(source.frame(), piece.offset() + skipped);
      made = resampler.convert(planes, piece.count() - skipped, outputPlanes, wanted);
      inputAt = piece.end();
    }
    return made;
  }

  private int pending(int wanted) throws EncoderException {
    return resampler.convert(anyPlanes, 0, outputPlanes, wanted);
  }

  /** Returns the input sample at an output sample, or the one before. */
  long inputOf(long sample) {
    return sample / outputPeriod * inputPeriod + sample % outputPeriod * inputPeriod / outputPeriod;
  }

  /** Returns the output sample at an input sample, or the one before. */
  long outputOf(long sample) {
    return sample / inputPeriod * outputPeriod + sample % inputPeriod * outputPeriod / inputPeriod;
  }

  @Override
  public void close() {
    owners.close();
  }
}
