package io.reelmux.ffmpeg.internal.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

/** The chunks of a WebP file. Those of its frames state how long each is shown. */
final class WebPAnimation {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /** "ANMF" as a number. */
  private static final int FRAME = 0x464D4E41;

  /** Of the duration behind a frame's position and size. */
  private static final int DURATION = CHUNK_HEADER + 12;

  private static final int MAX = 0xFFFFFF;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private WebPAnimation() {}

  /**
   * Ends the last frame.
   *
   * @param file is changed
   * @param start of the first frame
   * @param end of the last frame
   * @return what is shown instead, if the file cannot state it
   */
  static Optional<String> end(ByteBuffer file, Duration start, Duration end) {
    ByteBuffer bytes = file.order(ByteOrder.LITTLE_ENDIAN);
    int last = -1;
    long before = 0;
    long at = FILE_HEADER;
    while (at + CHUNK_HEADER <= bytes.limit()) {
      int chunk = (int) at;
      if (bytes.getInt(chunk) == FRAME && chunk + DURATION + Integer.BYTES <= bytes.limit()) {
        before += last < 0 ? 0 : duration(bytes, last);
        last = chunk;
      }
      long size = Integer.toUnsignedLong(bytes.getInt(chunk + Integer.BYTES));
      at += CHUNK_HEADER + size + (size & 1);
    }
    if (last < 0) {
      return Optional.of(
          "no frame differs from the first, so that the encoder has made a still image: it does not"
              + " state the duration of "
              + end.minus(start));
    }
    // FFmpeg cuts off parts of a millisecond of the frames' times
    long wanted = end.plusNanos(NANOS_PER_MILLI / 2).toMillis() - start.toMillis() - before;
    long stated = Math.max(1, Math.min(wanted, MAX));
    int flags = bytes.getInt(last + DURATION) & ~MAX;
    bytes.putInt(last + DURATION, flags | (int) stated);
    return wanted > MAX
        ? Optional.of(
            "the last image, of frames that are the same, is shown for "
                + Duration.ofMillis(stated)
                + " instead of "
                + Duration.ofMillis(wanted)
                + ": webp has no longer one")
        : Optional.empty();
  }

  private static int duration(ByteBuffer bytes, int frame) {
    return bytes.getInt(frame + DURATION) & MAX;
  }
}
