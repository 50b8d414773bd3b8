package io.reelmux.testing.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One stream of a file, frame by frame, as {@link MediaReader} decodes it. */
public final class StreamPlayer {
  private final ReadStream stream;
  private int next;

  private StreamPlayer(ReadStream stream) {
    this.stream = stream;
  }

  /** Opens a stream of a file. */
  public static StreamPlayer open(Path file, int index) throws IOException {
    return new StreamPlayer(MediaReader.read(file).streams().get(index));
  }

  /** Opens a stream of a file in memory. */
  public static StreamPlayer open(byte[] file, int index) throws IOException {
    return new StreamPlayer(MediaReader.read(file).streams().get(index));
  }

  /**
   * Returns a line for each stream: {@code video h264 320x180 25/1} or {@code audio aac 8000 Hz 2
   * ch}.
   */
  public static List<String> streams(Path file) throws IOException {
    return MediaReader.demux(file).streams().stream().map(StreamPlayer::describe).toList();
  }

  private static String describe(ReadStream stream) {
    if (stream.video()) {
      Rational rate = stream.averageRate();
      String fps = rate == null ? "0/0" : rate.numerator() + "/" + rate.denominator();
      return "video %s %dx%d %s".formatted(stream.codec(), stream.width(), stream.height(), fps);
    }
    return stream.sampleRate() > 0
        ? "audio %s %d Hz %d ch".formatted(stream.codec(), stream.sampleRate(), stream.channels())
        : "other " + stream.codec();
  }

  /** {@return duration of the stream in seconds, according to the container} */
  public double seconds() {
    return seconds(stream.duration());
  }

  private double seconds(long ticks) {
    return (double) ticks * stream.timeBase().numerator() / stream.timeBase().denominator();
  }

  /** {@return the next frame as tightly packed yuv420p; null at the end} */
  public byte @Nullable [] frame() throws IOException {
    if (next == stream.frames().size()) {
      return null;
    }
    DecodedFrame frame = stream.frames().get(next++);
    if (!frame.format.equals("yuv420p")) {
      throw new IOException("pixel format " + frame.format + ", not yuv420p");
    }
    return frame.bytes();
  }

  /** {@return times of all frames in seconds} */
  public List<Double> times() {
    return stream.framePts().stream().map(this::seconds).toList();
  }

  /** {@return all samples of the first channel} */
  public float[] samples() {
    DecodedAudio audio = stream.audio();
    if (audio == null) {
      throw new NoSuchElementException(stream.codec() + " has no samples");
    }
    double[] decoded = audio.channels().get(0);
    float[] samples = new float[decoded.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) decoded[i];
    }
    return samples;
  }
}
