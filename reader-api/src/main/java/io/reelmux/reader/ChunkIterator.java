package io.reelmux.reader;

import io.reelmux.AudioSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The samples of a reader in parts of equal size. */
final class ChunkIterator implements Iterator<AudioSamples> {
  private final AudioReader reader;
  private final int size;
  private long next;
  private @Nullable AudioSamples ahead;
  private boolean ended;

  ChunkIterator(AudioReader reader, int size) {
    this.reader = reader;
    this.size = size;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      readAhead();
    }
    return ahead != null;
  }

  private void readAhead() {
    AudioSamples read;
    try {
      read = reader.chunk(next, size);
    } catch (DamagedFrameException e) {
      // the next call reads on behind it
      next += size;
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next += read.count();
    ended = read.count() < size;
    ahead = read.count() == 0 ? null : read;
  }

  @Override
  public AudioSamples next() {
    AudioSamples samples = hasNext() ? ahead : null;
    if (samples == null) {
      throw new NoSuchElementException("there are no more samples");
    }
    ahead = null;
    return samples;
  }
}
