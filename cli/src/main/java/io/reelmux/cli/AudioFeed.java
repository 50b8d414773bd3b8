package io.reelmux.cli;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadReport;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The audio of a file, which is added beside the frames, as far as they have come. */
final class AudioFeed implements AutoCloseable {
  private static final int PART = 4096;

  private final MediaReader file;
  private final AudioReader samples;
  private final Duration start;
  private @Nullable AudioStream stream;
  private long added;
  private boolean ended;

  private AudioFeed(MediaReader file, AudioReader samples, Duration start) {
    this.file = file;
    this.samples = samples;
    this.start = start;
  }

  /** Opens the best audio stream of a file. */
  static AudioFeed open(Path path) throws IOException {
    MediaReader file = MediaReader.open(path);
    try {
      AudioReader samples = file.audio(AudioOutput.source());
      return new AudioFeed(file, samples, samples.start());
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Adds the stream to an encoder. */
  void addTo(Encoder encoder, AudioSettings settings) {
    AudioOptions.Builder options = samples.encoding();
    settings.apply(options);
    stream = encoder.addAudio(options.build());
  }

  /**
   * Adds the samples that are heard before a frame.
   *
   * @param frame the number of the frame
   * @return false if the audio ends before it
   */
  boolean addUntil(long frame, FrameRate rate) throws IOException {
    long end =
        BigInteger.valueOf(frame)
            .multiply(BigInteger.valueOf((long) rate.denominator() * samples.sampleRate()))
            .divide(BigInteger.valueOf(rate.numerator()))
            .longValueExact();
    while (!ended && added < end) {
      add((int) Math.min(PART, end - added));
    }
    return !ended;
  }

  /** Adds all that is left. */
  void addRest() throws IOException {
    while (!ended) {
      add(PART);
    }
  }

  /** No frames follow, and no samples either. */
  void end() throws IOException {
    AudioStream to = stream;
    if (to != null) {
      to.end();
    }
  }

  private void add(int count) throws IOException {
    AudioStream to = stream;
    AudioSamples part = samples.samples(added, count);
    if (to == null || part.count() == 0) {
      ended = true;
      return;
    }
    added += part.count();
    Duration time = part.pts().orElse(start).minus(start);
    to.addSamples(part.withPts(time.isNegative() ? Duration.ZERO : time));
  }

  /** Returns what decoding has met. */
  ReadReport report() {
    return samples.report();
  }

  @Override
  public void close() {
    file.close();
  }
}
