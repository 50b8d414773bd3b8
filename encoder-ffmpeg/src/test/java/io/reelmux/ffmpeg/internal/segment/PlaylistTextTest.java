package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.FrameRate;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SegmentOptions.Playlists;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The texts of playlists and manifests. */
class PlaylistTextTest {
  private static final TimeBase VIDEO = new TimeBase(1001, 30_000);
  private static final TimeBase AUDIO = new TimeBase(1, 48_000);
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private static final Track VIDEO_TRACK =
      new Track(
          "video0",
          List.of(
              PacketStreamInfo.builder(StreamKind.VIDEO, "h264", VIDEO)
                  .size(640, 360)
                  .frameRate(FrameRate.of(30_000, 1001))
                  .codecString("avc1.64001e")
                  .build()),
          1_000_000);

  private static final Track AUDIO_TRACK =
      new Track(
          "audio0",
          List.of(
              PacketStreamInfo.builder(StreamKind.AUDIO, "aac", AUDIO)
                  .audio(48_000, 2)
                  .language("ger")
                  .title("Der \"Ton\"")
                  .codecString("mp4a.40.2")
                  .build()),
          0);

  private static Segment segment(
      String track, long number, Ticks start, long ticks, Part... parts) {
    String name = track + "-" + number + ".m4s";
    return new Segment(number, name, start, start.plus(ticks), 1000, List.of(parts));
  }

  /** Segments of 60 frames. */
  private static List<Segment> video(long first, int count) {
    List<Segment> segments = new ArrayList<>();
    for (long i = first; i < first + count; i++) {
      segments.add(segment("video0", i, new Ticks(60 * i, VIDEO), 60));
    }
    return segments;
  }

  private static MediaPlaylist playlist(
      Playlists type, List<Segment> segments, long next, boolean ended) {
    return new MediaPlaylist(
        "video0.m3u8",
        type,
        2,
        Optional.of("video0-init.mp4"),
        segments,
        next,
        Optional.empty(),
        Optional.of(NOON),
        ended);
  }

  @Test
  void media_vod() {
    assertThat(HlsWriter.media(playlist(Playlists.VOD, video(0, 3), 3, true)))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="video0-init.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-01-02T12:00:00Z
            #EXTINF:2.002000,
            video0-0.m4s
            #EXTINF:2.002000,
            video0-1.m4s
            #EXTINF:2.002000,
            video0-2.m4s
            #EXT-X-ENDLIST
            """);
  }

  @Test
  void media_live() {
    assertThat(HlsWriter.media(playlist(Playlists.LIVE, video(1000, 1), 1001, false)))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-MEDIA-SEQUENCE:1000
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="video0-init.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-01-02T12:33:22Z
            #EXTINF:2.002000,
            video0-1000.m4s
            """);
  }

  @Test
  void media_lowLatency() {
    TimeBase base = new TimeBase(1, 30);
    Part first = new Part("v-4.0.m4s", new Ticks(240, base), new Ticks(246, base), true);
    Part second = new Part("v-5.0.m4s", new Ticks(300, base), new Ticks(306, base), true);
    Part third = new Part("v-5.1.m4s", new Ticks(306, base), new Ticks(312, base), false);
    Segment segment = segment("v", 4, new Ticks(240, base), 60, first);
    MediaPlaylist.LowLatency latency =
        new MediaPlaylist.LowLatency(
            new Ticks(6, base), List.of(second, third), Optional.of("v-5.2.m4s"));
    MediaPlaylist playlist =
        new MediaPlaylist(
            "v.m3u8",
            Playlists.LIVE,
            2,
            Optional.of("v-init.mp4"),
            List.of(segment),
            5,
            Optional.of(latency),
            Optional.empty(),
            false);

    assertThat(HlsWriter.media(playlist))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:2
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.600000
            #EXT-X-PART-INF:PART-TARGET=0.200000
            #EXT-X-MEDIA-SEQUENCE:4
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="v-init.mp4"
            #EXT-X-PART:DURATION=0.200000,URI="v-4.0.m4s",INDEPENDENT=YES
            #EXTINF:2.000000,
            v-4.m4s
            #EXT-X-PART:DURATION=0.200000,URI="v-5.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.200000,URI="v-5.1.m4s"
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v-5.2.m4s"
            """);
  }

  @Test
  void media_manySegments_durationsAddUp() {
    TimeBase thirds = new TimeBase(1, 3);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      segments.add(segment("v", i, new Ticks(4L * i, thirds), 4));
    }
    String text = HlsWriter.media(playlist(Playlists.VOD, segments, 3000, true));

    BigDecimal sum =
        text.lines()
            .filter(line -> line.startsWith("#EXTINF:"))
            .map(line -> new BigDecimal(line.replaceAll("[^0-9.]", "")))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isEqualByComparingTo("4000");
  }

  @Test
  void main_videoAndAudio() {
    HlsWriter.Entry video = new HlsWriter.Entry(VIDEO_TRACK, "video0.m3u8", 1_200_000, 900_000);
    HlsWriter.Entry audio = new HlsWriter.Entry(AUDIO_TRACK, "audio0.m3u8", 130_000, 128_000);

    assertThat(HlsWriter.main("main.m3u8", List.of(video, audio), /* cmaf= */ true))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Der 'Ton'",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio0.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=1330000,AVERAGE-BANDWIDTH=1028000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970,AUDIO="audio"
            video0.m3u8
            """);
  }

  private static DashWriter.Entry dash(Track track, List<Segment> segments, long rate) {
    String name = track.name();
    return new DashWriter.Entry(
        track, name + "-init.mp4", name + "-$Number$.m4s", segments, rate, Optional.empty());
  }

  @Test
  void manifest_vod() {
    List<Segment> audio =
        List.of(
            segment("audio0", 0, new Ticks(0, AUDIO), 96_256),
            segment("audio0", 1, new Ticks(96_256, AUDIO), 96_256),
            segment("audio0", 2, new Ticks(192_512, AUDIO), 95_232));
    DashWriter.Manifest manifest =
        new DashWriter.Manifest(
            "manifest.mpd",
            Duration.ofSeconds(2),
            List.of(dash(VIDEO_TRACK, video(0, 3), 1_200_000), dash(AUDIO_TRACK, audio, 128_000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOON,
            true);

    assertThat(DashWriter.write(manifest))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT6.006S" minBufferTime="PT2S">
              <Period id="0" start="PT0S">
                <AdaptationSet id="0" contentType="video" segmentAlignment="true" startWithSAP="1">
                  <Representation id="video0" mimeType="video/mp4" codecs="avc1.64001e" bandwidth="1200000" width="640" height="360" frameRate="30000/1001">
                    <SegmentTemplate timescale="30000" initialization="video0-init.mp4" media="video0-$Number$.m4s" startNumber="0">
                      <SegmentTimeline>
                        <S t="0" d="60060" r="2"/>
                      </SegmentTimeline>
                    </SegmentTemplate>
                  </Representation>
                </AdaptationSet>
                <AdaptationSet id="1" contentType="audio" lang="de" segmentAlignment="true" startWithSAP="1">
                  <Representation id="audio0" mimeType="audio/mp4" codecs="mp4a.40.2" bandwidth="128000" audioSamplingRate="48000">
                    <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>
                    <SegmentTemplate timescale="48000" initialization="audio0-init.mp4" media="audio0-$Number$.m4s" startNumber="0">
                      <SegmentTimeline>
                        <S t="0" d="96256" r="1"/>
                        <S d="95232"/>
                      </SegmentTimeline>
                    </SegmentTemplate>
                  </Representation>
                </AdaptationSet>
              </Period>
            </MPD>
            """);
  }

  /** A window of listed segments. */
  private static DashWriter.Manifest window(boolean ended) {
    Segment audio = segment("audio0", 7, new Ticks(672_768, AUDIO), 192_512);
    return new DashWriter.Manifest(
        "manifest.mpd",
        Duration.ofSeconds(2),
        List.of(
            dash(VIDEO_TRACK, video(7, 2), 1_200_000), dash(AUDIO_TRACK, List.of(audio), 128_000)),
        Optional.of(NOON),
        Optional.of(6),
        Optional.empty(),
        NOON.plusSeconds(18),
        ended);
  }

  @Test
  void manifest_live_statesDateWindowAndClock() {
    assertThat(DashWriter.write(window(false)))
        .contains(
            "type=\"dynamic\" minimumUpdatePeriod=\"PT2S\""
                + " availabilityStartTime=\"2026-01-02T12:00:00Z\""
                + " publishTime=\"2026-01-02T12:00:18Z\" timeShiftBufferDepth=\"PT12S\"")
        .contains("<Period id=\"0\" start=\"PT0S\">")
        .contains("startNumber=\"7\"")
        .contains("<S t=\"420420\" d=\"60060\" r=\"1\"/>")
        // any server has a Date header, but only some answer _time
        .containsOnlyOnce("UTCTiming")
        .contains(
            "<UTCTiming schemeIdUri=\"urn:mpeg:dash:utc:http-head:2014\" value=\"manifest.mpd\"/>")
        .doesNotContain("mediaPresentationDuration");
  }

  @Test
  void manifest_liveThatHasEnded_isStaticWithTheTimesOfBefore() {
    assertThat(DashWriter.write(window(true)))
        .contains("type=\"static\" mediaPresentationDuration=\"PT18.026667S\"")
        // players that watch compare the times of the update with those that they know
        .contains("<Period id=\"0\" start=\"PT0S\" duration=\"PT18.026667S\">")
        .contains("timescale=\"30000\" initialization=", "timescale=\"48000\" initialization=")
        .contains("<S t=\"420420\" d=\"60060\" r=\"1\"/>", "<S t=\"672768\" d=\"192512\"/>")
        .doesNotContain("dynamic")
        .doesNotContain("UTCTiming")
        .doesNotContain("availabilityStartTime")
        .doesNotContain("timeShiftBufferDepth")
        .doesNotContain("minimumUpdatePeriod");
  }

  private static DashWriter.Manifest numbered(long first, Duration origin, Optional<Duration> end) {
    DashWriter.Entry video =
        new DashWriter.Entry(
            VIDEO_TRACK,
            "video0-init.mp4",
            "video0-$Number$.m4s",
            video(7, 2),
            1_200_000,
            Optional.of(new Ticks(5, VIDEO)));
    return new DashWriter.Manifest(
        "live/manifest.mpd",
        Duration.ofSeconds(2),
        List.of(video),
        Optional.of(NOON),
        Optional.of(6),
        Optional.of(new DashWriter.Numbering(first, origin, Duration.ofMillis(200), end)),
        NOON.plusSeconds(18),
        end.isPresent());
  }

  @Test
  void manifest_lowLatency() {
    assertThat(DashWriter.write(numbered(0, Duration.ZERO, Optional.empty())))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic" minimumUpdatePeriod="PT2S" availabilityStartTime="2026-01-02T12:00:00Z" publishTime="2026-01-02T12:00:18Z" timeShiftBufferDepth="PT12S" minBufferTime="PT2S">
              <ServiceDescription id="0">
                <Latency target="1500" max="3500"/>
                <PlaybackRate min="0.95" max="1.05"/>
              </ServiceDescription>
              <Period id="0" start="PT0S">
                <AdaptationSet id="0" contentType="video" segmentAlignment="true" startWithSAP="1">
                  <Representation id="video0" mimeType="video/mp4" codecs="avc1.64001e" bandwidth="1200000" width="640" height="360" frameRate="30000/1001">
                    <SegmentTemplate timescale="1000000" duration="2000000" initialization="../video0-init.mp4" media="../video0-$Number$.m4s" startNumber="0" availabilityTimeOffset="1.833166" availabilityTimeComplete="false"/>
                  </Representation>
                </AdaptationSet>
              </Period>
              <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="manifest.mpd?_time"/>
              <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-head:2014" value="manifest.mpd"/>
            </MPD>
            """);
  }

  @Test
  void manifest_lowLatencyThatBeganLate_numbersBeginThere() {
    assertThat(DashWriter.write(numbered(0, Duration.ofSeconds(4), Optional.empty())))
        .contains("<Period id=\"0\" start=\"PT4S\">")
        .contains("duration=\"2000000\" presentationTimeOffset=\"4000000\" initialization=")
        .contains("startNumber=\"0\"");
  }

  @Test
  void manifest_lowLatencyThatHasEnded_statesTheLastNumber() {
    assertThat(
            DashWriter.write(
                numbered(7, Duration.ofSeconds(14), Optional.of(Duration.ofMillis(17_500)))))
        .contains("type=\"static\" mediaPresentationDuration=\"PT17.5S\"")
        .contains("<Period id=\"0\" start=\"PT14S\" duration=\"PT3.5S\">")
        .contains("presentationTimeOffset=\"14000000\"")
        .contains("startNumber=\"7\" endNumber=\"8\"/>")
        .doesNotContain("UTCTiming")
        .doesNotContain("minimumUpdatePeriod")
        .doesNotContain("availabilityTimeOffset");
  }
}
