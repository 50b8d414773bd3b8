package io.reelmux.internal;

import io.reelmux.Fragment;
import io.reelmux.FragmentListener;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The caller's fragment listener, wrapped so that {@code cancel()} can interrupt it. */
public final class GuardedFragmentListener implements FragmentListener {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");

  private final InterruptibleCall call = new InterruptibleCall("fragment listener");
  private final WeakCallerRef<FragmentListener> listener;

  /** Refers weakly to the listener. */
  public GuardedFragmentListener(FragmentListener listener) {
    this.listener = new WeakCallerRef<>(listener);
  }

  @Override
  public void onInit(ByteBuffer init, String mimeType) throws IOException {
    FragmentListener target = listener.get();
    call.run(() -> target.onInit(init, mimeType));
  }

  @Override
  public void onFragment(Fragment fragment) throws IOException {
    FragmentListener target = listener.get();
    call.run(() -> target.onFragment(fragment));
  }

  @Override
  public void onEnd() throws IOException {
    FragmentListener target = listener.get();
    call.run(target::onEnd);
  }

  @Override
  public void onAbort() {
    try {
      // calls are refused after a cancellation, of which this one tells
      listener.get().onAbort();
    } catch (IOException e) {
      // the listener has been collected
    } catch (RuntimeException | Error e) {
      LOGGER.log(System.Logger.Level.WARNING, "FragmentListener.onAbort() has thrown", e);
    }
  }

  /** The calls of the caller's code. */
  InterruptibleCall call() {
    return call;
  }
}
