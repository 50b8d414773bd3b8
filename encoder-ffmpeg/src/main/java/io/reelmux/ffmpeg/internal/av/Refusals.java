package io.reelmux.ffmpeg.internal.av;

/** Refusals of settings. */
public final class Refusals {

  private Refusals() {}

  /**
   * Returns a refusal that says first what it is about. It takes the place of the one without: a
   * cause that says the same would only be read twice.
   *
   * @param where the stream or the output
   */
  public static IllegalArgumentException of(String where, IllegalArgumentException refusal) {
    IllegalArgumentException named =
        new IllegalArgumentException(where + ": " + refusal.getMessage(), refusal.getCause());
    named.setStackTrace(refusal.getStackTrace());
    for (Throwable suppressed : refusal.getSuppressed()) {
      named.addSuppressed(suppressed);
    }
    return named;
  }
}
