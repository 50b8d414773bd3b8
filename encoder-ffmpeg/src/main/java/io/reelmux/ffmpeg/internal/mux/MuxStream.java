package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.Disposition;
import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as the muxer sees it.
 *
 * @param label {@code video 0}, for messages
 * @param kind video or audio
 * @param codec its open encoder
 * @param timeBase unit of its packets' times
 * @param frameRate frame rate of a video stream, if it is constant
 * @param language ISO 639-2 code
 * @param title title
 * @param metadata other tags
 * @param dispositions the roles of the stream
 * @param rotation degrees clockwise by which players rotate it
 */
public record MuxStream(
    String label,
    StreamKind kind,
    CodecContext codec,
    TimeBase timeBase,
    Optional<FrameRate> frameRate,
    Optional<String> language,
    Optional<String> title,
    Map<String, String> metadata,
    Set<Disposition> dispositions,
    int rotation) {}
