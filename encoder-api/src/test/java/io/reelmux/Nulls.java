package io.reelmux;

import org.jspecify.annotations.NullUnmarked;

/** A null as passed by callers that ignore nullness annotations. */
@NullUnmarked
final class Nulls {

  private Nulls() {}

  @SuppressWarnings("TypeParameterUnusedInFormals") // a null is of every type
  static <T> T of() {
    return null;
  }
}
