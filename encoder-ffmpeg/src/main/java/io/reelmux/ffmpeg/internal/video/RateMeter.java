package io.reelmux.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.Notes;
import java.time.Duration;

/** Compares the bit rate of a stream with the one that was asked for. */
final class RateMeter {

  /** Encoders need some seconds to find the rate. */
  private static final Duration MIN_LENGTH = Duration.ofSeconds(10);

  private static final double TOLERANCE = 0.1;

  private long asked;
  private double askedBitsBefore;
  private Duration askedSince = Duration.ZERO;
  private long bytes;

  /**
   * Starts with nothing.
   *
   * @param asked bits per second; 0 if no rate was asked for
   */
  RateMeter(long asked) {
    this.asked = asked;
  }

  /** Counts a packet. */
  void add(int packetBytes) {
    bytes += packetBytes;
  }

  /** From this time on, another rate is asked for. */
  void change(long newlyAsked, Duration at) {
    askedBitsBefore += asked * seconds(at.minus(askedSince));
    askedSince = at;
    asked = newlyAsked;
  }

  /** Reports a rate that was missed in a stream of this duration. */
  void report(Duration duration, Notes notes) {
    if (asked == 0 || duration.compareTo(MIN_LENGTH) < 0) {
      return;
    }
    double askedBits = askedBitsBefore + asked * seconds(duration.minus(askedSince));
    double bits = 8.0 * bytes;
    if (Math.abs(bits - askedBits) > TOLERANCE * askedBits) {
      notes.add(
          "the bit rate was missed: "
              + kilobits(bits, duration)
              + " instead of "
              + kilobits(askedBits, duration));
    }
  }

  private static String kilobits(double bits, Duration duration) {
    return Math.round(bits / seconds(duration) / 1000) + " kb/s";
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
