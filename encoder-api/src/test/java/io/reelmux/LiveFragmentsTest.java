package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Viewers come and go; none disturbs another. */
@Timeout(30)
class LiveFragmentsTest {
  private final LiveFragments live = new LiveFragments();

  private void fragment(String text, boolean independent) {
    live.onFragment(
        new Fragment(
            SegmentStoreTest.bytes(text), Duration.ZERO, Duration.ofMillis(200), independent));
  }

  private static List<String> waiting(LiveFragments.Viewer viewer) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    Optional<Fragment> next;
    while ((next = viewer.next(Duration.ZERO)).isPresent()) {
      texts.add(UTF_8.decode(next.get().bytes()).toString());
    }
    return texts;
  }

  @Test
  void subscribe_inMidStream_beginsAtTheLastIndependentFragment() throws Exception {
    fragment("a", true);
    fragment("b", false);
    fragment("c", true);
    fragment("d", false);

    LiveFragments.Viewer viewer = live.subscribe(100);
    fragment("e", false);

    assertThat(waiting(viewer)).containsExactly("c", "d", "e");
  }

  @Test
  void subscribe_beforeIndependentFragment_waitsForOne() throws Exception {
    LiveFragments.Viewer viewer = live.subscribe(100);
    fragment("a", false);
    fragment("b", true);

    assertThat(waiting(viewer)).containsExactly("b");
  }

  @Test
  void offer_slowViewer_losesUpToTheNextIndependentFragmentAndNobodyElseDoes() throws Exception {
    LiveFragments.Viewer slow = live.subscribe(3);
    LiveFragments.Viewer other = live.subscribe(100);
    fragment("aa", true);
    fragment("bb", false);
    fragment("cc", false);
    fragment("dd", true);
    fragment("e", false);

    assertThat(waiting(slow)).containsExactly("dd", "e");
    assertThat(slow.dropped()).isEqualTo(3);
    assertThat(waiting(other)).containsExactly("aa", "bb", "cc", "dd", "e");
  }

  @Test
  void offer_fragmentAboveTheLimit_isStillDelivered() throws Exception {
    LiveFragments.Viewer viewer = live.subscribe(1);

    fragment("large", true);

    assertThat(waiting(viewer)).containsExactly("large");
  }

  @Test
  void sendTo_ended_writesHeaderAndAllFragments() throws Exception {
    LiveFragments.Viewer viewer = live.subscribe(100);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                viewer.sendTo(stream);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    live.onInit(SegmentStoreTest.bytes("init."), "video/mp4");
    fragment("a", true);
    fragment("b", false);

    live.onEnd();
    sending.get(10, TimeUnit.SECONDS);

    assertThat(stream.toString(UTF_8)).isEqualTo("init.ab");
    assertThat(viewer.mimeType(Duration.ZERO)).isEqualTo("video/mp4");
    assertThat(viewer.ended()).isTrue();
  }

  @Test
  void close_viewer_isForgottenAndItsThreadReleased() throws Exception {
    LiveFragments.Viewer viewer = live.subscribe(100);
    assertThat(live.viewers()).isEqualTo(1);
    CompletableFuture<Optional<Fragment>> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return viewer.next(Duration.ofSeconds(20));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    viewer.close();

    assertThat(next.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(live.viewers()).isZero();
  }

  @Test
  void init_streamThatNeverBegins_throws() {
    LiveFragments.Viewer viewer = live.subscribe(100);

    assertThatThrownBy(() -> viewer.init(Duration.ofMillis(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not begun");
    live.close();
    assertThatThrownBy(() -> viewer.init(Duration.ofSeconds(10)))
        .hasMessageContaining("ended before");
  }
}
