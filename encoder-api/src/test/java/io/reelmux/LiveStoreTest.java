package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for what does not exist yet are held, and no longer than they may. */
@Timeout(30)
class LiveStoreTest {
  private static final String PLAYLIST = "video0.m3u8";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LiveStore live = new LiveStore();

  private void put(
      String name, SegmentKind kind, long number, int part, String text, String... announced)
      throws IOException {
    SegmentInfo info =
        new SegmentInfo(
            kind, "type/" + kind, "video0", number, part, Duration.ZERO, Set.of(announced));
    try (SegmentStore.Entry entry = live.create(name, info)) {
      entry.write(SegmentStoreTest.bytes(text));
      entry.commit();
    }
  }

  /** The playlist names segments below a number, and parts of the next one. */
  private void playlist(long number, int parts) throws IOException {
    put(
        PLAYLIST,
        SegmentKind.MEDIA_PLAYLIST,
        number,
        parts,
        number + "," + parts,
        "video0-%d.%d.m4s".formatted(number, parts));
  }

  private SegmentStore.Entry begin(String name) {
    return live.create(
        name, new SegmentInfo(SegmentKind.SEGMENT, "video/mp4", "video0", 7, 0, Duration.ZERO));
  }

  /** What a thread of its own does. */
  private interface Work<T> {
    T run() throws Exception;
  }

  private static <T> CompletableFuture<T> async(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private CompletableFuture<LiveStore.Response> ask(String path, @Nullable String query) {
    return async(() -> live.get(path, query, LONG));
  }

  /** Reads a whole answer. */
  private CompletableFuture<String> read(String path) {
    return async(() -> text(live.get(path, null, LONG)));
  }

  private static String text(LiveStore.Response response) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.body().sendTo(bytes);
    return bytes.toString(UTF_8);
  }

  private static boolean waits(CompletableFuture<?> future) throws Exception {
    try {
      future.get(150, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  @Test
  void get_partOfPlaylistToCome_isHeldUntilItIsThere() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=4&_HLS_part=1");
    assertThat(waits(answer)).isTrue();

    playlist(4, 2);

    assertThat(text(answer.get())).startsWith("4,2");
  }

  @Test
  void get_segmentOfPlaylistToCome_isHeldUntilItIsComplete() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=4");
    playlist(4, 2);
    assertThat(waits(answer)).isTrue();

    playlist(5, 0);

    assertThat(text(answer.get())).startsWith("5,0");
  }

  @Test
  void get_whatIsThere_isAnsweredAtOnce() throws Exception {
    playlist(4, 1);
    put("video0-3.m4s", SegmentKind.SEGMENT, 3, 0, "media");

    assertThat(live.get(PLAYLIST, "_HLS_msn=3", Duration.ZERO).status()).isEqualTo(200);
    assertThat(live.get(PLAYLIST, "_HLS_msn=4&_HLS_part=0", Duration.ZERO).status()).isEqualTo(200);
    assertThat(live.get(PLAYLIST, null, Duration.ZERO).cacheControl()).isEqualTo("no-cache");
    LiveStore.Response segment = live.get("video0-3.m4s", null, Duration.ZERO);
    assertThat(segment.contentType()).isEqualTo("type/SEGMENT");
    assertThat(segment.cacheControl()).startsWith("max-age");
    assertThat(text(segment)).isEqualTo("media");
  }

  @Test
  void get_hintedPart_isHeldUntilItIsThere() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask("video0-4.1.m4s", null);
    assertThat(waits(answer)).isTrue();

    put("video0-4.1.m4s", SegmentKind.PART, 4, 1, "part");

    assertThat(text(answer.get())).isEqualTo("part");
  }

  @Test
  void get_hintThatIsWithdrawn_notFound() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask("video0-4.1.m4s", null);
    assertThat(waits(answer)).isTrue();

    playlist(5, 0);

    assertThat(answer.get().status()).isEqualTo(404);
  }

  @Test
  void get_wrongRequests_areRefused() throws Exception {
    playlist(4, 1);

    assertThat(live.get("other", null, LONG).status()).isEqualTo(404);
    assertThat(live.get(PLAYLIST, "_HLS_msn=7", LONG).status()).isEqualTo(400);
    assertThat(live.get(PLAYLIST, "_HLS_msn=4", Duration.ofMillis(20)).status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_HLS_part=1",
        "_HLS_msn=x",
        "_HLS_msn=",
        "_HLS_msn",
        "_HLS_msn=-1",
        "_HLS_msn=+1",
        "_HLS_msn=1.0",
        "_HLS_msn=0x1",
        "_HLS_msn= 1",
        "_HLS_msn=%31",
        "_HLS_msn=\u0661",
        "_HLS_msn=99999999999999999999",
        "_HLS_msn=1&_HLS_part=-1",
        "_HLS_msn=1&_HLS_part=x",
        "_HLS_msn=1&_HLS_part",
        "_HLS_msn=1&_HLS_part=9999999999"
      })
  void get_directivesThatHlsForbids_areRefusedAtOnce(String query) throws Exception {
    playlist(4, 1);

    assertThat(live.get(PLAYLIST, query, LONG).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_HLS_msn=0", "_HLS_msn=003", "a=b&_HLS_msn=3&_HLS_part=2", "_HLS_skip=YES", ""})
  void get_directivesThatAreMet_areAnsweredAtOnce(String query) throws Exception {
    playlist(4, 1);
    put("video0-3.2.m4s", SegmentKind.PART, 3, 2, "part");

    assertThat(live.get(PLAYLIST, query, Duration.ZERO).status()).isEqualTo(200);
  }

  /** RFC 8216, second edition, 6.2.5.2. */
  @Test
  void get_partThatTheSegmentDoesNotHave_isTheFirstOneOfTheNext() throws Exception {
    put("video0-3.0.m4s", SegmentKind.PART, 3, 0, "part");
    SegmentInfo other =
        new SegmentInfo(SegmentKind.PART, "audio/mp4", "audio0", 3, 9, Duration.ZERO);
    live.create("audio0-3.9.m4s", other).commit();
    playlist(4, 0);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=3&_HLS_part=1");
    assertThat(live.get(PLAYLIST, "_HLS_msn=3&_HLS_part=0", Duration.ZERO).status()).isEqualTo(200);
    assertThat(waits(answer)).isTrue();

    playlist(4, 1);

    assertThat(text(answer.get())).startsWith("4,1");
  }

  @Test
  void abandon_requestsThatAreHeld_areAnsweredAtOnce() throws Exception {
    playlist(4, 1);
    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "mpd", "video0-4.m4s");
    CompletableFuture<LiveStore.Response> playlist = ask(PLAYLIST, "_HLS_msn=4&_HLS_part=1");
    CompletableFuture<LiveStore.Response> part = ask("video0-4.1.m4s", null);
    CompletableFuture<LiveStore.Response> segment = ask("video0-4.m4s", null);
    assertThat(waits(playlist)).isTrue();

    live.abandon(PLAYLIST);

    assertThat(playlist.get().status()).isEqualTo(503);
    assertThat(text(playlist.get())).contains("canceled or has failed");
    assertThat(part.get().status()).isEqualTo(404);
    assertThat(waits(segment)).isTrue();
    live.abandon("manifest.mpd");
    assertThat(segment.get().status()).isEqualTo(404);
    // what is there remains
    assertThat(live.get(PLAYLIST, null, LONG).status()).isEqualTo(200);
    assertThat(live.get(PLAYLIST, "_HLS_msn=3", LONG).status()).isEqualTo(200);
  }

  @Test
  void abandon_thenWrittenAgain_requestsAreHeldAgain() throws Exception {
    playlist(4, 1);
    live.abandon(PLAYLIST);
    playlist(0, 1);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=0&_HLS_part=1");
    assertThat(waits(answer)).isTrue();

    playlist(0, 2);

    assertThat(text(answer.get())).startsWith("0,2");
  }

  @Test
  void get_endedPlaylist_isAnsweredAtOnce() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=5");
    assertThat(waits(answer)).isTrue();

    put(PLAYLIST, SegmentKind.MEDIA_PLAYLIST, 4, 0, "the end");

    assertThat(text(answer.get())).isEqualTo("the end");

    assertThat(live.get(PLAYLIST, "_HLS_msn=9", LONG).status()).isEqualTo(200);
  }

  @Test
  void stopHolding_releasesRequests() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveStore.Response> answer = ask(PLAYLIST, "_HLS_msn=5");
    assertThat(waits(answer)).isTrue();

    live.stopHolding();

    assertThat(answer.get().status()).isEqualTo(503);
  }

  @Test
  void get_segmentThatGrows_comesAsItGrows() throws Exception {
    SegmentStore.Entry segment = begin("video0-7.m4s");
    segment.write(SegmentStoreTest.bytes("one,"));
    LiveStore.Body body = live.get("video0-7.m4s", null, LONG).body();

    assertThat(body.length()).isEmpty();
    assertThat(body.next()).hasValue(SegmentStoreTest.bytes("one,"));
    CompletableFuture<Optional<ByteBuffer>> next = async(body::next);
    assertThat(waits(next)).isTrue();
    segment.write(SegmentStoreTest.bytes("two"));
    assertThat(next.get()).hasValue(SegmentStoreTest.bytes("two"));
    assertThat(live.names()).isEmpty();
    segment.commit();
    segment.close();

    assertThat(body.next()).isEmpty();
    assertThat(body.next()).isEmpty();
    LiveStore.Response whole = live.get("video0-7.m4s", null, LONG);
    assertThat(whole.body().length()).hasValue(7);
    assertThat(text(whole)).isEqualTo("one,two");
  }

  @Test
  void get_segmentThatGrows_sameBytesForReadersOfAnySpeed() throws Exception {
    byte[] media = new byte[1 << 20];
    new Random(1).nextBytes(media);
    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "mpd", "video0-7.m4s");
    List<CompletableFuture<byte[]>> readers = new ArrayList<>();
    for (int reader = 0; reader < 6; reader++) {
      int delay = reader * 2;
      readers.add(async(() -> slowly(live.get("video0-7.m4s", null, LONG), delay)));
    }

    try (SegmentStore.Entry segment = begin("video0-7.m4s")) {
      for (int at = 0; at < media.length; at += media.length / 16) {
        segment.write(ByteBuffer.wrap(media, at, media.length / 16));
        Thread.sleep(3);
      }
      segment.commit();
    }

    for (CompletableFuture<byte[]> reader : readers) {
      assertThat(reader.get()).isEqualTo(media);
    }
  }

  private static byte[] slowly(LiveStore.Response response, int millis) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    WritableByteChannel channel = Channels.newChannel(all);
    LiveStore.Body body = response.body();
    for (var bytes = body.next(); bytes.isPresent(); bytes = body.next()) {
      Thread.sleep(millis);
      channel.write(bytes.get());
    }
    return all.toByteArray();
  }

  @Test
  void get_announcedSegment_isHeldUntilItBegins() throws Exception {
    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "mpd", "video0-7.m4s");
    CompletableFuture<LiveStore.Response> answer = ask("video0-7.m4s", null);
    assertThat(waits(answer)).isTrue();

    SegmentStore.Entry segment = begin("video0-7.m4s");

    assertThat(answer.get().status()).isEqualTo(200);
    assertThat(answer.get().contentType()).isEqualTo("video/mp4");
    segment.close();
  }

  @Test
  void get_announcedSegmentOfStreamThatEnds_notFound() throws Exception {
    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "mpd", "video0-7.m4s");
    CompletableFuture<LiveStore.Response> answer = ask("video0-7.m4s", null);
    assertThat(waits(answer)).isTrue();

    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "ended");

    assertThat(answer.get().status()).isEqualTo(404);
  }

  @Test
  void body_segmentIsNotCompleted_failsAndIsNotFoundLater() throws Exception {
    SegmentStore.Entry segment = begin("video0-7.m4s");
    segment.write(SegmentStoreTest.bytes("one"));
    CompletableFuture<String> reader = read("video0-7.m4s");
    assertThat(waits(reader)).isTrue();

    segment.close();

    assertThatThrownBy(reader::get)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("video0-7.m4s was not completed");
    assertThat(live.get("video0-7.m4s", null, LONG).status()).isEqualTo(404);
  }

  @Test
  void body_deletedSegment_failsForWhoHasNotReadIt() throws Exception {
    try (SegmentStore.Entry segment = begin("video0-7.m4s")) {
      segment.write(SegmentStoreTest.bytes("one"));
      segment.write(SegmentStoreTest.bytes("two"));
      segment.commit();
    }
    LiveStore.Body half = live.get("video0-7.m4s", null, LONG).body();
    LiveStore.Body whole = live.get("video0-7.m4s", null, LONG).body();
    half.next();
    whole.next();
    whole.next();

    live.delete("video0-7.m4s");

    assertThatThrownBy(half::next)
        .isInstanceOf(IOException.class)
        .hasMessage("video0-7.m4s has been deleted");
    assertThat(whole.next()).isEmpty();
  }

  @Test
  void body_replacedPlaylist_isReadToItsEnd() throws Exception {
    playlist(4, 1);
    LiveStore.Response before = live.get(PLAYLIST, null, LONG);

    playlist(4, 2);

    assertThat(text(before)).isEqualTo("4,1");
  }

  @Test
  void body_segmentDoesNotGrow_failsAfterTheWait() throws Exception {
    begin("video0-7.m4s").write(SegmentStoreTest.bytes("one"));
    LiveStore.Body body = live.get("video0-7.m4s", null, Duration.ofMillis(20)).body();
    body.next();

    assertThatThrownBy(body::next)
        .isInstanceOf(IOException.class)
        .hasMessage("video0-7.m4s has not grown within PT0.02S");
  }

  @Test
  void stopHolding_endsBodiesThatAreNotComplete() throws Exception {
    begin("video0-7.m4s").write(SegmentStoreTest.bytes("one"));
    CompletableFuture<String> reader = read("video0-7.m4s");
    put("video0-6.m4s", SegmentKind.SEGMENT, 6, 0, "six");
    assertThat(waits(reader)).isTrue();

    live.stopHolding();

    assertThatThrownBy(reader::get).hasMessageContaining("holds no requests anymore");
    assertThat(text(live.get("video0-6.m4s", null, LONG))).isEqualTo("six");
  }

  @Test
  void get_interrupted_throws() throws Exception {
    begin("video0-7.m4s");
    LiveStore.Body body = live.get("video0-7.m4s", null, LONG).body();

    Thread.currentThread().interrupt();

    assertThatThrownBy(body::next).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> live.get("video0-7.m4s", null, LONG))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void get_timeOfManifest_isNow() throws Exception {
    put("manifest.mpd", SegmentKind.MANIFEST, 0, 0, "mpd");
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    LiveStore.Response response = live.get("manifest.mpd", "_time", LONG);

    assertThat(Instant.parse(text(response))).isBetween(before, Instant.now());
    assertThat(response.cacheControl()).isEqualTo("no-store");
    assertThat(text(live.get("manifest.mpd", "_timely", LONG))).isEqualTo("mpd");
  }
}
