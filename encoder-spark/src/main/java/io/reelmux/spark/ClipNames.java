package io.reelmux.spark;

import io.reelmux.SegmentStore;
import io.reelmux.spark.internal.DatasetDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the names of all clips before any is encoded. */
final class ClipNames {
  private ClipNames() {}

  static void check(List<String> names) {
    Set<String> all = new HashSet<>();
    for (String name : names) {
      check(name);
      if (!all.add(name)) {
        throw new IllegalArgumentException(
            "two clips have the name '" + name + "': each must have its own");
      }
    }
    names.forEach(name -> requireNoFileAbove(name, all));
  }

  private static void check(String name) {
    SegmentStore.checkName(name);
    if (name.equals(DatasetDirectory.MANIFEST)) {
      throw new IllegalArgumentException(
          "a clip has the name '" + name + "', which is that of the list of clips: change it");
    }
    for (String part : name.split("/", -1)) {
      if (part.startsWith("_") || part.startsWith(".")) {
        throw new IllegalArgumentException(
            "a clip has the name '"
                + name
                + "': no part may begin with '_' or '.', because Hadoop's readers skip such files");
      }
    }
  }

  private static void requireNoFileAbove(String name, Set<String> all) {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      String parent = name.substring(0, slash);
      if (all.contains(parent)) {
        throw new IllegalArgumentException(
            "a clip has the name '" + parent + "', which is the directory of '" + name + "'");
      }
    }
  }
}
