package io.reelmux;

/** What a stream carries. */
public enum StreamKind {
  /** Pictures. */
  VIDEO,
  /** Sound. */
  AUDIO
}
