package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Owns an AVChannelLayout: FFmpeg's usual layout for a number of channels. It lies in a frame of
 * FFmpeg's making, since JavaCPP refuses to allocate one when the process is large.
 */
public final class ChannelLayout extends NativeOwner {
  private final AVFrame holder;

  private ChannelLayout(AVFrame holder) {
    this.holder = holder;
  }

  /** The usual layout; channels without names where there is none for that number. */
  public static ChannelLayout of(int channels) throws EncoderException {
    AVFrame holder = Av.fails("av_frame_alloc") ? null : av_frame_alloc();
    ChannelLayout layout = new ChannelLayout(Av.allocated(holder, "allocate a channel layout"));
    av_channel_layout_default(layout.struct(), channels);
    return layout;
  }

  /** The struct; valid until this is closed. */
  public AVChannelLayout struct() {
    return holder.ch_layout();
  }

  @Override
  protected void free() {
    av_frame_free(holder);
  }
}
