package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.MemoryStore;
import io.reelmux.Packet;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentNames;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg's own readers find every frame of segments, at its time. */
@RequiresFfmpegCli
class SegmentPlaybackTest {
  private static final Duration SECOND = EncodedClip.SECOND;
  private static final double MILLISECOND = 0.001;

  @TempDir Path directory;

  private List<String> write(EncodedClip clip, SegmentOptions options) throws IOException {
    return write(clip.packets(), options);
  }

  private List<String> write(List<Packet> packets, SegmentOptions options) throws IOException {
    SegmentStore store = SegmentStore.directory(directory);
    return Feed.run(
        packets,
        (streams, log, notes) ->
            SegmentTargets.segments(streams, store, options, /* reproducible= */ true, log, notes));
  }

  /** The presentation times of the frames that a reader decodes. */
  private static List<Double> times(Path file, String stream) throws Exception {
    List<Double> times = new ArrayList<>();
    for (String line :
        FfmpegCli.ffprobe(
            file,
            "-select_streams",
            stream,
            "-show_entries",
            "frame=pts_time",
            "-allowed_extensions",
            "ALL")) {
      times.add(Double.parseDouble(line.replace(",", "")));
    }
    return times;
  }

  private static List<String> frames(Path file) throws Exception {
    Path hashes = Files.createTempFile("frames", ".md5");
    try {
      FfmpegCli.ffmpeg(
          "-i",
          file.toString(),
          "-map",
          "0:v:0",
          "-fps_mode",
          "passthrough",
          "-f",
          "framemd5",
          hashes.toString());
      try (Stream<String> lines = Files.lines(hashes)) {
        return lines
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst(".*, *", ""))
            .toList();
      }
    } finally {
      Files.delete(hashes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main.m3u8", "video0.m3u8"})
  void hls_cmafWithBFrames_everyFrameFromZero(String playlist) throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    assertThat(write(clip, SegmentOptions.hls(SECOND))).isEmpty();

    List<Double> video = times(directory.resolve(playlist), "v:0");

    assertThat(video).hasSize(125);
    assertThat(video.get(0)).isCloseTo(0, within(MILLISECOND));
    assertThat(video.get(124)).isCloseTo(4.96, within(MILLISECOND));
  }

  @Test
  void dash_cmafWithBFrames_everyFrameFromZero() throws Exception {
    write(EncodedClip.reordered(), SegmentOptions.dash(SECOND));

    List<Double> video = times(directory.resolve("manifest.mpd"), "v:0");

    assertThat(video).hasSize(125);
    assertThat(video.get(0)).isCloseTo(0, within(MILLISECOND));
  }

  /** Its period begins with the first segment that is there. */
  @Test
  void dash_windowThatHasEnded_everyFrameOfItsSegments() throws Exception {
    write(EncodedClip.reordered(), SegmentOptions.dash(SECOND).live(3));

    assertThat(times(directory.resolve("manifest.mpd"), "v:0")).hasSize(75);
    assertThat(times(directory.resolve("manifest.mpd"), "a:0").size()).isBetween(140, 142);
  }

  /** The demuxers of the FFmpeg that is in the natives, beside the installed one. */
  @ParameterizedTest
  @EnumSource(
      value = SegmentFormat.class,
      names = {"CMAF", "MPEG_TS"})
  void hls_readByTheNatives_everyFrame(SegmentFormat format) throws Exception {
    write(EncodedClip.reordered(), SegmentOptions.hls(SECOND).format(format));

    assertThat(MediaReader.read(directory.resolve("main.m3u8")).video(0).checksums()).hasSize(125);
  }

  @Test
  void cmaf_segmentsJoined_areTheSource() throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    write(clip, SegmentOptions.plain(SECOND));
    Path source = Files.write(directory.resolve("source.mp4"), clip.mp4());

    Path video = join("video0", 5);
    Path audio = join("audio0", 5);

    assertThat(frames(video)).isEqualTo(frames(source)).hasSize(125);
    assertThat(times(video, "v:0").get(0)).isCloseTo(0, within(MILLISECOND));
    // the priming is before zero, where players cut it, so that video and audio begin together
    List<Double> heard = times(audio, "a:0");
    assertThat(heard.get(0)).isCloseTo(-1024.0 / 48_000, within(MILLISECOND));
    assertThat(heard.get(1)).isCloseTo(0, within(MILLISECOND));
    assertThat(heard).hasSameSizeAs(clip.of(1));
    assertThat(directory.resolve("video0-5.m4s")).doesNotExist();
  }

  private Path join(String track, int segments) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(Files.readAllBytes(directory.resolve(track + "-init.mp4")));
    for (int i = 0; i < segments; i++) {
      joined.writeBytes(Files.readAllBytes(directory.resolve(track + "-" + i + ".m4s")));
    }
    return Files.write(directory.resolve(track + "-joined.mp4"), joined.toByteArray());
  }

  @Test
  void cmaf_audioCuts_areAtTheFirstPacketAfterTheVideos() throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    write(clip, SegmentOptions.hls(SECOND));

    String playlist = Files.readString(directory.resolve("audio0.m3u8"));

    List<Double> lengths =
        playlist
            .lines()
            .filter(line -> line.startsWith("#EXTINF"))
            .map(line -> Double.parseDouble(line.replaceAll("[^0-9.]", "")))
            .toList();
    double cut = 0;
    for (int i = 0; i < 4; i++) {
      cut += lengths.get(i);
      assertThat(cut).isBetween(i + 1.0, i + 1 + 1024.0 / 48_000);
    }
    assertThat(playlist).contains("#EXT-X-TARGETDURATION:1\n");
  }

  @Test
  void ts_joined_hasEveryFrameAndContinuousCounters() throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    write(clip, SegmentOptions.hls(SECOND).format(SegmentFormat.MPEG_TS));
    Path source = Files.write(directory.resolve("source.mp4"), clip.mp4());
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      byte[] segment = Files.readAllBytes(directory.resolve("media-" + i + ".ts"));
      assertThat(Transport.firstPids(segment)).as("segment " + i).startsWith(17, 0);
      joined.writeBytes(segment);
    }
    Path all = Files.write(directory.resolve("all.ts"), joined.toByteArray());

    assertThat(Transport.discontinuities(joined.toByteArray())).isZero();
    assertThat(frames(all)).isEqualTo(frames(source));
    assertThat(times(directory.resolve("main.m3u8"), "v:0")).hasSize(125);
    // each segment begins with a key frame
    assertThat(frames(directory.resolve("media-3.ts"))).hasSize(25);
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentFormat.class,
      names = {"MP4", "MATROSKA", "MPEG_TS"})
  void rotating_eachFile_playsFromZeroAndNothingIsLost(SegmentFormat format) throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    write(clip, SegmentOptions.rotating(1 << 30, Duration.ofSeconds(2)).format(format));
    Path source = Files.write(directory.resolve("source.mp4"), clip.mp4());

    List<String> all = new ArrayList<>();
    int audio = 0;
    for (int i = 0; i < 3; i++) {
      Path file = directory.resolve("file-" + i + "." + format.extension());
      all.addAll(frames(file));
      if (format == SegmentFormat.MP4) {
        assertThat(times(file, "v:0").get(0)).isCloseTo(0, within(MILLISECOND));
        assertThat(times(file, "a:0").get(0)).isCloseTo(0, within(1024.0 / 48_000));
      }
      audio +=
          FfmpegCli.ffprobe(file, "-select_streams", "a", "-show_entries", "packet=size").size();
    }

    assertThat(all).isEqualTo(frames(source));
    assertThat(audio).isEqualTo(clip.of(1).size());
    assertThat(directory.resolve("file-3." + format.extension())).doesNotExist();
  }

  @Test
  void rotating_bySize_beginsAFileAtTheNextKeyFrame() throws Exception {
    write(EncodedClip.reordered(), SegmentOptions.rotating(1, Duration.ofHours(1)));

    assertThat(frames(directory.resolve("file-4.mp4"))).hasSize(25);
    assertThat(directory.resolve("file-5.mp4")).doesNotExist();
  }

  @Test
  void audioOnly_hls_isCutByItsOwnTime() throws Exception {
    List<Packet> audio = EncodedClip.reordered().of(1);

    assertThat(write(audio, SegmentOptions.hlsAndDash(SECOND))).isEmpty();

    assertThat(times(directory.resolve("main.m3u8"), "a:0").size()).isBetween(235, 236);
    assertThat(Files.readString(directory.resolve("main.m3u8")))
        .contains("CODECS=\"mp4a.40.2\"")
        .doesNotContain("AUDIO=");
    assertThat(directory.resolve("audio0-4.m4s")).exists();
    assertThat(Files.readString(directory.resolve("audio0.m3u8")).lines())
        .filteredOn(line -> line.startsWith("#EXTINF"))
        .first()
        .asString()
        .startsWith("#EXTINF:1.0");
    assertThat(Files.readString(directory.resolve("manifest.mpd")))
        .doesNotContain(" d=\"0\"")
        .contains("<S t=\"0\" d=\"48128\" r=\"3\"/>");
  }

  @Test
  void audioOnly_ts_firstSegmentIsOfTheLength() throws Exception {
    List<Packet> audio = EncodedClip.reordered().of(1);

    write(audio, SegmentOptions.hls(SECOND).format(SegmentFormat.MPEG_TS));

    assertThat(Files.readString(directory.resolve("media.m3u8")).lines())
        .filteredOn(line -> line.startsWith("#EXTINF"))
        .first()
        .asString()
        .startsWith("#EXTINF:1.0");
  }

  @Test
  void video_endsBeforeAudio_audioGoesOnInSegments() throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    List<Packet> packets = new ArrayList<>(clip.packets());
    packets.removeIf(packet -> packet.stream().index() == 0 && packet.pts() * 1.0 >= ticks(clip));

    write(packets, SegmentOptions.hls(SECOND));

    assertThat(directory.resolve("video0-1.m4s")).doesNotExist();
    assertThat(directory.resolve("audio0-3.m4s")).exists();
  }

  /** One second of video. */
  private static double ticks(EncodedClip clip) {
    return clip.of(0).get(0).stream().timeBase().toTicks(SECOND);
  }

  @Test
  void names_unsafeOrEqual_areRefusedAtOpenAndNothingIsWritten() {
    SegmentOptions options = SegmentOptions.hlsAndDash(SECOND);
    List<Packet> packets;
    try {
      packets = EncodedClip.reordered().packets();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    SegmentNames flat = SegmentNames.FLAT;

    assertThatThrownBy(
            () ->
                write(packets, options.names((k, s, n, p, e) -> "../" + flat.name(k, s, n, p, e))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> write(packets, options.names((k, s, n, p, e) -> k + s + n)))
        .hasMessageContaining("two objects");
    assertThatThrownBy(
            () -> write(packets, options.names((k, s, n, p, e) -> flat.name(k, s, n + 1, p, e))))
        .hasMessageContaining("decimal digits");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void names_inDirectoriesWithZeros_playlistsReferToThem() throws Exception {
    SegmentNames names =
        (kind, stream, number, part, extension) ->
            switch (kind) {
              case INIT -> stream + "/init." + extension;
              case SEGMENT -> "media files/%s/%05d.%s".formatted(stream, number, extension);
              case PART -> "parts/%s/%d.%d".formatted(stream, number, part);
              case MEDIA_PLAYLIST -> "lists/" + stream + "." + extension;
              case MAIN_PLAYLIST -> "main." + extension;
              case MANIFEST -> "main." + extension;
            };
    write(EncodedClip.reordered(), SegmentOptions.hlsAndDash(SECOND).names(names));

    assertThat(Files.readString(directory.resolve("lists/video0.m3u8")))
        .contains("../media%20files/video0/00003.m4s");
    assertThat(Files.readString(directory.resolve("main.mpd")))
        .contains("media=\"media%20files/video0/$Number%05d$.m4s\"");
    assertThat(Files.exists(directory.resolve("media files/video0/00003.m4s"))).isTrue();
  }

  @Test
  void parts_storeThatDoesNotHold_isRefused() {
    SegmentOptions options = SegmentOptions.hls(SECOND).live(3).parts(Duration.ofMillis(200));

    assertThatThrownBy(() -> write(EncodedClip.lowDelay(), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LiveStore");
  }

  @Test
  void maxSegmentBytes_exceeded_fails() {
    MemoryStore store = new MemoryStore();
    SegmentOptions options = SegmentOptions.hls(SECOND).maxSegmentBytes(100);

    assertThatThrownBy(
            () ->
                Feed.run(
                    EncodedClip.lowDelay().packets(),
                    (streams, log, notes) ->
                        SegmentTargets.segments(
                            streams, store, options, /* reproducible= */ true, log, notes)))
        .hasMessageContaining("maxSegmentBytes");
    assertThat(store.names()).isEmpty();
  }

  @Test
  void names_thatRepeat_endTheOutputBeforeASegmentIsOverwritten() throws IOException {
    SegmentNames flat = SegmentNames.FLAT;
    MemoryStore store = new MemoryStore();
    SegmentOptions options =
        SegmentOptions.hls(SECOND).names((k, s, n, p, e) -> flat.name(k, s, n % 3, p, e));

    assertThatThrownBy(
            () ->
                Feed.run(
                    EncodedClip.lowDelay().packets(),
                    (streams, log, notes) ->
                        SegmentTargets.segments(
                            streams, store, options, /* reproducible= */ true, log, notes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SEGMENT 3 of stream 'video0' the name 'video0-0.m4s'");
    assertThat(store.info("video0-0.m4s").orElseThrow().number()).isZero();
    assertThat(store.names()).doesNotContain("main.m3u8");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may return
  void names_null_refusedWithTheObject() {
    SegmentOptions options =
        SegmentOptions.hls(SECOND)
            .names((k, s, n, p, e) -> n == 1 ? null : SegmentNames.FLAT.name(k, s, n, p, e));

    assertThatThrownBy(() -> write(EncodedClip.lowDelay(), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SegmentNames returns null for SEGMENT of stream 'video0', number 1");
  }
}
