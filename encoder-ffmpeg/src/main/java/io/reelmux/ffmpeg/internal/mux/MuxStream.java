package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.Disposition;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.Timecode;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.packet.StreamDescriptions;
import java.util.Map;
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
 * @param metadata other tags
 * @param dispositions the roles of the stream
 * @param display how players turn its frames
 * @param timecode of its first frame
 * @param mayPause whether packets of audio may start later than the ones before end
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
    Map<String, String> metadata,
    Set<Disposition> dispositions,
    DisplayMatrix display,
    Optional<Timecode> timecode,
    boolean mayPause) {

  /** What the labels of streams begin with whose packets come from elsewhere. */
  public static final String COPIED = "packets ";

  /** Returns whether its packets come from elsewhere, and remain as they are. */
  boolean copied() {
    return label.startsWith(COPIED);
  }

  /** Describes it to the caller, without its position. */
  public PacketStreamInfo.Builder describe() throws EncoderException {
    PacketStreamInfo.Builder info =
        StreamDescriptions.describe(kind, parameters, timeBase, frameRate);
    language.ifPresent(info::language);
    title.ifPresent(info::title);
    dispositions.forEach(info::disposition);
    return info;
  }

  /** Returns the same stream, whose first frame has another timecode then. */
  MuxStream withoutTimecode() {
    return new MuxStream(
        label,
        kind,
        coder,
        parameters,
        timeBase,
        frameRate,
        language,
        title,
        metadata,
        dispositions,
        display,
        Optional.empty(),
        mayPause);
  }

  /** Whether it may have no packets for long, so that no other stream waits for it. */
  boolean sparse() {
    return kind == StreamKind.SUBTITLE;
  }
}
