package io.reelmux.reader;

import io.reelmux.EncodingResult;
import java.util.List;

/**
 * What a {@link Transcoder} has done.
 *
 * @param encoding what was encoded
 * @param reports what decoding has met, for each stream that was decoded, in the order of the file
 * @param notes all that deserves attention, in sentences: what of the input was left out or
 *     changed, what decoding has met, and the notes of the encoder
 */
public record TranscodeResult(
    EncodingResult encoding, List<ReadReport> reports, List<String> notes) {

  /** Copies the lists. */
  public TranscodeResult {
    reports = List.copyOf(reports);
    notes = List.copyOf(notes);
  }
}
