package io.reelmux;

import io.reelmux.internal.EncoderCalls;
import io.reelmux.internal.StreamSlot;
import io.reelmux.spi.AudioInput;
import io.reelmux.spi.EncodingSession;
import java.io.IOException;
import java.util.Objects;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An audio stream of an {@link Encoder}: the handle that accepts samples. One thread at a time;
 * different streams may be fed from different threads at once.
 */
public final class AudioStream implements MediaStream {

  /** Samples that are read at once. */
  private static final int CHUNK = 4096;

  private final Encoder encoder;
  private final EncoderCalls calls;
  private final StreamSlot slot;
  private final AudioOptions options;

  /** Set when the encoder is opened. */
  private volatile @Nullable AudioInput connected;

  AudioStream(Encoder encoder, EncoderCalls calls, StreamSlot slot, AudioOptions options) {
    this.encoder = encoder;
    this.calls = calls;
    this.slot = slot;
    this.options = options;
  }

  StreamSlot slot() {
    return slot;
  }

  void connect(EncodingSession session) {
    connected = session.audio(slot.number());
  }

  private AudioInput input() {
    return Objects.requireNonNull(connected, "input");
  }

  /** {@return the options that the stream was added with} */
  public AudioOptions options() {
    return options;
  }

  /**
   * Encodes samples.
   *
   * @param samples [channels][n], full scale is -1 to 1; n may be any number, 0 included
   * @throws IllegalArgumentException if the number of channels differs from the stream's, or the
   *     channels differ in length or hold NaN or infinity; the encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails; the destination's exception is
   *     thrown unchanged
   */
  public void addSamples(float[][] samples) throws IOException {
    addSamples(AudioSamples.of(samples));
  }

  /**
   * Encodes samples.
   *
   * @param samples any number, in any layout; their memory may be reused when the call returns
   * @throws IllegalArgumentException if the number of channels differs from the stream's, the
   *     values are not finite, or the samples' own time is before the end of those already added or
   *     after the longest gap; the encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails
   */
  public void addSamples(AudioSamples samples) throws IOException {
    Objects.requireNonNull(samples, "samples");
    if (samples.channels() != options.channels()) {
      throw new IllegalArgumentException(
          "samples of "
              + samples.channels()
              + " channels: the stream requires "
              + options.channels()
              + "; AudioOptions.outputChannels mixes");
    }
    samples.checkFinite();
    calls.begin(slot, "addSamples()");
    try {
      AudioInput input = input();
      input.check(samples);
      calls.add("addSamples()", () -> input.add(samples));
    } finally {
      calls.leave(slot);
    }
    encoder.reportProgress();
  }

  /**
   * Encodes samples from a stream of {@code javax.sound}, up to its end. The stream is not closed.
   *
   * @param samples with the sample rate and channels of this stream, in a format of {@link
   *     AudioSamples#of(AudioFormat, byte[])}
   * @throws IllegalArgumentException if rate, channels or format do not fit; the encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the stream cannot be read, or the destination or the encoder fails
   */
  public void addSamples(AudioInputStream samples) throws IOException {
    AudioFormat format = samples.getFormat();
    if (format.getSampleRate() != options.sampleRate()) {
      throw new IllegalArgumentException(
          "samples of "
              + format.getSampleRate()
              + " Hz: the stream requires "
              + options.sampleRate()
              + "; AudioOptions.outputSampleRate resamples");
    }
    // refuses what is wrong with the format before anything is read
    addSamples(AudioSamples.of(format, new byte[0]));
    byte[] chunk = samples.readNBytes(CHUNK * format.getFrameSize());
    while (chunk.length > 0) {
      addSamples(AudioSamples.of(format, chunk));
      chunk = samples.readNBytes(CHUNK * format.getFrameSize());
    }
  }

  /**
   * Ends the stream, so that the other streams need not wait for it. Calling it again does nothing.
   *
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the encoder fails
   */
  public void end() throws IOException {
    calls.end(slot, () -> input().end());
  }

  /** {@code audio 0: 48000 Hz, 2 channels}. */
  @Override
  public String toString() {
    return slot + ": " + options;
  }
}
