package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentOptions.Playlists;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the text of HLS playlists (RFC 8216 and its second edition). */
final class HlsWriter {
  private static final int DECIMALS = 6;
  private static final String INDEPENDENT = "#EXT-X-INDEPENDENT-SEGMENTS";

  private final List<String> lines = new ArrayList<>();

  private HlsWriter() {
    lines.add("#EXTM3U");
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Returns the playlist of one track. */
  static String media(MediaPlaylist playlist) {
    HlsWriter writer = new HlsWriter();
    writer.mediaHeader(playlist);
    for (int i = 0; i < playlist.segments().size(); i++) {
      Segment segment = playlist.segments().get(i);
      if (i == 0) {
        writer.date(playlist.programStart(), segment.start());
      }
      if (playlist.latency().isPresent() && i >= playlist.firstWithParts()) {
        segment.parts().forEach(part -> writer.part(playlist.name(), part));
      }
      writer.lines.add("#EXTINF:" + between(segment.start(), segment.end()) + ",");
      writer.lines.add(Uris.relative(playlist.name(), segment.name()));
    }
    playlist.latency().ifPresent(latency -> writer.newest(playlist, latency));
    if (playlist.ended()) {
      writer.lines.add("#EXT-X-ENDLIST");
    }
    return writer.text();
  }

  private void mediaHeader(MediaPlaylist playlist) {
    boolean lowLatency = playlist.latency().isPresent();
    lines.add("#EXT-X-VERSION:" + (lowLatency ? 9 : playlist.init().isPresent() ? 7 : 3));
    lines.add("#EXT-X-TARGETDURATION:" + playlist.targetSeconds());
    playlist.latency().ifPresent(this::latencyHeader);
    long first =
        playlist.segments().isEmpty() ? playlist.nextNumber() : playlist.segments().get(0).number();
    lines.add("#EXT-X-MEDIA-SEQUENCE:" + first);
    if (playlist.type() != Playlists.LIVE) {
      lines.add("#EXT-X-PLAYLIST-TYPE:" + playlist.type());
    }
    lines.add(INDEPENDENT);
    playlist
        .init()
        .ifPresent(
            init -> lines.add("#EXT-X-MAP:URI=\"" + Uris.relative(playlist.name(), init) + "\""));
  }

  private void latencyHeader(MediaPlaylist.LowLatency latency) {
    BigDecimal target = latency.partTarget().seconds(DECIMALS, RoundingMode.UP);
    lines.add(
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK="
            + target.multiply(BigDecimal.valueOf(3)).toPlainString());
    lines.add("#EXT-X-PART-INF:PART-TARGET=" + target.toPlainString());
  }

  private void date(Optional<Instant> programStart, Ticks time) {
    programStart.ifPresent(
        start ->
            lines.add(
                "#EXT-X-PROGRAM-DATE-TIME:"
                    + start.plus(time.toDuration()).truncatedTo(ChronoUnit.MILLIS)));
  }

  private void part(String playlist, Part part) {
    lines.add(
        "#EXT-X-PART:DURATION=%s,URI=\"%s\"%s"
            .formatted(
                between(part.start(), part.end()),
                Uris.relative(playlist, part.name()),
                part.independent() ? ",INDEPENDENT=YES" : ""));
  }

  private void newest(MediaPlaylist playlist, MediaPlaylist.LowLatency latency) {
    latency.parts().forEach(part -> part(playlist.name(), part));
    latency
        .hint()
        .ifPresent(
            hint ->
                lines.add(
                    "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\""
                        + Uris.relative(playlist.name(), hint)
                        + "\""));
  }

  /** The times are rounded, not the duration, so that the sum of many durations is right. */
  private static String between(Ticks start, Ticks end) {
    return end.seconds(DECIMALS, RoundingMode.HALF_UP)
        .subtract(start.seconds(DECIMALS, RoundingMode.HALF_UP))
        .toPlainString();
  }

  /** A track in the main playlist, with the name of its playlist and its bit rates. */
  record Entry(Track track, String playlist, long peak, long average) {}

  /** Returns the playlist that names those of the tracks. */
  static String main(String name, List<Entry> tracks, boolean cmaf) {
    HlsWriter writer = new HlsWriter();
    writer.lines.add("#EXT-X-VERSION:" + (cmaf ? 7 : 3));
    writer.lines.add(INDEPENDENT);
    List<Entry> videos = tracks.stream().filter(entry -> entry.track().hasVideo()).toList();
    List<Entry> audios = tracks.stream().filter(entry -> !entry.track().hasVideo()).toList();
    if (videos.isEmpty()) {
      audios.forEach(audio -> writer.variant(name, audio, List.of()));
      return writer.text();
    }
    for (int i = 0; i < audios.size(); i++) {
      writer.audio(name, audios.get(i), i == 0);
    }
    videos.forEach(video -> writer.variant(name, video, audios));
    return writer.text();
  }

  private void audio(String from, Entry entry, boolean first) {
    Track track = entry.track();
    String language = track.language();
    lines.add(
        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"%s\"%s,DEFAULT=%s,AUTOSELECT=YES,CHANNELS=\"%s\",URI=\"%s\""
            .formatted(
                quoted(track.main().title().orElse(track.name())),
                language.isEmpty() ? "" : ",LANGUAGE=\"" + quoted(language) + "\"",
                first ? "YES" : "NO",
                Integer.toString(track.main().channels()),
                Uris.relative(from, entry.playlist())));
  }

  private void variant(String from, Entry entry, List<Entry> audios) {
    long peak = entry.peak() + audios.stream().mapToLong(Entry::peak).max().orElse(0);
    long average = entry.average() + audios.stream().mapToLong(Entry::average).max().orElse(0);
    List<String> codecs = new ArrayList<>(List.of(entry.track().codecs()));
    audios.stream().map(audio -> audio.track().codecs()).distinct().forEach(codecs::add);
    StringBuilder line = new StringBuilder("#EXT-X-STREAM-INF:BANDWIDTH=" + peak);
    line.append(",AVERAGE-BANDWIDTH=").append(average);
    line.append(",CODECS=\"").append(String.join(",", codecs)).append('"');
    if (entry.track().hasVideo()) {
      var video = entry.track().main();
      line.append(",RESOLUTION=").append(video.width()).append('x').append(video.height());
      video
          .frameRate()
          .ifPresent(
              rate -> line.append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", rate.toDouble())));
    }
    if (!audios.isEmpty()) {
      line.append(",AUDIO=\"audio\"");
    }
    lines.add(line.toString());
    lines.add(Uris.relative(from, entry.playlist()));
  }

  /** A quoted string can hold neither quotes nor line ends. */
  private static String quoted(String text) {
    return text.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
  }
}
