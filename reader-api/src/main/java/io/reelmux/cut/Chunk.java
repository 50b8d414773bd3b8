package io.reelmux.cut;

import java.io.Serializable;

/**
 * A chunk of a video: consecutive frames that are encoded together.
 *
 * @param index the position among the chunks of the plan, from 0
 * @param firstFrame the number of its first frame in the video, from 0
 * @param frames the number of its frames
 */
public record Chunk(int index, long firstFrame, long frames) implements Serializable {

  /** {@return the number of the frame after its last one} */
  public long endFrame() {
    return firstFrame + frames;
  }

  /** {@code chunk 3: frames 360 to 479}. */
  @Override
  public String toString() {
    return "chunk " + index + ": frames " + firstFrame + " to " + (endFrame() - 1);
  }
}
