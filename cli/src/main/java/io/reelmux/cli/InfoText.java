package io.reelmux.cli;

import io.reelmux.ColorSpec;
import io.reelmux.FieldOrder;
import io.reelmux.HdrMetadata;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.Chapter;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.VideoInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints what a file's headers say, for people. */
final class InfoText {
  private static final Set<String> SHOWN_ELSEWHERE = Set.of("language", "title", "rotate");

  private final Console console;
  private final MediaInfo info;
  private final Map<Integer, Long> counts;

  InfoText(Console console, MediaInfo info, Map<Integer, Long> counts) {
    this.console = console;
    this.info = info;
    this.counts = counts;
  }

  void print(String file, long bytes) {
    console.line("%s", file);
    row("container", info.container());
    row("duration", info.duration().map(Times::exact).orElse("unknown"));
    info.start().filter(start -> !start.isZero()).ifPresent(start -> row("start", seconds(start)));
    row("size", bytes + " bytes");
    info.tags().forEach((name, value) -> row("tag " + name, value));
    info.chapters().forEach(this::chapter);
    info.streams().forEach(this::stream);
  }

  private void row(String name, String value) {
    console.line("  %-14s %s", name, value);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", Json.seconds(time));
  }

  private void chapter(Chapter chapter) {
    row(
        "chapter",
        Times.exact(chapter.start())
            + " to "
            + Times.exact(chapter.end())
            + chapter.title().map(title -> "  " + title).orElse(""));
  }

  private void stream(StreamInfo stream) {
    console.line("");
    if (stream instanceof VideoInfo video) {
      heading(stream, "video");
      video(video);
    } else if (stream instanceof AudioInfo audio) {
      heading(stream, "audio");
      audio(audio);
    } else if (stream instanceof OtherInfo other) {
      heading(stream, other.kind());
    }
    facts(stream.facts());
  }

  private void heading(StreamInfo stream, String kind) {
    console.line("stream %d: %s, %s", stream.index(), kind, stream.codec());
  }

  private void video(VideoInfo video) {
    String shape = video.sampleAspectRatio().toString();
    row(
        "size",
        video.width()
            + "x"
            + video.height()
            + (shape.equals("1:1") ? "" : ", pixels " + shape)
            + (isTurned(video)
                ? ", decoded " + video.codedWidth() + "x" + video.codedHeight()
                : ""));
    if (video.rotation() != 0 || video.flipped()) {
      row("rotation", video.rotation() + " degrees" + (video.flipped() ? ", mirrored" : ""));
    }
    video
        .frameRate()
        .ifPresent(
            rate -> row("frame rate", rate + (video.frameRateEstimated() ? " (estimated)" : "")));
    Long exact = counts.get(video.index());
    if (exact != null) {
      row("frames", exact + " (counted)");
    } else if (video.framesInHeader().isPresent()) {
      row("frames", video.framesInHeader().getAsLong() + " (by the header)");
    }
    row(
        "pixels",
        video.pixelFormat()
            + ", "
            + video.bitDepth()
            + " bits"
            + (video.alpha() ? ", with alpha" : ""));
    row("color", color(video.color()) + (video.colorGuessed() ? " (partly guessed)" : ""));
    video.hdr().ifPresent(hdr -> row("hdr", hdr(hdr)));
    if (video.fieldOrder() != FieldOrder.PROGRESSIVE) {
      row("fields", lower(video.fieldOrder()));
    }
  }

  private static boolean isTurned(VideoInfo video) {
    return video.width() != video.codedWidth() || video.height() != video.codedHeight();
  }

  private static String color(ColorSpec color) {
    return "matrix "
        + color.matrix()
        + ", "
        + lower(color.range())
        + " range, primaries "
        + color.primaries()
        + ", transfer "
        + color.transfer();
  }

  private static String hdr(HdrMetadata hdr) {
    String light =
        hdr.maxContentLightLevel().isPresent()
            ? ", MaxCLL "
                + hdr.maxContentLightLevel().getAsInt()
                + ", MaxFALL "
                + hdr.maxFrameAverageLightLevel().orElse(0)
            : "";
    return String.format(
        Locale.ROOT,
        "mastered at %s to %s cd/m², red %s, green %s, blue %s, white %s%s",
        number(hdr.minLuminance()),
        number(hdr.maxLuminance()),
        point(hdr.primaries().red()),
        point(hdr.primaries().green()),
        point(hdr.primaries().blue()),
        point(hdr.whitePoint()),
        light);
  }

  private static String point(HdrMetadata.Chromaticity point) {
    return number(point.x()) + "," + number(point.y());
  }

  private static String number(double value) {
    return new BigDecimal(value)
        .setScale(4, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void audio(AudioInfo audio) {
    row("rate", audio.sampleRate() + " Hz");
    row("channels", audio.channels() + ", " + audio.channelLayout());
    row(
        "samples",
        audio.layout() + (audio.bitDepth() > 0 ? ", " + audio.bitDepth() + " bits" : ""));
    if (audio.priming() > 0) {
      row("priming", audio.priming() + " samples, which are not heard");
    }
  }

  private void facts(StreamFacts facts) {
    optional("start", facts.start().filter(start -> !start.isZero()).map(InfoText::seconds));
    optional("duration", facts.duration().map(Times::exact));
    facts
        .bitRate()
        .ifPresent(rate -> row("bit rate", String.format(Locale.ROOT, "%.1f kbit/s", rate / 1e3)));
    row("time base", facts.timeBase().numerator() + "/" + facts.timeBase().denominator());
    optional("language", facts.language());
    optional("title", facts.title());
    if (!facts.dispositions().isEmpty()) {
      row(
          "disposition",
          facts.dispositions().stream()
              .sorted()
              .map(InfoText::lower)
              .collect(Collectors.joining(", ")));
    }
    facts.tags().entrySet().stream()
        .filter(tag -> !SHOWN_ELSEWHERE.contains(tag.getKey()))
        .forEach(tag -> row("tag " + tag.getKey(), tag.getValue()));
    optional("not decoded", facts.unsupported());
  }

  private void optional(String name, Optional<String> value) {
    value.ifPresent(text -> row(name, text));
  }
}
