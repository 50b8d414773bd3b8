package io.reelmux.ffmpeg.internal.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files in which a stream has no packets, of which the result tells. */
final class FilesWithout {
  /** A recording may have any number of them. */
  private static final int NAMED = 3;

  private final List<String> named = new ArrayList<>();
  private long more;

  void add(String file) {
    if (named.size() < NAMED) {
      named.add(file);
    } else {
      more++;
    }
  }

  /** Returns what is to be told; empty if there are no such files. */
  Optional<String> note() {
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no packets in "
                + String.join(", ", named)
                + (more == 0 ? "" : " and " + more + " more")
                + ": the file has no such stream, or an empty one");
  }
}
