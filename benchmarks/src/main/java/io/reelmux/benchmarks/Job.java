package io.reelmux.benchmarks;

/**
 * The work of every contender: the same frames, the same encoder, the same settings.
 *
 * @param width frame width in pixels, even
 * @param height frame height in pixels, even
 * @param frames number of frames of the measured encoding
 */
record Job(int width, int height, int frames) {

  /** Frames per second. */
  static final int RATE = 30;

  static final String ENCODER = "libx264";
  static final String PRESET = "ultrafast";
  static final int CRF = 23;

  /** Number of distinct frames in memory; a longer encoding cycles through them. */
  static final int RING = 48;

  /** Frames of the warm-up encoding, in which the JVM compiles the hot methods. */
  static final int WARM_UP = 600;

  Job {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          width + "x" + height + ": width and height must be even and at least 16");
    }
    if (frames < 2) {
      throw new IllegalArgumentException(frames + " frames: at least 2 are required");
    }
  }

  /** Returns a job with a size such as {@code 1280x720}. */
  static Job of(String size, int frames) {
    String[] sides = size.split("x", 2);
    if (sides.length != 2) {
      throw new IllegalArgumentException("size '" + size + "' does not have the form 1280x720");
    }
    return new Job(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), frames);
  }

  String size() {
    return width + "x" + height;
  }
}
