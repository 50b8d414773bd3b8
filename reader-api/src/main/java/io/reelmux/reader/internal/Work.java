package io.reelmux.reader.internal;

import java.io.IOException;

/**
 * What a call does.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Work<T> {
  /** Does it. */
  T run() throws IOException;
}
