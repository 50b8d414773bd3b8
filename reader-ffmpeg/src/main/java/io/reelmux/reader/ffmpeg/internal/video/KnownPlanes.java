package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** The planes of a struct that is the same for all frames. */
final class KnownPlanes {
  private @Nullable AVFrame frame;
  private @Nullable FramePlanes planes;

  /** Returns the planes of a frame, which remains the owner. */
  FramePlanes of(AVFrame owner) {
    FramePlanes known = planes;
    if (known == null || !owner.equals(frame)) {
      known = new FramePlanes(owner);
      planes = known;
      frame = owner;
    }
    return known;
  }
}
