package io.reelmux;

/** What a stream is for; players choose by it where the container can say so. */
public enum Disposition {
  /** Played unless the viewer chooses another. */
  DEFAULT,
  /** A translation. */
  DUB,
  /** In the original language. */
  ORIGINAL,
  /** A commentary. */
  COMMENT,
  /** Lyrics. */
  LYRICS,
  /** Without the singer. */
  KARAOKE,
  /** Shown or played even when not chosen. */
  FORCED,
  /** For people who hear badly. */
  HEARING_IMPAIRED,
  /** For people who see badly. */
  VISUAL_IMPAIRED
}
