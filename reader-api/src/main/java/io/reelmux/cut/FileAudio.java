package io.reelmux.cut;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The audio of a media file, to be encoded again. It remains with the file's video, if there is
 * one: what is heard before the first frame is left out, which the notes of {@link AudioEncoder}
 * and {@link ParallelEncoder} say. Immutable and thread-safe. On other machines, the file must be
 * at the same path.
 */
public final class FileAudio implements AudioSource {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 4096;

  private final String file;
  private final AudioOptions encoding;

  private FileAudio(String file, AudioOptions encoding) {
    this.file = file;
    this.encoding = encoding;
  }

  /**
   * Returns the samples of a file's best audio stream.
   *
   * @param file a regular file
   * @return the audio
   * @throws io.reelmux.reader.UnsupportedMediaException if there is no audio that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static FileAudio of(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    try (MediaReader in = MediaReader.open(file)) {
      AudioOptions encoding = in.audio(AudioOutput.source()).encoding().build();
      return new FileAudio(file.toString(), encoding);
    }
  }

  /**
   * Returns options for encoding the samples again, as {@link AudioReader#encoding} does.
   *
   * @return options that can be changed
   */
  public AudioOptions.Builder encoding() {
    return encoding.toBuilder();
  }

  @Override
  public void feed(AudioStream stream) throws IOException {
    feedNoted(stream);
  }

  /** Adds all samples to a stream; returns what has been left out. */
  List<String> feedNoted(AudioStream stream) throws IOException {
    try (MediaReader in = MediaReader.open(Path.of(file))) {
      Duration beginning = Beginnings.of(in);
      AudioReader reader = in.audio(AudioOutput.source());
      Duration offset = reader.start().minus(beginning);
      long rate = reader.sampleRate();
      long count = reader.sampleCount();
      long hidden = Math.min(count, hidden(offset, rate));
      for (long n = hidden; n < count; n += BLOCK) {
        AudioSamples samples = reader.samples(n, (int) Math.min(BLOCK, count - n));
        Duration time = offset.plus(time(n, rate));
        stream.addSamples(samples.withPts(time.isNegative() ? Duration.ZERO : time));
      }
      return hidden == 0 ? List.of() : List.of(leftOut(hidden, rate));
    }
  }

  private String leftOut(long samples, long rate) {
    return "audio: what "
        + file
        + " has before its first frame has been left out: "
        + samples
        + " samples per channel, "
        + time(samples, rate);
  }

  /** The samples that are heard before the video begins. */
  private static long hidden(Duration offset, long rate) {
    return offset.isNegative()
        ? Math.round(-offset.getSeconds() * (double) rate - offset.getNano() / 1e9 * rate)
        : 0;
  }

  private static Duration time(long sample, long rate) {
    return Duration.ofSeconds(sample / rate).plusNanos(Math.round(sample % rate * 1e9 / rate));
  }

  /** {@code FileAudio of in.mov}. */
  @Override
  public String toString() {
    return "FileAudio of " + file;
  }
}
