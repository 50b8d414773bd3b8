package io.reelmux.reader.ffmpeg.gpu;

import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a native owner open, and shows where it was opened. */
final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private long before;

  @Override
  public void beforeEach(ExtensionContext context) {
    before = NativeOwner.openCount();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    long left = NativeOwner.openCount() - before;
    if (left > 0) {
      AssertionError leak = new AssertionError(left + " native owners were left open");
      NativeOwner.origins().forEach(leak::addSuppressed);
      throw leak;
    }
  }
}
