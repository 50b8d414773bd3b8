package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.Packet;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A store always holds all that its playlists name, whatever fails and when. */
class SegmentOrderTest {
  private static final Duration SECOND = EncodedClip.SECOND;

  static Stream<SegmentOptions> options() {
    return Stream.of(
        SegmentOptions.hlsAndDash(SECOND),
        SegmentOptions.hlsAndDash(SECOND).event(),
        SegmentOptions.hlsAndDash(SECOND).live(3).keep(0),
        SegmentOptions.dash(SECOND).live(3).keep(1),
        SegmentOptions.hls(SECOND).live(3).keep(0).parts(Duration.ofMillis(200)),
        SegmentOptions.dash(SECOND).live(3).keep(0).parts(Duration.ofMillis(200)),
        SegmentOptions.hlsAndDash(SECOND).event().parts(Duration.ofMillis(200)),
        SegmentOptions.hls(SECOND).format(SegmentFormat.MPEG_TS).live(3).keep(0),
        SegmentOptions.plain(SECOND),
        SegmentOptions.rotating(1 << 30, SECOND));
  }

  private static List<String> run(RecordingStore store, SegmentOptions options) throws IOException {
    return Feed.run(
        EncodedClip.lowDelay().packets(),
        (streams, log, notes) ->
            SegmentTargets.segments(
                streams, store, options, /* reproducible= */ true, log, notes, store.clock()));
  }

  @ParameterizedTest
  @MethodSource("options")
  void segments_anyOptions_everythingNamedIsThere(SegmentOptions options) throws IOException {
    RecordingStore store = new RecordingStore();

    List<String> notes = run(store, options);

    assertThat(notes).isEmpty();
    assertThat(store.open()).isZero();
    assertThat(store.playlists.keySet().stream().anyMatch(name -> name.endsWith("m3u8")))
        .isEqualTo(options.hls());
    assertThat(store.playlists.containsKey("manifest.mpd")).isEqualTo(options.dash());
    store.checkPlaylists();
  }

  @ParameterizedTest
  @MethodSource("options")
  void segments_storeFailsAtEachCall_sameExceptionAndNothingAfter(SegmentOptions options)
      throws IOException {
    RecordingStore counting = new RecordingStore();
    run(counting, options);

    for (int k = 0; k < counting.count(); k += k < 20 ? 1 : 3) {
      RecordingStore store = new RecordingStore(k);

      Throwable thrown = catchThrowable(() -> run(store, options));

      assertThat(thrown).as("at call " + k).isSameAs(store.failure);
      assertThat(store.open()).as("entries left open at call " + k).isZero();
      assertThat(store.calls).hasSize(k + 1);
      store.checkPlaylists();
    }
  }

  @Test
  void segments_vod_playlistsComeLastAndMainAfterMedia() throws IOException {
    RecordingStore store = new RecordingStore();

    run(store, SegmentOptions.hlsAndDash(SECOND));

    List<String> commits = store.calls.stream().filter(call -> call.startsWith("commit")).toList();
    assertThat(commits.subList(commits.size() - 4, commits.size()))
        .containsExactly(
            "commit video0.m3u8", "commit audio0.m3u8", "commit main.m3u8", "commit manifest.mpd");
    assertThat(commits.indexOf("commit video0-init.mp4"))
        .isLessThan(commits.indexOf("commit video0-0.m4s"));
    assertThat(commits).contains("commit video0-4.m4s").doesNotContain("commit video0-5.m4s");
  }

  @Test
  void segments_live_keepsWindowAndDeletesTheRest() throws IOException {
    RecordingStore store = new RecordingStore();

    run(store, SegmentOptions.hlsAndDash(SECOND).live(3).keep(1));

    assertThat(store.objects.names())
        .containsExactlyInAnyOrder(
            "main.m3u8",
            "manifest.mpd",
            "video0.m3u8",
            "audio0.m3u8",
            "video0-init.mp4",
            "audio0-init.mp4",
            "video0-1.m4s",
            "video0-2.m4s",
            "video0-3.m4s",
            "video0-4.m4s",
            "audio0-1.m4s",
            "audio0-2.m4s",
            "audio0-3.m4s",
            "audio0-4.m4s");
    assertThat(store.text("video0.m3u8"))
        .contains("#EXT-X-MEDIA-SEQUENCE:2\n")
        .contains("#EXT-X-ENDLIST")
        .doesNotContain("PLAYLIST-TYPE");
    assertThat(store.calls.indexOf("delete video0-0.m4s"))
        .isGreaterThan(store.calls.indexOf("commit manifest.mpd"));
  }

  @Test
  void segments_longLive_storeStaysBounded() throws IOException {
    RecordingStore store = new RecordingStore();
    List<Packet> second = EncodedClip.lowDelay().of(0).subList(0, EncodedClip.RATE);
    long ticks = second.get(0).stream().timeBase().toTicks(SECOND);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long shift = i * ticks;
      second.forEach(
          packet -> packets.add(packet.withTimes(packet.pts() + shift, packet.dts() + shift)));
    }
    SegmentOptions options =
        SegmentOptions.hlsAndDash(SECOND).live(6).keep(2).parts(Duration.ofMillis(200));

    List<String> notes =
        Feed.run(
            packets,
            (streams, log, all) ->
                SegmentTargets.segments(
                    streams, store, options, /* reproducible= */ true, log, all, store.clock()));

    assertThat(notes).isEmpty();
    assertThat(store.text("video0.m3u8")).contains("#EXT-X-MEDIA-SEQUENCE:94\n");
    // window, kept and new segment; parts of 7 segments; init and three playlists
    assertThat(store.mostObjects()).isLessThanOrEqualTo(9 + 7 * 5 + 4);
  }

  @Test
  void segments_event_playlistsOnlyGrow() throws IOException {
    RecordingStore store = new RecordingStore();

    run(store, SegmentOptions.hls(SECOND).event());

    List<String> versions = store.versions("video0.m3u8");
    assertThat(versions).hasSizeGreaterThanOrEqualTo(5);
    for (int i = 1; i < versions.size(); i++) {
      assertThat(versions.get(i)).startsWith(versions.get(i - 1));
    }
    assertThat(store.calls).noneMatch(call -> call.startsWith("delete"));
  }

  @Test
  void segments_parts_partsMakeTheSegment() throws IOException {
    RecordingStore store = new RecordingStore();

    run(store, SegmentOptions.hls(SECOND).event().parts(Duration.ofMillis(200)));

    byte[] whole = bytes(store, "video0-1.m4s");
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int part = 0; part < 5; part++) {
      joined.writeBytes(bytes(store, "video0-1." + part + ".m4s"));
    }
    assertThat(joined.toByteArray()).isEqualTo(whole);
    assertThat(store.text("video0.m3u8"))
        .contains("#EXT-X-PART-INF:PART-TARGET=0.200000")
        .contains("#EXT-X-PART:DURATION=0.200000,URI=\"video0-3.0.m4s\",INDEPENDENT=YES")
        .doesNotContain("PRELOAD-HINT");
    assertThat(store.text("audio0.m3u8")).contains("PART-TARGET=0.221334");
    assertThat(store.versions("video0.m3u8").get(0))
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"video0-0.1.m4s\"")
        .contains("CAN-BLOCK-RELOAD=YES");
  }

  private static byte[] bytes(RecordingStore store, String name) {
    var buffer = store.objects.get(name).orElseThrow();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void segments_partsWithBFrames_noted() throws IOException {
    RecordingStore store = new RecordingStore();
    List<String> notes =
        Feed.run(
            EncodedClip.reordered().packets(),
            (streams, log, all) ->
                SegmentTargets.segments(
                    streams,
                    store,
                    SegmentOptions.hls(SECOND).event().parts(Duration.ofMillis(200)),
                    /* reproducible= */ true,
                    log,
                    all));

    assertThat(notes).singleElement().asString().contains("maxBFrames(0)");
  }

  @Test
  void segments_longAfterTheFirstPlaylist_notedWithItsTarget() throws IOException {
    RecordingStore store = new RecordingStore();
    List<Packet> gap = new ArrayList<>(EncodedClip.lowDelay().packets());
    gap.removeIf(packet -> seconds(packet) >= 2 && seconds(packet) < 4);

    List<String> notes =
        Feed.run(
            gap,
            (streams, log, all) ->
                SegmentTargets.segments(
                    streams,
                    store,
                    SegmentOptions.hls(SECOND).event(),
                    /* reproducible= */ true,
                    log,
                    all));

    assertThat(notes)
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("segment 1 of video0 lasts 3.000 seconds, longer than the 1 seconds")
                    .contains("TARGETDURATION of 1"));
    assertThat(store.versions("video0.m3u8"))
        .allSatisfy(text -> assertThat(text).contains("TARGETDURATION:1\n"));
  }

  private static double seconds(Packet packet) {
    return packet.stream().timeBase().toDuration(packet.pts()).toMillis() / 1000.0;
  }
}
