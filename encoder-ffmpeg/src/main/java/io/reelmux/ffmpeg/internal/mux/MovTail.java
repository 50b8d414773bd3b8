package io.reelmux.ffmpeg.internal.mux;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Patches the final index of a crash-safe MP4 before it is written. */
final class MovTail {

  /** Version and flags, then a common size, come before it in a {@code stsz} box. */
  private static final int SAMPLE_COUNT = 8;

  private MovTail() {}

  /**
   * Turns boxes of the index into {@code free} boxes (ISO/IEC 14496-12, 8.1.2): the {@code mvex}
   * box, which announces fragments that a finished file no longer has, and makes some readers lose
   * the frame rate; and each {@code trak} box without samples, of a cover or of a stream that got
   * nothing, which an index that is written at once does not have.
   *
   * @param tail starts at a top-level box
   */
  static void clean(byte[] tail) {
    ByteBuffer bytes = ByteBuffer.wrap(tail);
    moov(bytes).map(moov -> moov.children(bytes)).orElse(List.of()).stream()
        .filter(box -> box.type() == MovBox.MVEX || isEmptyTrack(bytes, box))
        .forEach(box -> bytes.putInt(box.start() + 4, MovBox.FREE));
  }

  private static boolean isEmptyTrack(ByteBuffer bytes, MovBox box) {
    return box.type() == MovBox.TRAK
        && box.child(bytes, MovBox.MDIA)
            .flatMap(mdia -> mdia.child(bytes, MovBox.MINF))
            .flatMap(minf -> minf.child(bytes, MovBox.STBL))
            .flatMap(stbl -> stbl.child(bytes, MovBox.STSZ))
            .filter(stsz -> bytes.getInt(stsz.body() + SAMPLE_COUNT) == 0)
            .isPresent();
  }

  /**
   * Corrects the durations of tracks that the muxer takes to be longer than they are: it adds the
   * last duration of each fragment, which is the distance of two decoding times, to the
   * presentation time.
   *
   * @param tail starts at a top-level box
   * @param excess for each track, by how many of its ticks it is too long
   */
  static void shorten(byte[] tail, List<OptionalLong> excess) {
    ByteBuffer bytes = ByteBuffer.wrap(tail);
    moov(bytes).ifPresent(moov -> shorten(bytes, moov, excess));
  }

  private static Optional<MovBox> moov(ByteBuffer bytes) {
    return MovBox.first(MovBox.between(bytes, 0, bytes.capacity()), MovBox.MOOV);
  }

  private static void shorten(ByteBuffer bytes, MovBox moov, List<OptionalLong> excess) {
    MovBox mvhd = moov.child(bytes, MovBox.MVHD).orElseThrow();
    int movieScale = bytes.getInt(mvhd.timescaleAt(bytes));
    long longest = 0;
    int number = 0;
    for (MovBox trak : moov.children(bytes)) {
      if (trak.type() == MovBox.TRAK) {
        OptionalLong ticks = number < excess.size() ? excess.get(number) : OptionalLong.empty();
        if (ticks.isPresent() && ticks.getAsLong() != 0) {
          shorten(bytes, trak, ticks.getAsLong(), movieScale);
        }
        MovBox tkhd = trak.child(bytes, MovBox.TKHD).orElseThrow();
        longest = Math.max(longest, tkhd.get(bytes, tkhdDuration(bytes, tkhd)));
        number++;
      }
    }
    mvhd.put(bytes, mvhd.timescaleAt(bytes) + 4, longest);
  }

  private static void shorten(ByteBuffer bytes, MovBox trak, long ticks, int movieScale) {
    MovBox mdhd =
        trak.child(bytes, MovBox.MDIA)
            .flatMap(mdia -> mdia.child(bytes, MovBox.MDHD))
            .orElseThrow();
    int scale = bytes.getInt(mdhd.timescaleAt(bytes));
    subtract(bytes, mdhd, mdhd.timescaleAt(bytes) + 4, ticks);
    long movieTicks = Math.multiplyExact(ticks, (long) movieScale) / scale;
    MovBox tkhd = trak.child(bytes, MovBox.TKHD).orElseThrow();
    subtract(bytes, tkhd, tkhdDuration(bytes, tkhd), movieTicks);
    trak.child(bytes, MovBox.EDTS)
        .flatMap(edts -> edts.child(bytes, MovBox.ELST))
        .ifPresent(
            elst -> {
              int lastEntry = elst.end() - (elst.isLong(bytes) ? 20 : 12);
              subtract(bytes, elst, lastEntry, movieTicks);
            });
  }

  private static void subtract(ByteBuffer bytes, MovBox box, int position, long value) {
    box.put(bytes, position, box.get(bytes, position) - value);
  }

  private static int tkhdDuration(ByteBuffer bytes, MovBox tkhd) {
    return tkhd.body() + (tkhd.isLong(bytes) ? 28 : 20);
  }
}
