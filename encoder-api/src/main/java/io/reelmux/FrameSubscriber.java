package io.reelmux;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the frames of a publisher ({@link VideoStream#subscriber}). It requests a frame only when
 * the one before has been encoded: the encoder's speed limits the publisher, and no frame waits
 * here.
 *
 * <pre>{@code
 * FrameSubscriber frames = video.subscriber();
 * publisher.subscribe(frames);
 * frames.completion().toCompletableFuture().join();
 * encoder.finish();
 * }</pre>
 *
 * <p>Frames are encoded on the thread on which the publisher delivers them, which blocks meanwhile.
 * When the publisher completes, the stream is ended. If the encoder fails, refuses a frame or is
 * canceled, the subscription is canceled when the next frame comes. If the publisher fails, the
 * stream is not ended: {@link Encoder#close} keeps what has been encoded, {@link Encoder#cancel}
 * deletes it.
 */
public final class FrameSubscriber implements Flow.Subscriber<VideoFrame> {
  private final VideoStream stream;
  private final CompletableFuture<Long> completion = new CompletableFuture<>();

  /** Set once, before any frame. */
  private volatile Flow.@Nullable Subscription subscription;

  /** Written by one thread at a time, in the order of the publisher's signals. */
  private long frames;

  FrameSubscriber(VideoStream stream) {
    this.stream = stream;
  }

  /**
   * Returns what becomes of the frames.
   *
   * <p>If its {@code toCompletableFuture()} is canceled, from any thread, the subscription is
   * canceled, and no more frames are encoded than the one in progress. The stream is not ended, and
   * the encoder remains open: {@link Encoder#close} keeps what has been encoded, {@link
   * Encoder#cancel} deletes it, and ends a frame in progress too.
   *
   * @return completes with the number of frames when the publisher has completed and the stream has
   *     ended; or exceptionally, with the exception of the publisher, or that of {@link
   *     VideoStream#addFrame} or {@link VideoStream#end}. Completing it otherwise has no effect on
   *     the encoding
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the cancellation
  public CompletionStage<Long> completion() {
    CompletableFuture<Long> view = completion.copy();
    view.whenComplete(
        (count, failure) -> {
          if (view.isCancelled()) {
            cancel();
          }
        });
    return view;
  }

  private void cancel() {
    completion.cancel(/* mayInterruptIfRunning= */ false);
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  /**
   * Requests the first frame. A second subscription is canceled.
   *
   * @param offered the publisher's subscription
   */
  @Override
  public void onSubscribe(Flow.Subscription offered) {
    Objects.requireNonNull(offered, "subscription");
    synchronized (completion) {
      if (subscription != null) {
        offered.cancel();
        return;
      }
      subscription = offered;
    }
    if (completion.isDone()) {
      offered.cancel(); // canceled before it began
      return;
    }
    offered.request(1);
  }

  /**
   * Encodes a frame, and then requests the next one.
   *
   * @param frame as for {@link VideoStream#addFrame}; its memory may be reused when the call
   *     returns
   */
  @Override
  public void onNext(VideoFrame frame) {
    Objects.requireNonNull(frame, "frame");
    if (completion.isDone()) {
      return; // was on its way when the subscription was canceled
    }
    try {
      stream.addFrame(frame);
    } catch (IOException | RuntimeException | Error e) {
      Objects.requireNonNull(subscription, "subscription").cancel();
      completion.completeExceptionally(e);
      return;
    }
    frames++;
    if (completion.isDone()) {
      return; // canceled during the frame
    }
    Objects.requireNonNull(subscription, "subscription").request(1);
  }

  /**
   * Fails with the publisher's exception; the stream is not ended.
   *
   * @param failure of the publisher
   */
  @Override
  public void onError(Throwable failure) {
    completion.completeExceptionally(Objects.requireNonNull(failure, "failure"));
  }

  /** Ends the stream. */
  @Override
  public void onComplete() {
    if (completion.isDone()) {
      return;
    }
    try {
      stream.end();
      completion.complete(frames);
    } catch (IOException | RuntimeException | Error e) {
      completion.completeExceptionally(e);
    }
  }
}
