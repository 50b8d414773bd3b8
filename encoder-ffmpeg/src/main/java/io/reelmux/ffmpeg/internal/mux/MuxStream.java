package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.Disposition;
import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as the muxer sees it.
 *
 * @param label {@code video 0}, for messages
 * @param kind video, audio or subtitles
 * @param coder name of the encoder, or of the codec if its packets come from elsewhere, for
 *     messages
 * @param parameters its codec; must outlive the muxer
 * @param timeBase unit of its packets' times
 * @param frameRate frame rate of a video stream, if it is constant
 * @param language ISO 639-2 code
 * @param title title
 * @param dispositions the roles of the stream
 * @param rotation degrees clockwise by which players rotate it
 */
public record MuxStream(
    String label,
    StreamKind kind,
    String coder,
    StreamParameters parameters,
    TimeBase timeBase,
    Optional<FrameRate> frameRate,
    Optional<String> language,
    Optional<String> title,
    Set<Disposition> dispositions,
    int rotation) {

  /** Whether it may have no packets for long, so that no other stream waits for it. */
  boolean sparse() {
    return kind == StreamKind.SUBTITLE;
  }
}
