package io.reelmux.ffmpeg.internal.option;

import java.util.List;

/** Shows tests the filters that are accepted. */
public final class AcceptedFilters {
  private AcceptedFilters() {}

  /** Returns the names of those that this build has: some are under the GPL. */
  public static List<String> names() {
    return FilterRules.accepted().stream().filter(FilterRules.names()::contains).toList();
  }
}
