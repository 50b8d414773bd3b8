package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Encoder;
import io.reelmux.LiveStore;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.SegmentOptions;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DASH with parts: segments that are read while they grow, and that players find by the clock. */
@Timeout(60)
class LowLatencyDashTest {
  private static final Duration SECOND = EncodedClip.SECOND;
  private static final Duration PART = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int FRAMES = 5 * EncodedClip.RATE;

  @TempDir Path directory;

  private static List<String> write(
      List<Packet> packets, RecordingStore store, SegmentOptions options) throws IOException {
    return Feed.run(
        packets,
        (streams, log, notes) ->
            SegmentTargets.segments(
                streams, store, options, /* reproducible= */ true, log, notes, store.clock()));
  }

  private static VideoOptions lowLatency() {
    return ClipFeed.options().lowLatency(true).build();
  }

  private static void encode(LiveStore store, SegmentOptions options, Runnable inTheSecond)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      ClipFeed feed = ClipFeed.addTo(encoder, lowLatency());
      encoder.open(Output.segments(store, options));
      for (int i = 0; i < FRAMES; i++) {
        feed.add(i);
        if (i == EncodedClip.RATE * 3 / 2) {
          inTheSecond.run();
        }
      }
      encoder.finish();
    }
  }

  /**
   * What a player does that has joined: asks for number after number, and reads each to its end.
   */
  private static List<byte[]> follow(LiveStore store, String track, int delay) throws Exception {
    List<byte[]> segments = new ArrayList<>();
    for (long number = 1; ; number++) {
      LiveStore.Response response = store.get(track + "-" + number + ".m4s", null, LONG);
      if (response.status() != 200) {
        assertThat(response.status()).isEqualTo(404);
        return segments;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      LiveStore.Body body = response.body();
      for (var piece = body.next(); piece.isPresent(); piece = body.next()) {
        Thread.sleep(delay);
        byte[] copy = new byte[piece.get().remaining()];
        piece.get().get(copy);
        bytes.writeBytes(copy);
      }
      segments.add(bytes.toByteArray());
    }
  }

  private static byte[] bytes(LiveStore store, String name) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LiveStore.Response response = store.get(name, null, Duration.ZERO);
    assertThat(response.status()).as(name).isEqualTo(200);
    response.body().sendTo(bytes);
    return bytes.toByteArray();
  }

  private static <T> CompletableFuture<T> async(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        run -> new Thread(run).start());
  }

  @Test
  void viewers_followWhileItGrows_getTheSegmentsThatAreStored() throws Exception {
    LiveStore store = new LiveStore();
    List<CompletableFuture<List<byte[]>>> viewers = new ArrayList<>();

    encode(
        store,
        SegmentOptions.dash(SECOND).event().parts(PART),
        () -> {
          for (int delay : new int[] {0, 1, 5}) {
            viewers.add(async(() -> follow(store, "video0", delay)));
          }
          viewers.add(async(() -> follow(store, "audio0", 2)));
        });

    for (int i = 0; i < viewers.size(); i++) {
      String track = i == 3 ? "audio0" : "video0";
      List<byte[]> segments = viewers.get(i).get();
      assertThat(segments).as("viewer " + i).hasSize(4);
      for (int n = 0; n < 4; n++) {
        assertThat(segments.get(n)).isEqualTo(bytes(store, track + "-" + (n + 1) + ".m4s"));
      }
    }
    assertThat(store.names()).noneMatch(name -> name.matches(".*-\\d+\\.\\d+\\.m4s"));
  }

  @Test
  void growing_partsOfASegment_comeOneByOne() throws Exception {
    LiveStore store = new LiveStore();
    List<Integer> parts = new ArrayList<>();

    encode(
        store,
        SegmentOptions.hlsAndDash(SECOND).event().parts(PART),
        () -> {
          // half of the second segment is there
          try {
            LiveStore.Body body = store.get("video0-1.m4s", null, LONG).body();
            assertThat(body.length()).isEmpty();
            ByteBuffer first = body.next().orElseThrow();
            parts.add(first.remaining());
            assertThat(first).isEqualTo(ByteBuffer.wrap(bytes(store, "video0-1.0.m4s")));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });

    assertThat(parts).hasSize(1);
    assertThat(parts.get(0)).isLessThan(bytes(store, "video0-1.m4s").length);
  }

  /** Seconds of video, each the same second of the clip, with audio that does not divide them. */
  private static List<Packet> longClip(int seconds) throws IOException {
    EncodedClip clip = EncodedClip.lowDelay();
    List<Packet> video = clip.of(0).subList(0, EncodedClip.RATE);
    long second = video.get(0).stream().timeBase().toTicks(SECOND);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      long shift = i * second;
      video.forEach(p -> packets.add(p.withTimes(p.pts() + shift, p.dts() + shift)));
    }
    List<Packet> audio = clip.of(1);
    long length = audio.get(1).pts() - audio.get(0).pts();
    long first = audio.get(0).pts();
    for (long i = 0; first + i * length < (long) seconds * EncodedClip.AUDIO_RATE; i++) {
      long pts = first + i * length;
      packets.add(audio.get((int) (i % audio.size())).withTimes(pts, pts));
    }
    packets.sort(
        Comparator.comparing((Packet p) -> p.stream().timeBase().toDuration(p.dts()))
            .thenComparing(p -> p.stream().index()));
    return packets;
  }

  @Test
  void segments_twoHundred_eachIsWhereItsNumberSays() throws Exception {
    RecordingStore store = new RecordingStore();

    List<String> notes =
        write(longClip(210), store, SegmentOptions.dash(SECOND).event().parts(PART));

    assertThat(notes).isEmpty();
    assertThat(store.text("manifest.mpd"))
        .contains("timescale=\"1000000\" duration=\"1000000\"")
        .contains("mediaPresentationDuration=\"PT210S\"")
        .contains("endNumber=\"209\"");
    for (int n = 1; n < 210; n++) {
      assertThat(decodeTime(store, "video0-" + n + ".m4s", 12_800)).isEqualTo(n);
      // less than a packet late; the timeline of the file begins with the priming, another packet
      assertThat(decodeTime(store, "audio0-" + n + ".m4s", EncodedClip.AUDIO_RATE) - n)
          .as("audio segment " + n)
          .isBetween(0.0, 2 * 1024.0 / EncodedClip.AUDIO_RATE);
    }
  }

  /** Returns the decoding time of a segment's first packet, in seconds. */
  private static double decodeTime(RecordingStore store, String name, int timescale) {
    ByteBuffer segment = store.objects.get(name).orElseThrow();
    for (int at = 0; ; at++) {
      if (segment.getInt(at) == 0x74666474) { // tfdt
        assertThat(segment.get(at + 4)).as("version").isEqualTo((byte) 1);
        return (double) segment.getLong(at + 8) / timescale;
      }
    }
  }

  /** Its default formatter writes other digits. */
  @Test
  void manifests_inAnotherLocale_areTheSame() throws Exception {
    SegmentOptions options = SegmentOptions.hlsAndDash(SECOND).event().parts(PART);
    RecordingStore expected = new RecordingStore();
    RecordingStore store = new RecordingStore();
    write(EncodedClip.lowDelay().packets(), expected, options);

    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      write(EncodedClip.lowDelay().packets(), store, options);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(store.versions("manifest.mpd")).isEqualTo(expected.versions("manifest.mpd"));
    assertThat(store.text("manifest.mpd")).contains("<Latency ");
    for (String name : List.of("main.m3u8", "video0.m3u8", "audio0.m3u8")) {
      assertThat(store.versions(name)).as(name).isEqualTo(expected.versions(name));
    }
  }

  @Test
  void manifest_whileLive_announcesTheNextSegments() throws Exception {
    RecordingStore store = new RecordingStore();

    write(EncodedClip.lowDelay().packets(), store, SegmentOptions.dash(SECOND).live(3).parts(PART));

    List<String> versions = store.versions("manifest.mpd");
    assertThat(versions.get(0))
        .contains("type=\"dynamic\"")
        .contains("availabilityStartTime=\"1970-01-01T00:00:00Z\"")
        .contains("availabilityTimeOffset=\"0.8\" availabilityTimeComplete=\"false\"")
        .contains("availabilityTimeOffset=\"0.778666\"")
        .contains("timeShiftBufferDepth=\"PT3S\"");
    assertThat(versions.get(versions.size() - 1))
        .contains("mediaPresentationDuration=\"PT5S\"")
        .contains("type=\"static\"", "<Period id=\"0\" start=\"PT2S\" duration=\"PT3S\">")
        .contains("startNumber=\"2\" endNumber=\"4\"")
        .doesNotContain("minimumUpdatePeriod");
    assertThat(store.announced("manifest.mpd"))
        .startsWith("audio0-1.m4s audio0-2.m4s video0-1.m4s video0-2.m4s")
        .endsWith("");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @RequiresFfmpegCli
  void manifest_ended_ffprobeFindsEveryFrameOfItsSegments(boolean window) throws Exception {
    LiveStore store = new LiveStore();
    SegmentOptions options = SegmentOptions.dash(SECOND);
    encode(store, (window ? options.live(3) : options.event()).parts(PART), () -> {});
    for (String name : store.names()) {
      Files.write(directory.resolve(name), bytes(store, name));
    }

    assertThat(times("v:0")).hasSize(window ? 3 * EncodedClip.RATE : FRAMES);
    assertThat(times("a:0")).hasSize(window ? 141 : 235);
  }

  private List<String> times(String stream) throws Exception {
    List<String> lines =
        FfmpegCli.ffprobe(
            directory.resolve("manifest.mpd"),
            "-select_streams",
            stream,
            "-show_entries",
            "frame=pts_time",
            "-allowed_extensions",
            "ALL");
    // this reader looks for more segments than the manifest states, and reports that
    return lines.stream().filter(line -> line.matches("[0-9.]+,?")).toList();
  }

  @Test
  void segments_pause_notedWithTheTimeThatPlayersExpect() throws Exception {
    List<Packet> gap = new ArrayList<>(EncodedClip.lowDelay().packets());
    gap.removeIf(packet -> seconds(packet) >= 2 && seconds(packet) < 4);

    List<String> notes =
        write(gap, new RecordingStore(), SegmentOptions.dash(SECOND).event().parts(PART));

    assertThat(notes)
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("segment 2 of video0 begins at 4.000 seconds")
                    .contains("expect the one for 2.000 seconds"));
  }

  private static double seconds(Packet packet) {
    return packet.stream().timeBase().toDuration(packet.pts()).toMillis() / 1000.0;
  }

  @Test
  void segments_fasterThanTheClock_noted() throws Exception {
    RecordingStore store = new RecordingStore();

    List<String> notes =
        Feed.run(
            EncodedClip.lowDelay().packets(),
            (streams, log, all) ->
                SegmentTargets.segments(
                    streams,
                    store,
                    SegmentOptions.dash(SECOND).event().parts(PART),
                    /* reproducible= */ true,
                    log,
                    all));

    assertThat(notes)
        .singleElement()
        .asString()
        .containsPattern(
            "segment . of .* was complete 1\\.\\d+ seconds before its time by the clock");
  }

  @Test
  void segments_audioGoesOn_notedThatPlayersDoNotPlayIt() throws Exception {
    List<Packet> packets = new ArrayList<>(EncodedClip.lowDelay().packets());
    packets.removeIf(p -> p.stream().kind() == StreamKind.VIDEO && seconds(p) > 4.2);
    RecordingStore store = new RecordingStore();

    List<String> notes = write(packets, store, SegmentOptions.dash(SECOND).event().parts(PART));

    assertThat(notes).isEmpty();
    packets.removeIf(p -> p.stream().kind() == StreamKind.VIDEO && seconds(p) > 3.2);
    assertThat(
            write(packets, new RecordingStore(), SegmentOptions.dash(SECOND).event().parts(PART)))
        .last()
        .asString()
        .contains("the DASH manifest ends at 4.000 seconds, and the last segment at 5.0");
  }

  @Test
  void cancel_requestsThatAreHeld_areAnsweredAtOnce() throws Exception {
    LiveStore store = new LiveStore();
    List<CompletableFuture<LiveStore.Response>> held = new ArrayList<>();

    try (Encoder encoder = Encoder.create()) {
      encodeOneAndAHalfSegments(encoder, store, SegmentOptions.hlsAndDash(SECOND));
      for (String request : List.of("video0.m3u8?_HLS_msn=2", "video0-1.2.m4s", "video0-2.m4s")) {
        String[] parts = request.split("\\?", 2);
        String query = parts.length > 1 ? parts[1] : "";
        held.add(async(() -> store.get(parts[0], query, LONG)));
      }
      Thread.sleep(200);
      assertThat(held).noneMatch(CompletableFuture::isDone);

      encoder.cancel();

      // each would have been held for half a minute
      assertThat(held.get(0).get(5, TimeUnit.SECONDS).status()).isEqualTo(503);
      assertThat(held.get(1).get(5, TimeUnit.SECONDS).status()).isEqualTo(404);
      assertThat(held.get(2).get(5, TimeUnit.SECONDS).status()).isEqualTo(404);
    }
  }

  @Test
  void cancel_inASegment_itsReadersFail() throws Exception {
    LiveStore store = new LiveStore();
    CompletableFuture<Optional<ByteBuffer>> reader;

    try (Encoder encoder = Encoder.create()) {
      encodeOneAndAHalfSegments(encoder, store, SegmentOptions.dash(SECOND));
      LiveStore.Body body = store.get("video0-1.m4s", null, LONG).body();
      assertThat(body.next()).isPresent();
      assertThat(body.next()).isPresent();
      reader = async(body::next);
      encoder.cancel();
    }

    assertThatThrownBy(reader::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("video0-1.m4s was not completed");
    assertThat(store.get("video0-0.m4s", null, LONG).status()).isEqualTo(200);
  }

  private static void encodeOneAndAHalfSegments(
      Encoder encoder, LiveStore store, SegmentOptions options) throws IOException {
    VideoStream video = encoder.addVideo(lowLatency());
    encoder.open(Output.segments(store, options.live(3).parts(PART)));
    for (int i = 0; i < EncodedClip.RATE * 3 / 2; i++) {
      video.addFrame(EncodedClip.frame(i));
    }
  }
}
