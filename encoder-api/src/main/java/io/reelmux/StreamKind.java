package io.reelmux;

/** The type of media in a stream. */
public enum StreamKind {
  /** Video. */
  VIDEO,
  /** Audio. */
  AUDIO,
  /** Subtitles: text with the times at which it is shown. */
  SUBTITLE
}
