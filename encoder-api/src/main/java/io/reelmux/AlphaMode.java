package io.reelmux;

/** What becomes of the alpha channel of pictures that have one. */
public enum AlphaMode {
  /** Ignored, the colours are taken as they stand; the default. */
  DROP,
  /** Kept in the file; encoders without alpha are refused at open. */
  KEEP,
  /** Composed over {@link VideoOptions#background()}. */
  FLATTEN
}
