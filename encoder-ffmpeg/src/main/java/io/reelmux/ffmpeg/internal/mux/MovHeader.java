package io.reelmux.ffmpeg.internal.mux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Puts edit lists into the header of a fragmented MP4 while it is in memory.
 *
 * <p>Note [edit lists of fragmented files]. The muxer writes the header before it knows any packet,
 * and leaves the edit lists without meaning: frames would be late by what B-frames need, and the
 * priming of an audio codec would be heard. Its own way out, {@code delay_moov}, keeps the header
 * back until the first fragment ends, does not check the streams before, destroys a crash-safe file
 * and has nothing to say of a stream that starts later. So the header is written when the streams
 * are opened, kept until the first packet of each stream is known, and completed here. The lists
 * fit into a {@code free} box of {@link #slack} bytes after the header, so that every position that
 * the muxer remembers stays right.
 */
final class MovHeader {

  /** An edit list with two entries of 64 bits. */
  private static final int MAX_EDITS = 16 + 8 + 2 * 20;

  private static final int BOX = 8;
  private static final int NORMAL_SPEED = 0x10000;

  private MovHeader() {}

  /** Returns the {@code free} box to put after a header with so many tracks. */
  static byte[] slack(int tracks) {
    ByteBuffer box = ByteBuffer.allocate(BOX + tracks * MAX_EDITS);
    return box.putInt(box.capacity()).putInt(MovBox.FREE).array();
  }

  /**
   * Returns a header with these edit lists, and of the same length.
   *
   * @param header ends with {@link #slack}
   * @param edits for each track, in their order; a track without keeps what it has
   */
  static byte[] withEdits(byte[] header, List<Optional<MovEdit>> edits) {
    ByteBuffer bytes = ByteBuffer.wrap(header);
    List<MovBox> top = MovBox.between(bytes, 0, header.length);
    Optional<MovBox> moov = MovBox.first(top, MovBox.MOOV);
    if (moov.isEmpty()) {
      return header;
    }
    byte[] changed = moov(bytes, moov.get(), edits);
    MovBox slack = top.get(top.size() - 1);
    int rest = slack.length() - (changed.length - moov.get().length());
    ByteBuffer result = ByteBuffer.allocate(header.length);
    result.put(header, 0, moov.get().start()).put(changed);
    result.put(header, moov.get().end(), slack.start() - moov.get().end());
    return result.putInt(rest).putInt(MovBox.FREE).array();
  }

  private static byte[] moov(ByteBuffer bytes, MovBox moov, List<Optional<MovEdit>> edits) {
    int movieScale =
        moov.child(bytes, MovBox.MVHD)
            .map(mvhd -> bytes.getInt(mvhd.timescaleAt(bytes)))
            .orElseThrow();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int track = 0;
    for (MovBox box : moov.children(bytes)) {
      boolean edited =
          box.type() == MovBox.TRAK && track < edits.size() && edits.get(track).isPresent();
      if (edited) {
        content.writeBytes(trak(bytes, box, movieScale, edits.get(track).get()));
      } else {
        copy(bytes, box, content);
      }
      track += box.type() == MovBox.TRAK ? 1 : 0;
    }
    return box(MovBox.MOOV, content.toByteArray());
  }

  private static byte[] trak(ByteBuffer bytes, MovBox trak, int movieScale, MovEdit edit) {
    int scale =
        trak.child(bytes, MovBox.MDIA)
            .flatMap(mdia -> mdia.child(bytes, MovBox.MDHD))
            .map(mdhd -> bytes.getInt(mdhd.timescaleAt(bytes)))
            .orElseThrow();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (MovBox box : trak.children(bytes)) {
      if (box.type() != MovBox.EDTS) {
        copy(bytes, box, content);
      }
      if (box.type() == MovBox.TKHD) {
        long delay = Math.floorDiv(Math.multiplyExact(edit.delay(), (long) movieScale), scale);
        content.writeBytes(edts(delay, edit.mediaTime()));
      }
    }
    return box(MovBox.TRAK, content.toByteArray());
  }

  /** Returns an edit list that ends with the file, whatever its length will be. */
  private static byte[] edts(long delay, long mediaTime) {
    int entries = delay > 0 ? 2 : 1;
    ByteBuffer list = ByteBuffer.allocate(8 + entries * 20);
    list.putInt(1 << 24).putInt(entries);
    if (delay > 0) {
      list.putLong(delay).putLong(-1).putInt(NORMAL_SPEED);
    }
    list.putLong(0).putLong(mediaTime).putInt(NORMAL_SPEED);
    return box(MovBox.EDTS, box(MovBox.ELST, list.array()));
  }

  private static void copy(ByteBuffer bytes, MovBox box, ByteArrayOutputStream target) {
    byte[] copy = new byte[box.length()];
    bytes.get(box.start(), copy);
    target.writeBytes(copy);
  }

  private static byte[] box(int type, byte[] content) {
    ByteBuffer box = ByteBuffer.allocate(BOX + content.length);
    return box.putInt(box.capacity()).putInt(type).put(content).array();
  }
}
