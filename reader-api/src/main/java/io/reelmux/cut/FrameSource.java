package io.reelmux.cut;

import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the frames of a video come from, chunk by chunk. {@link FileFrames} are those of a media
 * file.
 *
 * <p>Chunks are asked for by several threads at once, in any order, and a chunk is asked for again
 * if encoding it has failed. A source that is carried to other machines must be serializable there.
 */
@FunctionalInterface
public interface FrameSource extends Serializable {

  /**
   * Adds all frames of a chunk to a stream, in order, and no others.
   *
   * @param chunk the frames that are wanted: those of a chunk of the plan and, as {@link
   *     CutPlan#lookahead} says, of the beginning of the next one
   * @param stream of the size of the plan's settings; must not be ended
   * @throws IOException if a frame cannot be made or read, or encoding fails
   */
  void feed(Chunk chunk, VideoStream stream) throws IOException;

  /**
   * Returns what tells these frames from those of other videos. It is carried with each chunk, so
   * that chunks of different videos are not joined.
   *
   * @return a short text that is the same wherever chunks are encoded; empty, as by default, if
   *     there is none. {@link CutPlan#withSource} then says which video a plan is for
   */
  default String identity() {
    return "";
  }

  /**
   * Returns a source of frames that a function makes.
   *
   * @param frames returns each frame by its number
   * @return the source
   */
  static FrameSource of(FrameFunction frames) {
    return (chunk, stream) -> {
      for (long n = chunk.firstFrame(); n < chunk.endFrame(); n++) {
        stream.addFrame(frames.frame(n));
      }
    };
  }

  /**
   * Returns a source of image files, one a frame, which {@link javax.imageio.ImageIO} reads.
   *
   * @param files the images in the order of the frames
   * @return the source
   */
  static FrameSource ofImages(List<Path> files) {
    return new ImageFrames(files);
  }
}
