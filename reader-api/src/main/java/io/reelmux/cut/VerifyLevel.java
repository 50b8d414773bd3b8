package io.reelmux.cut;

/** How closely a joined video is looked at. */
public enum VerifyLevel {
  /** Counts packets, compares their times with the plan, and looks for a key frame at each seam. */
  PACKETS,
  /** Also decodes every frame, which fails if one is damaged. */
  DECODE
}
