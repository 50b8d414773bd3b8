package io.reelmux.spark;

/** What becomes of a job if a clip cannot be encoded. */
public enum FailedClips {
  /** The other clips are published; {@link ClipResult#error} says why this one is not. */
  COLLECT,
  /** The task fails. Spark repeats it, then fails the job, and nothing is published. */
  FAIL_JOB
}
