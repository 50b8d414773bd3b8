package io.reelmux.spark;

import java.io.IOException;

/** Why a job has failed. Spark throws a checked exception that its Java API does not declare. */
final class JobFailure {
  private JobFailure() {}

  /** Returns what to throw; throws an {@link Error} as it is. */
  static IOException of(Throwable reason) {
    if (reason instanceof Error error) {
      throw error;
    }
    return reason instanceof IOException io
        ? io
        : new IOException(
            "the job failed, and has published nothing: " + reason.getMessage(), reason);
  }
}
