package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an {@code AVFrame} that is reused. */
final class FrameHolder implements NativeOwner {
  private final AVFrame frame;

  private FrameHolder(AVFrame frame) {
    this.frame = frame;
  }

  static FrameHolder create() throws IOException {
    return new FrameHolder(FfmpegCall.check(av_frame_alloc(), "make a frame"));
  }

  /** {@return the frame and its current content} */
  AVFrame frame() {
    return frame;
  }

  /** {@return the frame, emptied} */
  AVFrame emptied() {
    av_frame_unref(frame);
    return frame;
  }

  @Override
  public void close() {
    av_frame_free(frame);
  }
}
