package io.reelmux.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one clip.
 *
 * @param name as {@link ClipEncoder#name} gave it
 * @param path where the file is; empty if the clip failed
 * @param bytes the size of the file; 0 if the clip failed, as are the numbers below
 * @param frames the number of video frames in the file
 * @param duration of the longest stream
 * @param codec the encoders of the streams in the order of the container, separated by commas:
 *     {@code libx264, aac}; empty if the clip failed
 * @param sha256 the SHA-256 sum of the file in hexadecimal digits; empty if the clip failed. With
 *     {@link io.reelmux.Encoder.Builder#reproducible} encoders, a job that is repeated gives the
 *     same
 * @param encodeSeconds how long the attempt that counts took, without storing the file
 * @param backend the native library that was used; empty if the clip failed
 * @param notes anything unexpected, from the encoder and the transcoder
 * @param error the exception that the clip failed with; null if it is published
 */
public record ClipResult(
    String name,
    String path,
    long bytes,
    long frames,
    Duration duration,
    String codec,
    String sha256,
    double encodeSeconds,
    String backend,
    List<String> notes,
    @Nullable String error)
    implements Serializable {

  /** Copies the list. */
  public ClipResult {
    notes = List.copyOf(notes);
  }

  static ClipResult failed(String name, Throwable reason) {
    return new ClipResult(
        name, "", 0, 0, Duration.ZERO, "", "", 0, "", List.of(), reason.toString());
  }

  /** {@return whether the clip failed} */
  public boolean failed() {
    return error != null;
  }
}
