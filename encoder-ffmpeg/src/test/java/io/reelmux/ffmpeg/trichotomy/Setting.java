package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.EncoderInfo;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A setting of the public options.
 *
 * @param name class and method, followed by a part of what it sets if that has several
 * @param round settings of one round are applied to one file, if none of them is refused; those of
 *     round 0 are in every file
 * @param reach whether the encoder, the container or both decide what becomes of it
 * @param concerns the encoders that the setting concerns
 * @param apply sets it
 * @param seen whether ffprobe shows that the file has it
 * @param note finds the note that says that the file has not, or has it otherwise
 */
record Setting(
    String name,
    int round,
    Reach reach,
    Predicate<EncoderInfo> concerns,
    Consumer<Request> apply,
    Sight seen,
    Pattern note) {

  /** What decides what becomes of a setting. */
  enum Reach {
    ENCODER,
    CONTAINER,
    BOTH
  }

  /** Decides whether a file has a setting. */
  @FunctionalInterface
  interface Sight {
    boolean test(Probe probe, EncoderInfo info);
  }

  static Setting of(String name, int round, Consumer<Request> apply, Sight seen, String note) {
    return new Setting(
        name,
        round,
        Reach.BOTH,
        info -> true,
        apply,
        seen,
        Pattern.compile(note, Pattern.CASE_INSENSITIVE));
  }

  Setting concerning(Predicate<EncoderInfo> encoders) {
    return new Setting(name, round, reach, encoders, apply, seen, note);
  }

  /** The same, decided by the encoder or the container alone. */
  Setting by(Reach only) {
    return new Setting(name, round, only, concerns, apply, seen, note);
  }

  /** The method that sets it. */
  String method() {
    return name.split(" ")[0];
  }

  @Override
  public String toString() {
    return name;
  }
}
