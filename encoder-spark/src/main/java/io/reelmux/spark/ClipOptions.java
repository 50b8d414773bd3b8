package io.reelmux.spark;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link Clips}. Immutable: each setter returns a copy.
 *
 * <pre>{@code
 * ClipOptions.DEFAULT.failedClips(FailedClips.FAIL_JOB).scratchDirectory("/mnt/ssd")
 * }</pre>
 */
public final class ClipOptions implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MAX_RETRIES = 10;
  private static final int MAX_PUBLISH_THREADS = 1024;

  /** Collects failed clips, and tries each of them once more. */
  public static final ClipOptions DEFAULT = new ClipOptions(FailedClips.COLLECT, 1, 8, null, null);

  private final FailedClips failedClips;
  private final int retries;
  private final int publishThreads;
  private final @Nullable String scratchDirectory;
  private final @Nullable String description;

  private ClipOptions(
      FailedClips failedClips,
      int retries,
      int publishThreads,
      @Nullable String scratchDirectory,
      @Nullable String description) {
    this.failedClips = failedClips;
    this.retries = retries;
    this.publishThreads = publishThreads;
    this.scratchDirectory = scratchDirectory;
    this.description = description;
  }

  /**
   * Sets what becomes of the job if a clip cannot be encoded. A clip that cannot be stored always
   * fails its task, because the next one would fail as well.
   *
   * @param value {@link FailedClips#COLLECT} by default
   * @return a copy
   */
  public ClipOptions failedClips(FailedClips value) {
    Objects.requireNonNull(value, "failedClips");
    return new ClipOptions(value, retries, publishThreads, scratchDirectory, description);
  }

  /**
   * Sets how often a clip that failed is encoded again by the same task, in case the reason was not
   * the clip but, for example, a connection.
   *
   * @param value 0 to 10; 1 by default
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public ClipOptions retries(int value) {
    if (value < 0 || value > MAX_RETRIES) {
      throw new IllegalArgumentException("retries " + value + ": must be from 0 to " + MAX_RETRIES);
    }
    return new ClipOptions(failedClips, value, publishThreads, scratchDirectory, description);
  }

  /**
   * Sets how many files the driver publishes at once. A rename waits for the file system, as the
   * completion of an upload does in S3; other object stores copy the file.
   *
   * @param value 1 to 1024; 8 by default
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public ClipOptions publishThreads(int value) {
    if (value < 1 || value > MAX_PUBLISH_THREADS) {
      throw new IllegalArgumentException(
          "publishThreads " + value + ": must be from 1 to " + MAX_PUBLISH_THREADS);
    }
    return new ClipOptions(failedClips, retries, value, scratchDirectory, description);
  }

  /**
   * Sets where executors write a clip before it is copied to the directory of all clips. It has to
   * exist on each of them, with room for one clip for each of its slots.
   *
   * @param value a local directory; the JVM's {@code java.io.tmpdir} by default
   * @return a copy
   */
  public ClipOptions scratchDirectory(String value) {
    Objects.requireNonNull(value, "scratchDirectory");
    return new ClipOptions(failedClips, retries, publishThreads, value, description);
  }

  /**
   * Sets how Spark's UI describes the job.
   *
   * @param value {@code Encode 500 clips into <directory>} by default
   * @return a copy
   */
  public ClipOptions description(String value) {
    Objects.requireNonNull(value, "description");
    return new ClipOptions(failedClips, retries, publishThreads, scratchDirectory, value);
  }

  /** {@return what becomes of the job if a clip cannot be encoded} */
  public FailedClips failedClips() {
    return failedClips;
  }

  /** {@return how often a clip that failed is encoded again} */
  public int retries() {
    return retries;
  }

  /** {@return how many files the driver publishes at once} */
  public int publishThreads() {
    return publishThreads;
  }

  /** {@return where executors write a clip at first; empty for {@code java.io.tmpdir}} */
  public Optional<String> scratchDirectory() {
    return Optional.ofNullable(scratchDirectory);
  }

  /** {@return how Spark's UI describes the job; empty for the default} */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }
}
