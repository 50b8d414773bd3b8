package io.reelmux.benchmarks;

import java.util.Random;

/** The numbers of the frames that are read in random order: the same for everyone. */
final class RandomFrames {
  private static final int COUNT = 60;
  private static final long SEED = 20;

  private RandomFrames() {}

  /** Returns numbers of frames of a file. */
  static int[] of(int frames) {
    return new Random(SEED).ints(COUNT, 0, frames).toArray();
  }
}
