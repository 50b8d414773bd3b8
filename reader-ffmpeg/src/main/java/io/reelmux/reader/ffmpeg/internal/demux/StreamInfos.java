package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_get_media_type_string;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_COMMENT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DUB;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_FORCED;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_HEARING_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_KARAOKE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_LYRICS;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ORIGINAL;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_VISUAL_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;

import io.reelmux.Disposition;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.packet.StreamDescriptions;
import io.reelmux.reader.Chapter;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.ffmpeg.internal.av.Dictionary;
import io.reelmux.reader.ffmpeg.internal.av.InputContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Describes an open file and its streams to the caller. */
final class StreamInfos {
  private static final TimeBase MICROSECONDS = new TimeBase(1, AV_TIME_BASE);

  private static final Map<Integer, Disposition> DISPOSITIONS =
      Map.of(
          AV_DISPOSITION_DEFAULT, Disposition.DEFAULT,
          AV_DISPOSITION_DUB, Disposition.DUB,
          AV_DISPOSITION_ORIGINAL, Disposition.ORIGINAL,
          AV_DISPOSITION_COMMENT, Disposition.COMMENT,
          AV_DISPOSITION_LYRICS, Disposition.LYRICS,
          AV_DISPOSITION_KARAOKE, Disposition.KARAOKE,
          AV_DISPOSITION_FORCED, Disposition.FORCED,
          AV_DISPOSITION_HEARING_IMPAIRED, Disposition.HEARING_IMPAIRED,
          AV_DISPOSITION_VISUAL_IMPAIRED, Disposition.VISUAL_IMPAIRED);

  private StreamInfos() {}

  /**
   * Describes a file.
   *
   * @param ends the ends of video streams that are stated
   */
  static MediaInfo of(InputContext input, FirstFrame firstFrame, Map<Integer, StatedEnd> ends)
      throws IOException {
    AVFormatContext struct = input.struct();
    List<StreamInfo> streams = new ArrayList<>();
    long duration = struct.duration();
    boolean mov = Av.string(struct.iformat().name()).startsWith("mov,");
    for (int i = 0; i < struct.nb_streams(); i++) {
      AVStream stream = input.stream(i);
      StatedEnd end = ends.getOrDefault(i, StatedEnd.NONE);
      long length = duration(stream, end);
      if (end.certain() && duration != AV_NOPTS_VALUE) {
        duration = Math.max(duration, length(struct.start_time(), stream, end));
      }
      streams.add(stream(stream, tags(stream, mov), firstFrame, length));
    }
    return new MediaInfo(
        Av.string(struct.iformat().name()),
        time(MICROSECONDS, duration),
        time(MICROSECONDS, struct.start_time()),
        streams,
        Dictionary.entries(struct.metadata()),
        chapters(struct));
  }

  /** FFmpeg's duration of a stream, unless it is certain that it ends later. */
  private static long duration(AVStream stream, StatedEnd end) {
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    return end.certain() ? Math.max(stream.duration(), end.pts() - start) : stream.duration();
  }

  /** From the start of the file to the end of a stream, in microseconds. */
  private static long length(long start, AVStream stream, StatedEnd end) {
    return time(timeBase(stream.time_base()), end.pts()).map(MICROSECONDS::toTicks).orElse(0L)
        - (start == AV_NOPTS_VALUE ? 0 : start);
  }

  /** Of a track in MP4 and MOV, FFmpeg gives the title the name of its box. */
  private static Map<String, String> tags(AVStream stream, boolean mov) {
    Map<String, String> tags = Dictionary.entries(stream.metadata());
    String name = mov ? tags.remove("name") : null;
    if (name != null) {
      tags.putIfAbsent("title", name);
    }
    return tags;
  }

  private static StreamInfo stream(
      AVStream stream, Map<String, String> tags, FirstFrame firstFrame, long duration)
      throws IOException {
    AVCodecParameters parameters = stream.codecpar();
    boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    StreamFacts facts = facts(stream, tags, cover, duration);
    int type = parameters.codec_type();
    if (type == AVMEDIA_TYPE_VIDEO && !cover) {
      return VideoInfos.of(facts, stream, firstFrame);
    }
    if (type == AVMEDIA_TYPE_AUDIO) {
      return AudioInfos.of(facts, stream);
    }
    String kind = Av.string(av_get_media_type_string(type));
    return new OtherInfo(facts, cover ? "cover" : kind.isEmpty() ? "unknown" : kind);
  }

  private static StreamFacts facts(
      AVStream stream, Map<String, String> tags, boolean cover, long duration)
      throws EncoderException {
    TimeBase timeBase = timeBase(stream.time_base());
    Optional<PacketStreamInfo> packets = cover ? Optional.empty() : packets(stream, timeBase, tags);
    return new StreamFacts(
        stream.index(),
        Av.string(avcodec_get_name(stream.codecpar().codec_id())),
        timeBase,
        time(timeBase, stream.start_time()),
        time(timeBase, duration),
        stream.codecpar().bit_rate() > 0
            ? OptionalLong.of(stream.codecpar().bit_rate())
            : OptionalLong.empty(),
        tag(tags, "language"),
        tag(tags, "title"),
        dispositions(stream.disposition()),
        tags,
        Decoders.unsupported(stream),
        packets);
  }

  private static Optional<PacketStreamInfo> packets(
      AVStream stream, TimeBase timeBase, Map<String, String> tags) throws EncoderException {
    Optional<StreamKind> kind = kind(stream.codecpar().codec_type());
    if (kind.isEmpty() || stream.codecpar().codec_id() == 0) {
      return Optional.empty();
    }
    try (StreamParameters parameters = StreamParameters.copyOf(stream.codecpar())) {
      Optional<FrameRate> rate =
          kind.get() == StreamKind.VIDEO ? VideoInfos.frameRate(stream) : Optional.empty();
      PacketStreamInfo.Builder info =
          StreamDescriptions.describe(kind.get(), parameters, timeBase, rate).index(stream.index());
      if (kind.get() == StreamKind.AUDIO) {
        info.initialPadding(AudioInfos.priming(stream));
      } else if (kind.get() == StreamKind.VIDEO) {
        VideoInfos.sampleAspectRatio(stream).ifPresent(info::sampleAspectRatio);
      }
      tag(tags, "language").filter(StreamInfos::isLanguage).ifPresent(info::language);
      tag(tags, "title").filter(text -> !text.isBlank()).ifPresent(info::title);
      dispositions(stream.disposition()).forEach(info::disposition);
      return Optional.of(info.build());
    } catch (IllegalArgumentException e) {
      // a damaged header: no frame size, no channels, an impossible level
      return Optional.empty();
    }
  }

  private static Optional<StreamKind> kind(int type) {
    return switch (type) {
      case AVMEDIA_TYPE_VIDEO -> Optional.of(StreamKind.VIDEO);
      case AVMEDIA_TYPE_AUDIO -> Optional.of(StreamKind.AUDIO);
      case AVMEDIA_TYPE_SUBTITLE -> Optional.of(StreamKind.SUBTITLE);
      default -> Optional.empty();
    };
  }

  /** MP4 and MOV state "und" for a stream without a language. */
  private static boolean isLanguage(String code) {
    return code.matches("[a-z]{3}") && !code.equals("und");
  }

  private static Optional<String> tag(Map<String, String> tags, String key) {
    return Optional.ofNullable(tags.get(key));
  }

  private static Set<Disposition> dispositions(int bits) {
    Set<Disposition> all = EnumSet.noneOf(Disposition.class);
    DISPOSITIONS.forEach(
        (bit, value) -> {
          if ((bits & bit) != 0) {
            all.add(value);
          }
        });
    return all;
  }

  /** A time base that a damaged file states may be no fraction at all. */
  static TimeBase timeBase(AVRational base) {
    return base.num() > 0 && base.den() > 0
        ? new TimeBase(base.num(), base.den())
        : new TimeBase(1, AV_TIME_BASE);
  }

  private static Optional<Duration> time(TimeBase base, long ticks) {
    if (ticks == AV_NOPTS_VALUE) {
      return Optional.empty();
    }
    try {
      return Optional.of(base.toDuration(ticks));
    } catch (ArithmeticException e) {
      // more seconds than a long has, which only a damaged file states
      return Optional.empty();
    }
  }

  private static List<Chapter> chapters(AVFormatContext file) {
    List<Chapter> chapters = new ArrayList<>();
    for (int i = 0; i < file.nb_chapters(); i++) {
      AVChapter chapter = file.chapters(i);
      TimeBase base = timeBase(chapter.time_base());
      Optional<Duration> start = time(base, chapter.start());
      Optional<Duration> end = time(base, chapter.end());
      if (start.isPresent()) {
        chapters.add(
            new Chapter(
                start.get(),
                end.orElse(start.get()),
                tag(Dictionary.entries(chapter.metadata()), "title")));
      }
    }
    return chapters;
  }
}
