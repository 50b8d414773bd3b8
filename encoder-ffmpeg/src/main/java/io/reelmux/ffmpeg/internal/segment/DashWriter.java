package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
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
   * @param ended whether no segment will follow
   */
  record Manifest(
      String name,
      Duration segmentLength,
      List<Entry> tracks,
      Optional<Instant> start,
      Optional<Integer> window,
      boolean ended) {
    Manifest {
      tracks = List.copyOf(tracks);
    }
  }

  /**
   * A track.
   *
   * @param init name of its init segment
   * @param media names of its segments, with {@code $Number$}
   * @param segments at least one
   */
  record Entry(Track track, String init, String media, List<Segment> segments, long bitRate) {
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
    writer.lines.add("  <Period id=\"0\" start=\"PT0S\">");
    int id = 0;
    for (Collection<Entry> set : sets.values()) {
      writer.set(id++, List.copyOf(set));
    }
    writer.lines.add("  </Period>");
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
    boolean dynamic =
        manifest.start().isPresent() && !(manifest.ended() && manifest.window().isEmpty());
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    StringBuilder mpd = new StringBuilder("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"");
    attribute(mpd, "profiles", "urn:mpeg:dash:profile:isoff-live:2011");
    attribute(mpd, "type", dynamic ? "dynamic" : "static");
    String length = iso(Ticks.of(manifest.segmentLength()));
    if (manifest.ended()) {
      attribute(mpd, "mediaPresentationDuration", iso(end()));
    } else {
      attribute(mpd, "minimumUpdatePeriod", length);
    }
    if (dynamic) {
      Instant start = manifest.start().orElseThrow().truncatedTo(ChronoUnit.MILLIS);
      attribute(mpd, "availabilityStartTime", start.toString());
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

  private Ticks end() {
    return manifest.tracks().stream()
        .map(entry -> entry.segments().get(entry.segments().size() - 1).end())
        .max(Ticks::compareTo)
        .orElseThrow();
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
    attribute(text, "timescale", Integer.toString(segments.get(0).start().base().denominator()));
    attribute(text, "initialization", Uris.relative(manifest.name(), entry.init()));
    attribute(text, "media", Uris.relative(manifest.name(), entry.media()).replace("%25", "%"));
    attribute(text, "startNumber", Long.toString(segments.get(0).number()));
    lines.add(text.append('>').toString());
    lines.add("          <SegmentTimeline>");
    timeline(segments);
    lines.add("          </SegmentTimeline>");
    lines.add("        </SegmentTemplate>");
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
