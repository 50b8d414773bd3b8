package io.reelmux.ffmpeg.reliability;

import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails any test of this module that leaves a native owner open, and shows where it was opened. */
public final class OwnerLeakExtension implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(OwnerLeakExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(STORE).put("before", NativeOwner.openCount());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Long before = context.getStore(STORE).get("before", Long.class);
    long left = NativeOwner.openCount() - (before == null ? 0 : before);
    if (left > 0) {
      AssertionError leak = new AssertionError(left + " native owners were left open");
      NativeOwner.origins().forEach(leak::addSuppressed);
      throw leak;
    }
  }
}
