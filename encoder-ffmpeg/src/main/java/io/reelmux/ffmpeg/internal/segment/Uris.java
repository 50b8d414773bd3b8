package io.reelmux.ffmpeg.internal.segment;

import java.net.URI;
import java.net.URISyntaxException;

/** How one object of a store refers to another. */
final class Uris {

  private Uris() {}

  /** Returns a reference from one name to another, relative and escaped. */
  static String relative(String from, String to) {
    String[] base = from.split("/", -1);
    String[] target = to.split("/", -1);
    int common = 0;
    while (common < base.length - 1
        && common < target.length - 1
        && base[common].equals(target[common])) {
      common++;
    }
    StringBuilder path = new StringBuilder("../".repeat(base.length - 1 - common));
    for (int i = common; i < target.length; i++) {
      path.append(target[i]).append(i < target.length - 1 ? "/" : "");
    }
    return escape(path.toString());
  }

  private static String escape(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("name '" + path + "' cannot be part of a URL", e);
    }
  }
}
