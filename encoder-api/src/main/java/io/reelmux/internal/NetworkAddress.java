package io.reelmux.internal;

import java.util.regex.Pattern;

/** Tells paths that were meant as URLs. */
public final class NetworkAddress {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private NetworkAddress() {}

  /**
   * Whether a path begins like a URL: {@code rtmp://host/x} becomes the relative path {@code
   * rtmp:/host/x}.
   */
  public static boolean isIn(String path) {
    return SCHEME.matcher(path).lookingAt();
  }
}
