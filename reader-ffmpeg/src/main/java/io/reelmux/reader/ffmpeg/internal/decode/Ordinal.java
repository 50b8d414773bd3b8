package io.reelmux.reader.ffmpeg.internal.decode;

import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The ordinal of a packet as the opaque pointer that a decoder hands from packets to frames. It is
 * never followed. One object is used for all packets, so that none is made for each.
 *
 * <p>Beside the ordinal it carries how often decoding has been moved: FFmpeg's HEVC decoder returns
 * a frame from before a flush after it.
 */
public final class Ordinal extends Pointer {
  private long moves;

  /** Decoding starts. */
  public Ordinal() {
    super((Pointer) null);
  }

  /** Decoding continues elsewhere: frames from before are no longer recognized. */
  public void move() {
    moves = (moves + 1) & Integer.MAX_VALUE;
  }

  /** Points to an ordinal; 0 would be no pointer. */
  public Ordinal to(int ordinal) {
    address = moves << Integer.SIZE | (ordinal + 1L);
    return this;
  }

  /** Returns the ordinal that a frame carries; -1 if it carries none, or one from before. */
  public int of(@Nullable Pointer opaque) {
    return opaque == null || opaque.address() >>> Integer.SIZE != moves
        ? -1
        : (int) opaque.address() - 1;
  }
}
