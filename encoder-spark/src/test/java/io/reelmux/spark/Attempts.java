package io.reelmux.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what tasks of this JVM do. */
final class Attempts {
  private static final Map<Integer, Integer> COUNTS = new ConcurrentHashMap<>();

  private Attempts() {}

  static void clear() {
    COUNTS.clear();
  }

  /** Returns how often it has been called for a clip. */
  static int next(int clip) {
    return COUNTS.merge(clip, 1, Integer::sum);
  }
}
