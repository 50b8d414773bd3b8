package io.reelmux.reader;

import io.reelmux.Disposition;
import io.reelmux.PacketStreamInfo;
import io.reelmux.TimeBase;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a file says of a stream of any kind.
 *
 * @param index the position in the file's list of streams, from 0
 * @param codec FFmpeg's name of the codec, such as {@code h264}; {@code none} if it is unknown
 * @param timeBase the unit of its times
 * @param start the time of the first frame or sample as the header states it
 * @param duration the duration that the header states; often rounded, and wrong if the file is
 *     damaged
 * @param bitRate bits per second that the header states
 * @param language the language as stored, usually an ISO 639-2 code
 * @param title the title
 * @param dispositions its purposes
 * @param tags all tags, the language and the title among them
 * @param unsupported why it cannot be decoded, and what to do; empty if it can
 * @param packets the stream as {@link io.reelmux.Encoder#addPackets} accepts it; empty if its codec
 *     or kind is unknown
 */
public record StreamFacts(
    int index,
    String codec,
    TimeBase timeBase,
    Optional<Duration> start,
    Optional<Duration> duration,
    OptionalLong bitRate,
    Optional<String> language,
    Optional<String> title,
    Set<Disposition> dispositions,
    Map<String, String> tags,
    Optional<String> unsupported,
    Optional<PacketStreamInfo> packets) {

  /** Copies the collections; the tags keep their order. */
  public StreamFacts {
    dispositions = Set.copyOf(dispositions);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }
}
