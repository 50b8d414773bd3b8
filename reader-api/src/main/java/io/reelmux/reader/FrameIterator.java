package io.reelmux.reader;

import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The frames of a reader in order, each with memory of its own. */
final class FrameIterator implements Iterator<ReadFrame> {
  private final VideoReader reader;
  private final VideoReader.Place place = new VideoReader.Place();
  private @Nullable ReadFrame ahead;
  private boolean ended;

  FrameIterator(VideoReader reader) {
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      readAhead();
    }
    return ahead != null;
  }

  private void readAhead() {
    ByteBuffer pixels = ByteBuffer.allocate(reader.frameBytes());
    try {
      ended = !reader.next(place, pixels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FrameFacts facts = place.facts();
    ahead = facts == null ? null : reader.frame(facts, pixels, null);
  }

  @Override
  public ReadFrame next() {
    ReadFrame frame = hasNext() ? ahead : null;
    if (frame == null) {
      throw new NoSuchElementException("there are no more frames");
    }
    ahead = null;
    return frame;
  }
}
