package io.reelmux.reader.ffmpeg.internal.decode;

import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The ordinal of a packet as the opaque pointer that a decoder hands from packets to frames. It is
 * never followed. One object is used for all packets, so that none is made for each.
 */
public final class Ordinal extends Pointer {

  public Ordinal() {
    super((Pointer) null);
  }

  /** Points to an ordinal; 0 would be no pointer. */
  public Ordinal to(int ordinal) {
    address = ordinal + 1L;
    return this;
  }

  /** Returns the ordinal that a frame carries; -1 if it carries none. */
  public static int of(@Nullable Pointer opaque) {
    return opaque == null ? -1 : (int) (opaque.address() - 1);
  }
}
