package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for what does not exist yet are held, and no longer than they may. */
@Timeout(30)
class LiveHlsTest {
  private static final String PLAYLIST = "video0.m3u8";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LiveHls live = new LiveHls();

  private void put(String name, SegmentKind kind, long number, int part, String text)
      throws IOException {
    SegmentInfo info = new SegmentInfo(kind, "type/" + kind, "video0", number, part, Duration.ZERO);
    try (SegmentStore.Entry entry = live.create(name, info)) {
      entry.write(SegmentStoreTest.bytes(text));
      entry.commit();
    }
  }

  /** The playlist names segments below a number, and parts of the next one. */
  private void playlist(long number, int parts) throws IOException {
    String text =
        "%d,%d\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"video0-%d.%d.m4s\"\n"
            .formatted(number, parts, number, parts);
    put(PLAYLIST, SegmentKind.MEDIA_PLAYLIST, number, parts, text);
  }

  private CompletableFuture<LiveHls.Response> ask(String path, @Nullable String query) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return live.get(path, query, LONG);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static String text(LiveHls.Response response) {
    return UTF_8.decode(response.body()).toString();
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
    CompletableFuture<LiveHls.Response> answer = ask(PLAYLIST, "_HLS_msn=4&_HLS_part=1");
    assertThat(waits(answer)).isTrue();

    playlist(4, 2);

    assertThat(text(answer.get())).startsWith("4,2");
  }

  @Test
  void get_segmentOfPlaylistToCome_isHeldUntilItIsComplete() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveHls.Response> answer = ask(PLAYLIST, "_HLS_msn=4");
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
    LiveHls.Response segment = live.get("video0-3.m4s", null, Duration.ZERO);
    assertThat(segment.contentType()).isEqualTo("type/SEGMENT");
    assertThat(segment.cacheControl()).startsWith("max-age");
    assertThat(text(segment)).isEqualTo("media");
  }

  @Test
  void get_hintedPart_isHeldUntilItIsThere() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveHls.Response> answer = ask("video0-4.1.m4s", null);
    assertThat(waits(answer)).isTrue();

    put("video0-4.1.m4s", SegmentKind.PART, 4, 1, "part");

    assertThat(text(answer.get())).isEqualTo("part");
  }

  @Test
  void get_hintThatIsWithdrawn_notFound() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveHls.Response> answer = ask("video0-4.1.m4s", null);
    assertThat(waits(answer)).isTrue();

    playlist(5, 0);

    assertThat(answer.get().status()).isEqualTo(404);
  }

  @Test
  void get_wrongRequests_areRefused() throws Exception {
    playlist(4, 1);

    assertThat(live.get("other", null, LONG).status()).isEqualTo(404);
    assertThat(live.get(PLAYLIST, "_HLS_part=1", LONG).status()).isEqualTo(400);
    assertThat(live.get(PLAYLIST, "_HLS_msn=x", LONG).status()).isEqualTo(400);
    assertThat(live.get(PLAYLIST, "_HLS_msn=7", LONG).status()).isEqualTo(400);
    assertThat(live.get(PLAYLIST, "_HLS_msn=4", Duration.ofMillis(20)).status()).isEqualTo(503);
  }

  @Test
  void get_endedPlaylist_isAnsweredAtOnce() throws Exception {
    put(PLAYLIST, SegmentKind.MEDIA_PLAYLIST, 4, 0, "#EXT-X-ENDLIST\n");

    assertThat(live.get(PLAYLIST, "_HLS_msn=9", LONG).status()).isEqualTo(200);
  }

  @Test
  void stopHolding_releasesRequests() throws Exception {
    playlist(4, 1);
    CompletableFuture<LiveHls.Response> answer = ask(PLAYLIST, "_HLS_msn=5");
    assertThat(waits(answer)).isTrue();

    live.stopHolding();

    assertThat(answer.get().status()).isEqualTo(503);
  }
}
