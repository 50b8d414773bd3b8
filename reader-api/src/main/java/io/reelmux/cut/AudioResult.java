package io.reelmux.cut;

import java.io.Serializable;
import java.util.List;

/**
 * Audio that was encoded, and where it is.
 *
 * @param location the file or another name of the place, as the program knows it
 * @param samples the number of samples per channel
 * @param bytes the size of the file in bytes
 * @param sha256 the SHA-256 sum of the file in hexadecimal digits
 * @param backend the name, version and license of the native library that was used
 * @param notes anything unexpected of the encoding, which the notes of the joined video repeat
 */
public record AudioResult(
    String location, long samples, long bytes, String sha256, String backend, List<String> notes)
    implements Serializable {

  /** Copies the list. */
  public AudioResult {
    notes = List.copyOf(notes);
  }

  /**
   * Returns the same result at another place, such as a file that has been renamed.
   *
   * @param newLocation the place
   * @return the result
   */
  public AudioResult withLocation(String newLocation) {
    return new AudioResult(newLocation, samples, bytes, sha256, backend, notes);
  }
}
