package io.reelmux.reader.ffmpeg.internal.demux;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.reader.ffmpeg.internal.av.Dictionary;
import io.reelmux.reader.ffmpeg.internal.av.InputContext;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream that its container states.
 *
 * @param pts in ticks of the stream, on the timeline of its frames; {@link #NONE} if it states none
 * @param ofDecoding whether the durations of packets are the distances of decoding times, and
 *     frames are not decoded in the order shown
 * @param certain whether it is certain that the durations of packets end earlier
 * @param frames the frames that must have been read for the last one to last until then; 0 for any
 */
public record StatedEnd(long pts, boolean ofDecoding, boolean certain, long frames) {
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** What a container states that states no end. */
  public static final StatedEnd NONE = new StatedEnd(UNKNOWN, false, false, 0);

  private static final TimeBase MICROSECONDS = new TimeBase(1, 1_000_000);

  /**
   * Finds out what a container states of a video stream. An end of the whole file is that of the
   * stream only if there is no other one.
   *
   * @param tracks the tracks of an MP4 or MOV file; null if they have not been read
   */
  static StatedEnd of(InputContext input, int index, @Nullable MovTracks tracks) {
    AVFormatContext file = input.struct();
    AVStream stream = input.stream(index);
    TimeBase base = StreamInfos.timeBase(stream.time_base());
    try {
      return switch (Av.string(file.iformat().name())) {
        case Demuxers.MOV -> tracks == null ? NONE : ofTrack(stream, base, tracks);
        case "matroska,webm" -> ofMatroska(file, stream, base);
        case "flv" -> ofWhole(file, base);
        default -> NONE;
      };
    } catch (ArithmeticException e) {
      // a time that only a damaged file states
      return NONE;
    }
  }

  private static StatedEnd ofTrack(AVStream stream, TimeBase base, MovTracks tracks) {
    MovTracks.Track track = tracks.track(stream.id());
    if (tracks.fragmented()) {
      // what the fragments add up to, counted from the start of the timeline
      return new StatedEnd(stream.duration() > 0 ? stream.duration() : UNKNOWN, true, false, 0);
    }
    if (track == null || track.shown().isZero()) {
      return new StatedEnd(UNKNOWN, true, false, 0);
    }
    long shown = base.toTicks(track.shown());
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    // the header of the track rounds to the unit of the movie, that of its media does not
    long media = start + base.toTicks(track.media());
    long rounding = base.toTicks(track.unit()) + 1;
    long pts = Math.abs(media - shown) <= rounding ? media : shown;
    boolean certain =
        base.toTicks(track.media()) > stream.duration()
            && pts - start - stream.duration() > rounding;
    return new StatedEnd(pts, true, certain, stream.nb_frames());
  }

  /** FFmpeg and others tag each track with its duration. */
  private static StatedEnd ofMatroska(AVFormatContext file, AVStream stream, TimeBase base) {
    Map<String, String> tags = Dictionary.entries(stream.metadata());
    String tag = tags.get("DURATION");
    if (tag != null) {
      try {
        return new StatedEnd(
            base.toTicks(Duration.ofNanos(LocalTime.parse(tag).toNanoOfDay())), false, false, 0);
      } catch (DateTimeParseException e) {
        // written by something else
      }
    }
    return ofWhole(file, base);
  }

  private static StatedEnd ofWhole(AVFormatContext file, TimeBase base) {
    return file.nb_streams() == 1 && file.duration() > 0
        ? new StatedEnd(base.toTicks(MICROSECONDS.toDuration(file.duration())), false, false, 0)
        : NONE;
  }

  /** Returns this, or none if the file ends before all frames. */
  public StatedEnd after(long framesRead, boolean complete) {
    return complete && framesRead >= frames ? this : new StatedEnd(UNKNOWN, ofDecoding, false, 0);
  }
}
