package io.reelmux.benchmarks;

/**
 * What every contender encodes: the same pictures with the same encoder and the same settings.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param frames number of frames of the measured encoding
 */
record Job(int width, int height, int frames) {

  /** Frames per second. */
  static final int RATE = 30;

  static final String ENCODER = "libx264";
  static final String PRESET = "ultrafast";
  static final int CRF = 23;

  /** Distinct pictures in memory; a longer encoding goes round. */
  static final int RING = 48;

  /** Frames of the encoding before the measured one: until then the JVM compiles hot methods. */
  static final int WARM_UP = 600;

  Job {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(width + "x" + height + ": even sides from 16 on");
    }
    if (frames < 2) {
      throw new IllegalArgumentException(frames + " frames: at least 2");
    }
  }

  /** A job of a size given as {@code 1280x720}. */
  static Job of(String size, int frames) {
    String[] sides = size.split("x", 2);
    if (sides.length != 2) {
      throw new IllegalArgumentException("size '" + size + "' is not like 1280x720");
    }
    return new Job(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), frames);
  }

  String size() {
    return width + "x" + height;
  }
}
