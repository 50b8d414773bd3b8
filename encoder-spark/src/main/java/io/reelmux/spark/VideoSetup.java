package io.reelmux.spark;

import io.reelmux.VideoOptions;
import java.io.Serializable;

/** Decides on an executor how the video of a clip is encoded. */
@FunctionalInterface
public interface VideoSetup extends Serializable {

  /**
   * Returns the options of a clip.
   *
   * @param width of its first image in pixels
   * @param height of its first image in pixels
   * @param cpus how many threads the encoder should use, see {@link ClipOutput#cpus}
   * @return the options; their size is that of the images
   */
  VideoOptions options(int width, int height, int cpus);
}
