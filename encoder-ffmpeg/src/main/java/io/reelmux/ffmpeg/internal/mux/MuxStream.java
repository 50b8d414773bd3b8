package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.Disposition;
import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the muxer sees it.
 *
 * @param label {@code video 0}, for messages
 * @param kind video or audio
 * @param codec its open encoder
 * @param timeBase unit of its packets' times
 * @param frameRate of a video stream with constant frame rate, else null
 * @param language ISO 639-2
 * @param title title
 * @param dispositions what it is for
 * @param rotation clockwise degrees that players turn it
 */
public record MuxStream(
    String label,
    StreamKind kind,
    CodecContext codec,
    TimeBase timeBase,
    @Nullable FrameRate frameRate,
    Optional<String> language,
    Optional<String> title,
    Set<Disposition> dispositions,
    int rotation) {}
