package io.reelmux.reader.ffmpeg.internal.audio;

import java.util.Arrays;

/**
 * Which samples come from which piece, as far as the stream has been decoded. Consecutive packets
 * with the same number of samples need one entry together.
 */
final class Timeline {

  /**
   * Samples that are heard of a piece.
   *
   * @param place of the piece
   * @param start the number of the first one
   * @param offset samples of the piece before it, which are not heard
   * @param count how many are heard
   * @param silent whether the piece could not be decoded
   */
  record Piece(long place, long start, int offset, int count, boolean silent) {

    /** The number behind the last sample. */
    long end() {
      return start + count;
    }

    boolean contains(long sample) {
      return sample >= start && sample < end();
    }
  }

  private int size;
  private long[] places = new long[16];
  private long[] starts = new long[16];
  private int[] repeats = new int[16];
  private int[] offsets = new int[16];
  private int[] counts = new int[16];
  private boolean[] silent = new boolean[16];
  private long end;

  /** The number of samples so far. */
  long end() {
    return end;
  }

  /** Appends a piece of which at least one sample is heard. */
  Piece add(long place, int offset, int count, boolean isSilent) {
    Piece piece = new Piece(place, end, offset, count, isSilent);
    if (size > 0 && continues(piece)) {
      repeats[size - 1]++;
    } else {
      append(piece);
    }
    end += count;
    return piece;
  }

  private boolean continues(Piece piece) {
    int last = size - 1;
    return places[last] + PieceDecoder.placeOf(repeats[last]) == piece.place
        && (int) piece.place == 0
        && offsets[last] == piece.offset
        && counts[last] == piece.count
        && silent[last] == piece.silent;
  }

  private void append(Piece piece) {
    if (size == places.length) {
      int capacity = Math.multiplyExact(size, 2);
      places = Arrays.copyOf(places, capacity);
      starts = Arrays.copyOf(starts, capacity);
      repeats = Arrays.copyOf(repeats, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      counts = Arrays.copyOf(counts, capacity);
      silent = Arrays.copyOf(silent, capacity);
    }
    places[size] = piece.place;
    starts[size] = piece.start;
    repeats[size] = 1;
    offsets[size] = piece.offset;
    counts[size] = piece.count;
    silent[size] = piece.silent;
    size++;
  }

  /** Returns the first sample of a range that is silent; -1 if there is none. */
  long firstSilent(long from, long to) {
    if (from >= end) {
      return -1;
    }
    for (int entry = entryOf(from); entry < size && starts[entry] < to; entry++) {
      if (silent[entry]) {
        return Math.max(from, starts[entry]);
      }
    }
    return -1;
  }

  private int entryOf(long sample) {
    int found = Arrays.binarySearch(starts, 0, size, sample);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns the piece of a sample before the end. */
  Piece find(long sample) {
    int entry = entryOf(sample);
    long repeat = (sample - starts[entry]) / counts[entry];
    return new Piece(
        places[entry] + PieceDecoder.placeOf((int) repeat),
        starts[entry] + repeat * counts[entry],
        offsets[entry],
        counts[entry],
        silent[entry]);
  }
}
