package io.reelmux.examples;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_unref;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns a frame of FFmpeg's, used for one picture after another. */
final class FrameHolder implements NativeOwner {
  private final AVFrame frame;

  private FrameHolder(AVFrame frame) {
    this.frame = frame;
  }

  static FrameHolder create() throws IOException {
    return new FrameHolder(FfmpegCall.check(av_frame_alloc(), "make a frame"));
  }

  /** {@return the frame, with what it holds} */
  AVFrame frame() {
    return frame;
  }

  /** {@return the frame, holding nothing} */
  AVFrame emptied() {
    av_frame_unref(frame);
    return frame;
  }

  @Override
  public void close() {
    av_frame_free(frame);
  }
}
