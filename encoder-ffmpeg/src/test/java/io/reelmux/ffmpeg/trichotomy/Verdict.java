package io.reelmux.ffmpeg.trichotomy;

/**
 * What became of a setting.
 *
 * @param encoder the encoder
 * @param container the container
 * @param setting the name of the setting
 * @param outcome what became of it
 */
record Verdict(String encoder, String container, String setting, Outcome outcome) {

  /** What may become of a setting. */
  enum Outcome {
    /** The file has it. */
    SEEN,
    /** The file has it, but only the ffprobe of the FFmpeg that wrote it has shown that. */
    SEEN_BY_WRITER,
    /** Opening was refused, and there is no file. */
    REFUSED,
    /** A note names it. */
    NOTED,
    /** None of these. */
    SILENT
  }
}
