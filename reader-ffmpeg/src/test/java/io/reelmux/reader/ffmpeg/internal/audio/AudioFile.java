package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.SampleLayout;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Limits;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.ffmpeg.internal.FfmpegMediaSession;
import io.reelmux.reader.spi.AudioDecoder;
import io.reelmux.reader.spi.OpenRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first audio stream of an open file. */
final class AudioFile implements AutoCloseable {

  /** Planar floats, as everything below reads them unless it says otherwise. */
  static final AudioOutput FLOATS = AudioOutput.of(SampleLayout.FLOAT_PLANAR);

  private final FfmpegMediaSession session;
  private final AudioInfo info;
  private final AudioDecoder decoder;

  private AudioFile(FfmpegMediaSession session, AudioOutput output) throws IOException {
    this.session = session;
    try {
      this.info = audio(session);
      this.decoder = session.audio(info.index(), output);
    } catch (IOException | RuntimeException e) {
      session.release();
      throw e;
    }
  }

  private static AudioInfo audio(FfmpegMediaSession session) throws IOException {
    return session.info().streams().stream()
        .filter(AudioInfo.class::isInstance)
        .map(AudioInfo.class::cast)
        .findFirst()
        .orElseThrow(() -> new IOException("could not find an audio stream"));
  }

  static AudioFile open(Path file, AudioOutput output) throws IOException {
    return open(ByteSource.of(file), file.getFileName().toString(), output);
  }

  static AudioFile open(byte[] file, AudioOutput output) throws IOException {
    return open(ByteSource.of(ByteBuffer.wrap(file)), "file", output);
  }

  static AudioFile open(ByteSource source, String name, AudioOutput output) throws IOException {
    OpenRequest request =
        new OpenRequest(
            Optional.of(source),
            Optional.empty(),
            Optional.of(name),
            Optional.empty(),
            Map.of(),
            Limits.DEFAULT,
            () -> {});
    return new AudioFile(FfmpegMediaSession.open(request), output);
  }

  AudioDecoder decoder() {
    return decoder;
  }

  AudioInfo info() {
    return info;
  }

  ReadReport report() {
    return decoder.report();
  }

  /** Reads some planar floats. */
  float[][] read(long from, int count) throws IOException {
    int channels = decoder.channels().count();
    ByteBuffer bytes =
        ByteBuffer.allocate(count * channels * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int read = decoder.read(from, count, bytes);
    float[][] samples = new float[channels][read];
    for (int channel = 0; channel < channels; channel++) {
      bytes.asFloatBuffer().get(channel * count, samples[channel]);
    }
    return samples;
  }

  /** Reads all planar floats, in parts. */
  float[][] whole(int part) throws IOException {
    List<float[][]> parts = new ArrayList<>();
    int total = 0;
    float[][] last;
    do {
      last = read(total, part);
      parts.add(last);
      total += last[0].length;
    } while (last[0].length == part);
    float[][] all = new float[decoder.channels().count()][total];
    int at = 0;
    for (float[][] samples : parts) {
      for (int channel = 0; channel < all.length; channel++) {
        System.arraycopy(samples[channel], 0, all[channel], at, samples[channel].length);
      }
      at += samples[0].length;
    }
    return all;
  }

  static float[][] whole(Path file, AudioOutput output) throws IOException {
    try (AudioFile audio = open(file, output)) {
      return audio.whole(5_000);
    }
  }

  /** Returns the largest difference of the samples from a number on to a part of others. */
  static double difference(float[][] samples, float[][] others, int from) {
    double worst = 0;
    for (int channel = 0; channel < samples.length; channel++) {
      for (int i = 0; i < samples[channel].length; i++) {
        worst = Math.max(worst, Math.abs(samples[channel][i] - others[channel][from + i]));
      }
    }
    return worst;
  }

  /** Returns a part of each channel. */
  static float[][] part(float[][] samples, int from, int to) {
    return Arrays.stream(samples)
        .map(channel -> Arrays.copyOfRange(channel, from, to))
        .toArray(float[][]::new);
  }

  @Override
  public void close() {
    decoder.release();
    session.release();
  }
}
