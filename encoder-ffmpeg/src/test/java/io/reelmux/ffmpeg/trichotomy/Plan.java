package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.EncoderInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which settings are walked with which encoder in which container: all of them, or a sample. In a
 * sample, what the encoder and the container decide together is walked with every pair, and what
 * one of them decides alone with the first few of the other.
 */
final class Plan {
  private static final int CONTAINERS = 3;
  private static final int ENCODERS = 1;

  private static final Set<String> TWO_READERS = Set.of("matroska", "mp4", "mov", "avi", "wav");

  private final boolean sampled;
  private final Map<String, Set<String>> containers = new HashMap<>();
  private final Map<String, Set<String>> encoders = new HashMap<>();
  private final Map<String, Integer> statingNothing = new HashMap<>();

  private Plan(boolean sampled) {
    this.sampled = sampled;
  }

  /** Everything. */
  static Plan whole() {
    return new Plan(false);
  }

  /** A sample. */
  static Plan sample() {
    return new Plan(true);
  }

  /** Containers in an order of its own for each encoder, without other names of the same. */
  static List<String> order(Collection<String> names, EncoderInfo info) {
    List<String> order = new ArrayList<>(new TreeSet<>(names));
    // it is taken for MP4
    order.remove("m4v");
    Collections.shuffle(order, new Random(info.name().hashCode()));
    return order;
  }

  /** Whether a setting is walked with an encoder in a container that holds its codec. */
  boolean includes(EncoderInfo info, String container, Setting setting) {
    if (!sampled) {
      return true;
    }
    return switch (setting.reach()) {
      case BOTH, ENCODER ->
          isOneOfTheFirst(info, container)
              || isAmong(containers, info.name(), container, CONTAINERS);
      case CONTAINER -> isOneOfTheFirst(info, container);
    };
  }

  private boolean isOneOfTheFirst(EncoderInfo info, String container) {
    return isAmong(encoders, info.kind() + container, info.name(), ENCODERS);
  }

  private static boolean isAmong(
      Map<String, Set<String>> all, String key, String other, int count) {
    Set<String> known = all.computeIfAbsent(key, any -> new HashSet<>());
    return known.contains(other) || (known.size() < count && known.add(other));
  }

  /** Notes that a container states nothing of its streams. */
  void statesNothing(String container) {
    statingNothing.merge(container, 1, Integer::sum);
  }

  /** Whether a container has shown often enough that it states nothing of its streams. */
  boolean skips(String container) {
    return sampled && statingNothing.getOrDefault(container, 0) >= ENCODERS;
  }

  /** Whether the ffprobe of the system reads it too, which takes four times as long. */
  boolean hasTwoReaders(String container) {
    return !sampled || TWO_READERS.contains(container);
  }
}
