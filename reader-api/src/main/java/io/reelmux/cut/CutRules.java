package io.reelmux.cut;

import io.reelmux.VideoOptions;
import java.util.Objects;

/** Which settings are possible for a video that is encoded in chunks. */
final class CutRules {

  private CutRules() {}

  /**
   * Checks what does not depend on the encoder.
   *
   * @throws IllegalArgumentException with what to do
   */
  static void check(VideoOptions video, long totalFrames) {
    Objects.requireNonNull(video, "video");
    if (totalFrames < 1) {
      throw new IllegalArgumentException("totalFrames " + totalFrames + ": must be at least 1");
    }
    if (video.codec().isEmpty()) {
      throw new IllegalArgumentException(
          "a video that is cut needs a codec: chunks are not files of the final container, which"
              + " would choose it; set VideoOptions.codec");
    }
    checkRate(video);
    if (video.fallbackToCpu()) {
      throw new IllegalArgumentException(
          "fallbackToCpu: all chunks are encoded by the same encoder; set the CPU or a device");
    }
    if (video.timecode().isPresent()) {
      throw new IllegalArgumentException(
          "timecode " + video.timecode().get() + ": it is not kept when chunks are joined");
    }
    if (!video.metadata().isEmpty()) {
      throw new IllegalArgumentException(
          "metadata "
              + video.metadata().keySet()
              + ": tags of the stream are not kept when chunks are joined; those of the file can be"
              + " set where they are");
    }
    // refuses what contradicts it
    video.toBuilder().partFrom(0).build();
  }

  private static void checkRate(VideoOptions video) {
    boolean raw = video.options().containsKey("b");
    if (video.bitRate().isPresent() || raw) {
      throw new IllegalArgumentException(
          "bitRate "
              + (raw ? video.options().get("b") : video.bitRate().getAsLong())
              + ": each chunk would aim at the mean by itself, so that difficult ones would look"
              + " worse than easy ones; set crf, quality or qp, and maxBitRate for a limit");
    }
  }
}
