package io.reelmux.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Paths with their links resolved. */
public final class RealPath {
  private static final int MAX_LINKS = 40;

  private RealPath() {}

  /** Resolves all links of a path, which need not exist: a link may lead to what is created. */
  public static Path of(Path path) {
    return of(path.toAbsolutePath(), 0);
  }

  private static Path of(Path path, int links) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // it does not exist yet, or cannot be read
    }
    Path parent = path.getParent();
    if (parent == null || links > MAX_LINKS) {
      return path.normalize();
    }
    Path realParent = of(parent, links);
    if (Files.isSymbolicLink(path)) {
      try {
        return of(realParent.resolve(Files.readSymbolicLink(path)), links + 1);
      } catch (IOException e) {
        // it stands for itself
      }
    }
    return realParent.resolve(Objects.toString(path.getFileName(), "")).normalize();
  }
}
