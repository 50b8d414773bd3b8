package io.reelmux;

/** The purpose of a stream, by which players choose; stored where the container supports it. */
public enum Disposition {
  /** Played unless the viewer chooses another stream. */
  DEFAULT,
  /** Dubbed: in another language than the original. */
  DUB,
  /** In the original language. */
  ORIGINAL,
  /** Commentary. */
  COMMENT,
  /** Lyrics. */
  LYRICS,
  /** Karaoke version without lead vocals. */
  KARAOKE,
  /** Played even when the viewer does not choose it. */
  FORCED,
  /** For deaf or hard-of-hearing viewers. */
  HEARING_IMPAIRED,
  /** Audio description for blind or low-vision viewers. */
  VISUAL_IMPAIRED
}
