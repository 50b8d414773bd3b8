package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the text of a DASH manifest (ISO/IEC 23009-1, profile "live"). */
final class DashWriter {
  private static final int DECIMALS = 6;

  /** Units of a second in which numbered segments are described, whatever their time base is. */
  private static final int MICROSECONDS = 1_000_000;

  /** How much slower or faster players play to keep their latency: too little to be heard. */
  private static final String MIN_RATE = "0.95";

  private static final String MAX_RATE = "1.05";

  private final Manifest manifest;
  private final List<String> lines = new ArrayList<>();

  private DashWriter(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * What a manifest says.
   *
   * @param name its own name in the store
   * @param segmentLength the length that segments should have
   * @param tracks at least one
   * @param start date and time of presentation time zero; empty if the presentation is not live
   * @param window number of segments that are named; empty if all are
   * @param numbering how players find segments before they are complete; empty if those that are
   *     complete are listed
   * @param published when the manifest is written
   * @param ended whether no segment will follow
   */
  record Manifest(
      String name,
      Duration segmentLength,
      List<Entry> tracks,
      Optional<Instant> start,
      Optional<Integer> window,
      Optional<Numbering> numbering,
      Instant published,
      boolean ended) {
    Manifest {
      tracks = List.copyOf(tracks);
    }

    /** Whether players must expect that there will be more: they play a static one to its end. */
    boolean dynamic() {
      return start.isPresent() && !ended;
    }

    /**
     * Returns where the period begins. Where segments are listed it must stay: players that watch a
     * live presentation compare the times of an update, which count from there, with those that
     * they know, and would take none for new.
     */
    Duration begin() {
      return numbering.map(Numbering::origin).orElse(Duration.ZERO);
    }

    /** Returns the presentation time at which it ends. */
    Ticks end() {
      return numbering
          .flatMap(Numbering::end)
          .map(Ticks::of)
          .orElseGet(
              () ->
                  tracks.stream()
                      .map(entry -> entry.segments().get(entry.segments().size() - 1).end())
                      .max(Ticks::compareTo)
                      .orElseThrow());
    }
  }

  /**
   * For low latency: players compute the number of a segment from the time.
   *
   * @param first number of the first segment that players may ask for
   * @param origin presentation time at which it should begin, with which the period begins
   * @param part length of a part, without the rest of a packet
   * @param end of the presentation, if it has ended
   */
  record Numbering(long first, Duration origin, Duration part, Optional<Duration> end) {

    /** How far players should be behind: three parts, and time for the network and to decode. */
    Duration latency() {
      return part.multipliedBy(3).plusMillis(900);
    }
  }

  /**
   * A track.
   *
   * @param init name of its init segment
   * @param media names of its segments, with {@code $Number$}
   * @param segments at least one
   * @param part the longest part of a segment, if there are any
   */
  record Entry(
      Track track,
      String init,
      String media,
      List<Segment> segments,
      long bitRate,
      Optional<Ticks> part) {
    Entry {
      segments = List.copyOf(segments);
    }
  }

  /** Returns the text. */
  static String write(Manifest manifest) {
    DashWriter writer = new DashWriter(manifest);
    writer.header();
    Map<String, List<Entry>> sets = new LinkedHashMap<>();
    for (Entry entry : manifest.tracks()) {
      sets.computeIfAbsent(setOf(entry), key -> new ArrayList<>()).add(entry);
    }
    manifest.numbering().ifPresent(writer::latency);
    writer.period();
    int id = 0;
    for (Collection<Entry> set : sets.values()) {
      writer.set(id++, List.copyOf(set));
    }
    writer.lines.add("  </Period>");
    if (manifest.dynamic()) {
      writer.clock();
    }
    writer.lines.add("</MPD>");
    return String.join("\n", writer.lines) + "\n";
  }

  /** Players switch between video of one codec; each audio stream is chosen by itself. */
  private static String setOf(Entry entry) {
    return entry.track().hasVideo()
        ? entry.track().codecs().replaceFirst("\\..*", "")
        : entry.track().name();
  }

  private void header() {
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    StringBuilder mpd = new StringBuilder("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"");
    attribute(mpd, "profiles", "urn:mpeg:dash:profile:isoff-live:2011");
    attribute(mpd, "type", manifest.dynamic() ? "dynamic" : "static");
    String length = iso(Ticks.of(manifest.segmentLength()));
    if (manifest.ended()) {
      attribute(mpd, "mediaPresentationDuration", iso(manifest.end()));
    } else {
      attribute(mpd, "minimumUpdatePeriod", length);
    }
    if (manifest.dynamic()) {
      attribute(mpd, "availabilityStartTime", millis(manifest.start().orElseThrow()));
      attribute(mpd, "publishTime", millis(manifest.published()));
      // no suggestedPresentationDelay: shaka-player would add it to the latency
      manifest
          .window()
          .ifPresent(
              window ->
                  attribute(
                      mpd,
                      "timeShiftBufferDepth",
                      iso(Ticks.of(manifest.segmentLength().multipliedBy(window)))));
    }
    attribute(mpd, "minBufferTime", length);
    lines.add(mpd.append('>').toString());
  }

  private void period() {
    StringBuilder period = new StringBuilder("  <Period");
    attribute(period, "id", "0");
    attribute(period, "start", iso(Ticks.of(manifest.begin())));
    if (manifest.ended() && manifest.start().isPresent()) {
      Duration length = manifest.end().toDuration().minus(manifest.begin());
      attribute(period, "duration", iso(Ticks.of(length)));
    }
    lines.add(period.append('>').toString());
  }

  private static String millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private void latency(Numbering numbering) {
    lines.add("  <ServiceDescription id=\"0\">");
    long target = numbering.latency().toMillis();
    lines.add(
        "    <Latency target=\"%s\" max=\"%s\"/>"
            .formatted(target, target + manifest.segmentLength().toMillis()));
    lines.add("    <PlaybackRate min=\"%s\" max=\"%s\"/>".formatted(MIN_RATE, MAX_RATE));
    lines.add("  </ServiceDescription>");
  }

  /**
   * How players set their clock: to milliseconds by a store that holds requests, else to seconds by
   * the Date header of any server. Some players ask a server on the internet if nothing is stated.
   */
  private void clock() {
    String self = Uris.relative(manifest.name(), manifest.name());
    if (manifest.numbering().isPresent()) {
      timing("urn:mpeg:dash:utc:http-iso:2014", self + "?_time");
    }
    timing("urn:mpeg:dash:utc:http-head:2014", self);
  }

  private void timing(String scheme, String value) {
    StringBuilder timing = new StringBuilder("  <UTCTiming");
    attribute(timing, "schemeIdUri", scheme);
    attribute(timing, "value", value);
    lines.add(timing.append("/>").toString());
  }

  private void set(int id, List<Entry> entries) {
    Track first = entries.get(0).track();
    StringBuilder set = new StringBuilder("    <AdaptationSet");
    attribute(set, "id", Integer.toString(id));
    attribute(set, "contentType", first.hasVideo() ? "video" : "audio");
    if (!first.language().isEmpty()) {
      attribute(set, "lang", first.language());
    }
    attribute(set, "segmentAlignment", "true");
    attribute(set, "startWithSAP", "1");
    lines.add(set.append('>').toString());
    entries.forEach(this::representation);
    lines.add("    </AdaptationSet>");
  }

  private void representation(Entry entry) {
    PacketStreamInfo stream = entry.track().main();
    StringBuilder text = new StringBuilder("      <Representation");
    attribute(text, "id", entry.track().name());
    attribute(text, "mimeType", stream.kind() == StreamKind.VIDEO ? "video/mp4" : "audio/mp4");
    attribute(text, "codecs", entry.track().codecs());
    attribute(text, "bandwidth", Long.toString(entry.bitRate()));
    if (stream.kind() == StreamKind.VIDEO) {
      attribute(text, "width", Integer.toString(stream.width()));
      attribute(text, "height", Integer.toString(stream.height()));
      stream
          .frameRate()
          .ifPresent(
              rate ->
                  attribute(
                      text,
                      "frameRate",
                      rate.denominator() == 1
                          ? Integer.toString(rate.numerator())
                          : rate.numerator() + "/" + rate.denominator()));
      lines.add(text.append('>').toString());
    } else {
      attribute(text, "audioSamplingRate", Integer.toString(stream.sampleRate()));
      lines.add(text.append('>').toString());
      lines.add(
          "        <AudioChannelConfiguration"
              + " schemeIdUri=\"urn:mpeg:dash:23003:3:audio_channel_configuration:2011\" value=\""
              + stream.channels()
              + "\"/>");
    }
    template(entry);
    lines.add("      </Representation>");
  }

  private void template(Entry entry) {
    List<Segment> segments = entry.segments();
    StringBuilder text = new StringBuilder("        <SegmentTemplate");
    if (manifest.numbering().isPresent()) {
      numbers(text, entry, manifest.numbering().get());
      lines.add(text.append("/>").toString());
      return;
    }
    TimeBase base = segments.get(0).start().base();
    attribute(text, "timescale", Integer.toString(base.denominator()));
    names(text, entry);
    attribute(text, "startNumber", Long.toString(segments.get(0).number()));
    lines.add(text.append('>').toString());
    lines.add("          <SegmentTimeline>");
    timeline(segments);
    lines.add("          </SegmentTimeline>");
    lines.add("        </SegmentTemplate>");
  }

  private void names(StringBuilder text, Entry entry) {
    attribute(text, "initialization", Uris.relative(manifest.name(), entry.init()));
    attribute(text, "media", Uris.relative(manifest.name(), entry.media()).replace("%25", "%"));
  }

  /** The period begins where the first number should, and each other one a length later. */
  private void numbers(StringBuilder text, Entry entry, Numbering numbering) {
    attribute(text, "timescale", Integer.toString(MICROSECONDS));
    attribute(text, "duration", micros(manifest.segmentLength()));
    if (!numbering.origin().isZero()) {
      attribute(text, "presentationTimeOffset", micros(numbering.origin()));
    }
    names(text, entry);
    attribute(text, "startNumber", Long.toString(numbering.first()));
    if (manifest.ended()) {
      List<Segment> segments = entry.segments();
      attribute(text, "endNumber", Long.toString(segments.get(segments.size() - 1).number()));
      return;
    }
    BigDecimal part = entry.part().orElseThrow().seconds(DECIMALS, RoundingMode.UP);
    BigDecimal length = Ticks.of(manifest.segmentLength()).seconds(DECIMALS, RoundingMode.DOWN);
    attribute(
        text, "availabilityTimeOffset", length.subtract(part).stripTrailingZeros().toPlainString());
    attribute(text, "availabilityTimeComplete", "false");
  }

  private static String micros(Duration time) {
    return Ticks.of(time).seconds(DECIMALS, RoundingMode.UNNECESSARY).unscaledValue().toString();
  }

  private void timeline(List<Segment> segments) {
    for (int i = 0; i < segments.size(); ) {
      Segment segment = segments.get(i);
      int same = i + 1;
      while (same < segments.size() && duration(segments.get(same)) == duration(segment)) {
        same++;
      }
      StringBuilder text = new StringBuilder("            <S");
      if (i == 0) {
        attribute(text, "t", Long.toString(units(segment.start())));
      }
      attribute(text, "d", Long.toString(duration(segment)));
      if (same - i > 1) {
        attribute(text, "r", Integer.toString(same - i - 1));
      }
      lines.add(text.append("/>").toString());
      i = same;
    }
  }

  private static long duration(Segment segment) {
    return units(segment.end()) - units(segment.start());
  }

  /** In units of the timescale, of which a tick is a multiple. */
  private static long units(Ticks time) {
    return time.value() * time.base().numerator();
  }

  private static void attribute(StringBuilder element, String name, String value) {
    String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    element.append(' ').append(name).append("=\"").append(escaped).append('"');
  }

  private static String iso(Ticks time) {
    BigDecimal seconds = time.seconds(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return "PT" + seconds.toPlainString() + "S";
  }
}
