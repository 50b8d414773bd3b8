package io.reelmux.ffmpeg.media;

import java.io.IOException;

/** Encodes each {@link Combination} of its arguments once, and prints the hashes in order. */
public final class RepeatabilityMain {
  private RepeatabilityMain() {}

  /** Runs the program. */
  public static void main(String[] combinations) throws IOException {
    for (String combination : combinations) {
      System.out.println(Combination.ofArgument(combination).hash());
    }
  }
}
