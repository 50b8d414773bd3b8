package io.reelmux.benchmarks;

import java.util.List;

/**
 * The work of every contender: the same frames, the same encoder, the same settings.
 *
 * @param width frame width in pixels, even
 * @param height frame height in pixels, even
 * @param frames number of frames of the measured encoding
 * @param codec the encoder
 * @param preset its preset, or what it has instead; empty if it has none
 * @param warmUp the least frames of the encodings before, in which the JVM compiles hot methods
 */
record Job(int width, int height, int frames, Codec codec, String preset, int warmUp) {

  /** Frames per second. */
  static final int RATE = 30;

  /** Number of distinct frames in memory; a longer encoding cycles through them. */
  static final int RING = 48;

  /** Enough frames to warm up. */
  static final int WARM_UP = 2400;

  Job {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          width + "x" + height + ": width and height must be even and at least 16");
    }
    if (frames < 2) {
      throw new IllegalArgumentException(frames + " frames: at least 2 are required");
    }
  }

  /** Returns a job of x264 at its fastest, with a size such as {@code 1280x720}. */
  static Job of(String size, int frames) {
    return of(size, frames, Codec.LIBX264, Codec.LIBX264.defaultPreset());
  }

  static Job of(String size, int frames, Codec codec, String preset) {
    String[] sides = size.split("x", 2);
    if (sides.length != 2) {
      throw new IllegalArgumentException("size '" + size + "' does not have the form 1280x720");
    }
    return new Job(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), frames, codec, preset, WARM_UP);
  }

  /** Returns the same job with another warm-up. */
  Job withWarmUp(int least) {
    return new Job(width, height, frames, codec, preset, least);
  }

  /** Returns the job as arguments of a child program, which passes them to {@link #parse}. */
  List<String> toArguments() {
    return List.of(size(), String.valueOf(frames), codec.name(), preset, String.valueOf(warmUp));
  }

  /** Returns the job that five of the arguments say, from the given one on. */
  static Job parse(String[] arguments, int from) {
    return of(
            arguments[from],
            Integer.parseInt(arguments[from + 1]),
            Codec.valueOf(arguments[from + 2]),
            arguments[from + 3])
        .withWarmUp(Integer.parseInt(arguments[from + 4]));
  }

  String size() {
    return width + "x" + height;
  }

  /** Describes the encoder and its settings. */
  String encoder() {
    return codec.describe(preset);
  }

  /** Returns how many encodings of this job warm up. */
  int warmUps() {
    return (warmUp + frames - 1) / frames;
  }
}
