package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames of a publisher: one at a time, and failures in both directions. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrameSubscriberTest extends ScriptedEncoder {

  /** Records what is requested. */
  private static final class Requests implements Flow.Subscription {
    private final List<Long> requested = new ArrayList<>();
    private boolean canceled;

    @Override
    public void request(long count) {
      requested.add(count);
    }

    @Override
    public void cancel() {
      canceled = true;
    }
  }

  private final Requests requests = new Requests();

  private CompletableFuture<Long> completion(FrameSubscriber subscriber) {
    return subscriber.completion().toCompletableFuture();
  }

  @Test
  void onNext_eachFrame_requestsTheNextOneOnlyWhenItIsEncoded() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();

    subscriber.onSubscribe(requests);
    assertThat(requests.requested).containsExactly(1L);
    subscriber.onNext(Fixtures.frame());
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThat(requests.requested).containsExactly(1L, 1L);
    subscriber.onComplete();

    assertThat(completion(subscriber)).isCompletedWithValue(1L);
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("end");
  }

  @Test
  void subscribe_publisherOfTheJdk_isHeldBackAndEncodedWhole() throws Exception {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    try (SubmissionPublisher<VideoFrame> publisher = new SubmissionPublisher<>(Runnable::run, 2)) {
      publisher.subscribe(subscriber);
      for (int i = 0; i < 50; i++) {
        publisher.submit(Fixtures.frame());
        assertThat(publisher.estimateMaximumLag()).isLessThanOrEqualTo(2);
      }
    }

    assertThat(completion(subscriber).get(10, TimeUnit.SECONDS)).isEqualTo(50);
    assertThat(script.count("addFrame")).isEqualTo(50);
  }

  @Test
  void onNext_encoderFails_cancelsTheSubscriptionAndFails() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    IOException failure = new IOException("full");
    subscriber.onSubscribe(requests);
    script.fail("addFrame", failure);

    subscriber.onNext(Fixtures.frame());
    subscriber.onNext(Fixtures.frame());
    subscriber.onComplete();

    assertThat(requests.canceled).isTrue();
    assertThat(requests.requested).containsExactly(1L);
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThatThrownBy(() -> completion(subscriber).join())
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
  }

  @Test
  void onNext_frameOfAnotherSize_cancelsTheSubscription() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    subscriber.onSubscribe(requests);

    subscriber.onNext(VideoFrame.of(PixelLayout.GRAY8, 31, 1, new byte[31]));

    assertThat(requests.canceled).isTrue();
    assertThatThrownBy(() -> completion(subscriber).join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onNext_canceledEncoder_cancelsTheSubscription() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    subscriber.onSubscribe(requests);
    encoder.cancel();

    subscriber.onNext(Fixtures.frame());

    assertThat(requests.canceled).isTrue();
    assertThatThrownBy(() -> completion(subscriber).join())
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void completion_canceled_cancelsTheSubscriptionAndKeepsTheStreamOpen() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    subscriber.onSubscribe(requests);
    subscriber.onNext(Fixtures.frame());

    CompletableFuture<Long> future = completion(subscriber);
    assertThat(future.cancel(true)).isTrue();
    subscriber.onNext(Fixtures.frame());
    subscriber.onComplete();

    assertThat(requests.canceled).isTrue();
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThatThrownBy(() -> completion(subscriber).join())
        .isInstanceOfAny(CancellationException.class, CompletionException.class);
    video.addFrame(Fixtures.frame());
    assertThat(script.count("addFrame")).isEqualTo(2);
  }

  @Test
  void completion_canceledBeforeItBegins_cancelsTheSubscription() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();

    completion(subscriber).cancel(false);
    subscriber.onSubscribe(requests);

    assertThat(requests.canceled).isTrue();
    assertThat(requests.requested).isEmpty();
  }

  @Test
  void completion_completedByOthers_hasNoEffect() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    subscriber.onSubscribe(requests);

    completion(subscriber).complete(7L);
    subscriber.onNext(Fixtures.frame());

    assertThat(requests.canceled).isFalse();
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThat(completion(subscriber)).isNotDone();
  }

  @Test
  void onError_publisherFails_leavesTheStreamOpen() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    FrameSubscriber subscriber = video.subscriber();
    subscriber.onSubscribe(requests);
    IOException failure = new IOException("camera");

    subscriber.onError(failure);
    subscriber.onNext(Fixtures.frame());
    video.addFrame(Fixtures.frame());

    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThatThrownBy(() -> completion(subscriber).join()).hasCause(failure);
  }

  @Test
  void onSubscribe_second_isCanceled() {
    FrameSubscriber subscriber = video.subscriber();
    Requests second = new Requests();

    subscriber.onSubscribe(requests);
    subscriber.onSubscribe(second);

    assertThat(requests.canceled).isFalse();
    assertThat(second.canceled).isTrue();
    assertThat(second.requested).isEmpty();
  }
}
