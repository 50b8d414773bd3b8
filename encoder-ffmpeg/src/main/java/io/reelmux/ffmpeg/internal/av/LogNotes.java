package io.reelmux.ffmpeg.internal.av;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the warnings and errors that FFmpeg prints during an encoding into notes: FFmpeg often
 * continues after a message that announces a broken file. Every message counts, unless it is known
 * to be harmless. Not thread-safe: the {@link SessionLog} calls it under its lock.
 */
final class LogNotes {

  /** The most notes of one encoding; a message for each packet must not fill the memory. */
  private static final int MAX_NOTES = 20;

  /** In front of each line: who says it. */
  private static final Pattern SPEAKER = Pattern.compile("^\\[([^\\]]*)\\] ?");

  /** Messages that differ in a number only are one. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Messages that say nothing about the output, or nothing that was not asked for. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          String.join(
              "|",
              // libopenh264, for any quality and any profile that is not set
              "bEnableFrameSkip = ",
              "change to UNSPECIFIC profile",
              // flac, alac and tta keep 24 of 32 bits by definition
              "encoding as [0-9]+ bits-per-sample",
              // x264, while a constant bit rate is lowered in two steps
              "max bitrate less than average bitrate, assuming CBR",
              // defaults that FFmpeg documents
              "No bit rate set\\. Defaulting to",
              "Bitrate not specified for constrained quality mode",
              "VBV buffer size not set, using default size",
              "If you want the mpeg file to be compliant",
              "Like DVD, VCD or others, make sure you set the correct buffer size",
              "frame size not set",
              // without seeking, which a note on the container reports
              "Failed to update header with correct",
              "unable to rewrite FLAC header",
              // the muxer does not know the file's name
              "extension is not \\.m4a nor \\.m4v",
              "This encoder is deprecated",
              // the conversion to a few colors interpolates chroma more coarsely
              "full chroma interpolation for destination format"));

  private final Set<String> seen = new HashSet<>();

  /** Returns the note for a line of the log; empty if there is none, or there has been one. */
  Optional<String> of(String line) {
    if (HARMLESS.matcher(line).find() || seen.size() == MAX_NOTES) {
      return Optional.empty();
    }
    String text = SPEAKER.matcher(line).replaceFirst("$1: ");
    if (!seen.add(NUMBER.matcher(text).replaceAll("#"))) {
      return Optional.empty();
    }
    return Optional.of("FFmpeg reported: " + text);
  }
}
