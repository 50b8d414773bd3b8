package io.reelmux.reader;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.reader.internal.KeptReport;
import io.reelmux.reader.internal.Part;
import io.reelmux.reader.internal.ReaderCalls;
import io.reelmux.reader.spi.AudioDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the samples of one audio stream. Sample 0 is the first that is heard, at {@link #start}, or
 * the first of all if {@link AudioOutput#keepPriming} is set. The same sample has the same value
 * whatever was read before it, so parts of a stream join without a seam. Exceptions are the noise
 * that AAC encoders may describe instead of coding it, and the dither of AC-3 and MP2: decoders
 * draw random numbers for them, which differ after a jump, as does Opus by less than 0.00001.
 * Samples that are read one after another are not affected.
 *
 * <p>Samples are returned in memory of their own, with the time of the first one ({@link
 * AudioSamples#pts}) unless that is before 0 or after {@link VideoFrame#MAX_TIME}. {@link
 * AudioSamples#toFloats} and {@link AudioSamples#toBytes} return the values.
 *
 * <p>One thread at a time; further calls wait. Failures, {@code cancel}, deadlines and the source's
 * exceptions are as with {@link VideoReader}.
 */
public final class AudioReader implements StreamReader {
  private static final long NANOS = 1_000_000_000L;

  /** Samples that are read at once. */
  private static final int BLOCK = 1 << 16;

  /** What an array can hold on every JVM. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final ReaderCalls calls;
  private final Part part;
  private final AudioDecoder decoder;
  private final KeptReport kept;
  private final AudioInfo info;
  private final int sampleRate;
  private final ChannelLayout channels;
  private final SampleLayout layout;

  private AudioReader(
      ReaderCalls calls, Part part, AudioDecoder decoder, KeptReport kept, AudioInfo info) {
    this.calls = calls;
    this.part = part;
    this.decoder = decoder;
    this.kept = kept;
    this.info = info;
    this.sampleRate = decoder.sampleRate();
    this.channels = decoder.channels();
    this.layout = decoder.layout();
  }

  /** Inside of a call: makes a reader of a decoder, which it releases. */
  static AudioReader of(ReaderCalls calls, Part part, AudioDecoder decoder, AudioInfo info) {
    KeptReport kept = new KeptReport();
    calls.add(part, kept.releasing(decoder::report, decoder::release));
    return new AudioReader(calls, part, decoder, kept, info);
  }

  @Override
  public AudioInfo info() {
    return info;
  }

  /** {@return samples per second and channel, as they are returned} */
  public int sampleRate() {
    return sampleRate;
  }

  /** {@return the channels of the samples that are returned} */
  public ChannelLayout channels() {
    return channels;
  }

  /** {@return the layout of the samples that are returned} */
  public SampleLayout layout() {
    return layout;
  }

  /**
   * Returns when sample 0 is heard.
   *
   * @return a time on the file's timeline
   * @throws IOException if the library or the source fails
   */
  public Duration start() throws IOException {
    return calls.call(part, "start()", () -> Duration.ofNanos(decoder.startNanos()));
  }

  /**
   * Returns the number of samples, exactly. The first call may scan or decode the whole stream.
   *
   * @return samples per channel
   * @throws IOException if the library or the source fails
   */
  public long sampleCount() throws IOException {
    return calls.call(part, "sampleCount()", decoder::sampleCount);
  }

  /**
   * Returns all samples.
   *
   * @return the samples from 0 to the end
   * @throws IllegalArgumentException if they exceed 2 GiB: {@link #chunks} reads any length
   * @throws DamagedFrameException if some are damaged and {@link Damage#FAIL} is set
   * @throws IOException if the library or the source fails
   */
  public AudioSamples all() throws IOException {
    return calls.call(part, "all()", () -> readRange(0, Long.MAX_VALUE));
  }

  /** Reads samples in blocks: a range may be far longer than the stream. */
  private AudioSamples readRange(long from, long count) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    long total = 0;
    Chunk last;
    int wanted;
    do {
      wanted = (int) Math.min(BLOCK, count - total);
      last = read(from + total, wanted);
      chunks.add(last);
      total += last.count;
      requireSize(total);
    } while (last.count == wanted && total < count);
    return samples(from, chunks.size() == 1 ? last.bytes : joined(chunks, total));
  }

  private ByteBuffer joined(List<Chunk> chunks, long count) {
    ByteBuffer joined = ByteBuffer.allocate((int) bytes(count));
    int planes = layout.isPlanar() ? channels.count() : 1;
    for (int plane = 0; plane < planes; plane++) {
      for (Chunk chunk : chunks) {
        int planeBytes = chunk.bytes.capacity() / planes;
        joined.put(chunk.bytes.slice(plane * planeBytes, planeBytes));
      }
    }
    return joined.flip();
  }

  /** Consecutive samples, planes one after another. */
  private static final class Chunk {
    private final int count;
    private final ByteBuffer bytes;

    Chunk(int count, ByteBuffer bytes) {
      this.count = count;
      this.bytes = bytes;
    }
  }

  /** Reads samples, and closes the gaps between planes if there are fewer than asked for. */
  private Chunk read(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) bytes(count));
    int read = count == 0 ? 0 : decoder.read(from, count, bytes);
    if (read == count) {
      return new Chunk(read, bytes);
    }
    int planes = layout.isPlanar() ? channels.count() : 1;
    int planeBytes = (int) (bytes(count) / planes);
    int kept = (int) (bytes(read) / planes);
    ByteBuffer tight = ByteBuffer.allocate((int) bytes(read));
    for (int plane = 0; plane < planes; plane++) {
      tight.put(bytes.slice(plane * planeBytes, kept));
    }
    return new Chunk(read, tight.flip());
  }

  private long bytes(long count) {
    return count * channels.count() * layout.type().bytes();
  }

  private void requireSize(long count) {
    long max = MAX_BYTES / bytes(1);
    if (count > max) {
      throw new IllegalArgumentException(
          count
              + " samples of "
              + bytes(1)
              + " bytes exceed an array: at most "
              + max
              + " at once; chunks() reads any length");
    }
  }

  private AudioSamples samples(long from, ByteBuffer bytes) throws IOException {
    AudioSamples samples =
        AudioSamples.of(layout, channels.count(), bytes.order(ByteOrder.LITTLE_ENDIAN));
    Duration time = time(from);
    boolean possible = !time.isNegative() && time.compareTo(VideoFrame.MAX_TIME) <= 0;
    return possible ? samples.withPts(time) : samples;
  }

  private Duration time(long sample) throws IOException {
    Duration whole = Duration.ofSeconds(sample / sampleRate);
    long nanos = (sample % sampleRate * NANOS + sampleRate / 2) / sampleRate;
    return Duration.ofNanos(decoder.startNanos()).plus(whole).plusNanos(nanos);
  }

  /**
   * Returns samples by their numbers.
   *
   * @param from the number of the first one
   * @param count how many are wanted, not negative
   * @return {@code count} samples; fewer at the end of the stream, and none exactly at the end
   * @throws IllegalArgumentException if {@code count} is negative, or they exceed 2 GiB
   * @throws IndexOutOfBoundsException if {@code from} is negative or after the end
   * @throws DamagedFrameException if some are damaged and {@link Damage#FAIL} is set
   * @throws IOException if the library or the source fails
   */
  public AudioSamples samples(long from, int count) throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("count " + count + ": must not be negative");
    }
    requireSize(count);
    return calls.call(part, "samples()", () -> samplesNow(from, count));
  }

  private AudioSamples samplesNow(long from, int count) throws IOException {
    if (from < 0) {
      throw new IndexOutOfBoundsException("sample " + from + ": must not be negative");
    }
    AudioSamples samples = readRange(from, count);
    // only a call that returns nothing asks for the end, which may have to be found
    if (samples.count() == 0 && from > 0 && from > decoder.sampleCount()) {
      throw new IndexOutOfBoundsException(
          "sample " + from + ": the stream has " + decoder.sampleCount());
    }
    return samples;
  }

  /**
   * Returns the samples that are heard from one time on until before another. Each limit becomes
   * the nearest sample, the later one if two are equally near: parts of a stream that meet at a
   * time join without a seam.
   *
   * @param from a time on the file's timeline; may be before {@link #start}
   * @param to a later time, or the same; may be after the end
   * @return the samples of that time that exist; {@link AudioSamples#pts} tells where they start
   * @throws IllegalArgumentException if {@code to} is before {@code from}, or they exceed 2 GiB
   * @throws DamagedFrameException if some are damaged and {@link Damage#FAIL} is set
   * @throws IOException if the library or the source fails
   */
  public AudioSamples samples(Duration from, Duration to) throws IOException {
    if (to.compareTo(from) < 0) {
      throw new IllegalArgumentException("to " + to + " is before from " + from);
    }
    return calls.call(part, "samples()", () -> samplesNow(from, to));
  }

  private AudioSamples samplesNow(Duration from, Duration to) throws IOException {
    Duration start = Duration.ofNanos(decoder.startNanos());
    long first = Math.max(0, nearest(within(from).minus(start)));
    long end = Math.max(first, nearest(within(to).minus(start)));
    return readRange(first, end - first);
  }

  /**
   * Times beyond what a long of nanoseconds holds are before the first sample or after the last.
   */
  private static Duration within(Duration time) {
    Duration max = Duration.ofNanos(Long.MAX_VALUE).dividedBy(2);
    if (time.compareTo(max) > 0) {
      return max;
    }
    return time.compareTo(max.negated()) < 0 ? max.negated() : time;
  }

  /** Returns the number of the sample nearest to a time from sample 0 on; ties round up. */
  private long nearest(Duration time) {
    BigInteger nanos =
        BigInteger.valueOf(time.getSeconds())
            .multiply(BigInteger.valueOf(NANOS))
            .add(BigInteger.valueOf(time.getNano()));
    BigInteger twice = BigInteger.valueOf(2 * NANOS);
    BigInteger[] parts =
        nanos
            .multiply(BigInteger.valueOf(2L * sampleRate))
            .add(BigInteger.valueOf(NANOS))
            .divideAndRemainder(twice);
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
    return floor.min(max).max(max.negate()).longValueExact();
  }

  /**
   * Returns all samples in parts of equal size. Every iterator starts at sample 0. Where a call
   * would throw an {@link IOException}, iterators throw an {@link UncheckedIOException} with that
   * cause.
   *
   * @param samples how many samples a part has, positive; the last part may have fewer
   * @return the parts, decoded while iterating; none if the stream is empty
   * @throws IllegalArgumentException if {@code samples} is not positive, or a part exceeds 2 GiB
   */
  public Iterable<AudioSamples> chunks(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples " + samples + ": must be positive");
    }
    requireSize(samples);
    return () -> new ChunkIterator(this, samples);
  }

  /** Reads the samples from a number on; none at or after the end. */
  AudioSamples chunk(long from, int count) throws IOException {
    return calls.call(part, "chunks()", () -> samples(from, read(from, count).bytes));
  }

  /** Returns the number of the sample nearest to a time, at least 0. */
  long sampleAt(Duration time) throws IOException {
    return calls.call(
        part, "next()", () -> Math.max(0, nearest(time.minusNanos(decoder.startNanos()))));
  }

  /** Returns when a sample is heard. */
  Duration timeOf(long sample) throws IOException {
    return calls.call(part, "next()", () -> time(sample));
  }

  @Override
  public ReadReport report() {
    try {
      return calls.ask(part, decoder::report, kept::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns options for encoding the samples again: their rate and channels, the language, title,
   * dispositions and tags of the stream. Codec and bit rate are the encoder's defaults.
   *
   * @return options that can be changed
   */
  public AudioOptions.Builder encoding() {
    AudioOptions.Builder options = AudioOptions.builder(sampleRate, channels.count());
    if (!channels.isDiscrete()) {
      options.channelLayout(channels);
    }
    StreamTags.copy(info.facts(), options);
    return options;
  }

  @Override
  public void close() {
    calls.close(part);
  }

  /** Whether this reads with the calls of a reader. */
  boolean belongsTo(ReaderCalls other) {
    return calls == other;
  }

  /** {@code audio 0: aac, FLOAT_PLANAR 48000 Hz, stereo}. */
  @Override
  public String toString() {
    return part + ": " + info.codec() + ", " + layout + " " + sampleRate + " Hz, " + channels;
  }
}
