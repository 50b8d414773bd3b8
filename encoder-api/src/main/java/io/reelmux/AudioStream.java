package io.reelmux;

import java.io.IOException;
import java.util.Objects;

/**
 * An audio stream of an {@link Encoder}: the handle that takes samples. One thread at a time;
 * different streams may be fed from different threads at once.
 */
public final class AudioStream {
  private final Encoder encoder;
  private final StreamGate gate;
  private final AudioOptions options;

  AudioStream(Encoder encoder, StreamGate gate, AudioOptions options) {
    this.encoder = encoder;
    this.gate = gate;
    this.options = options;
  }

  StreamGate gate() {
    return gate;
  }

  /** {@return what the stream was added with} */
  public AudioOptions options() {
    return options;
  }

  /**
   * Encodes samples.
   *
   * @param samples [channels][n] in -1 to 1; n is free and may be 0
   * @throws IllegalArgumentException if the channels are not the stream's, differ in length, or
   *     hold NaN or infinity; the encoder goes on
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails; the destination's exception is
   *     thrown as it is
   */
  public void addSamples(float[][] samples) throws IOException {
    addSamples(AudioSamples.of(samples));
  }

  /**
   * Encodes samples.
   *
   * @param samples any number, in any layout; their memory is free again when the call returns
   * @throws IllegalArgumentException if the channels are not the stream's, the values are not
   *     finite, or the samples' own time lies before the end of those already added; the encoder
   *     goes on
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails
   */
  public void addSamples(AudioSamples samples) throws IOException {
    Objects.requireNonNull(samples, "samples");
    if (samples.channels() != options.channels()) {
      throw new IllegalArgumentException(
          "samples of %d channels: the stream takes %d; AudioOptions.outputChannels mixes"
              .formatted(samples.channels(), options.channels()));
    }
    samples.checkFinite();
    encoder.run(gate, StreamCall.ADD_SAMPLES, samples);
  }

  /**
   * Says that no more samples will come, so that the other streams need not wait for this one.
   * Calling it again does nothing.
   *
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the encoder fails
   */
  public void end() throws IOException {
    encoder.end(gate);
  }
}
