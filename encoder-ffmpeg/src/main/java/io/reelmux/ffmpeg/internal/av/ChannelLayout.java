package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_from_string;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Owns an AVChannelLayout. It lies in a frame of FFmpeg's making, since JavaCPP refuses to allocate
 * one when the process is large.
 */
public final class ChannelLayout extends NativeOwner {
  private final AVFrame holder;

  private ChannelLayout(AVFrame holder) {
    this.holder = holder;
  }

  private static ChannelLayout allocate() throws EncoderException {
    AVFrame holder = Av.fails("av_frame_alloc") ? null : av_frame_alloc();
    return new ChannelLayout(Av.allocated(holder, "allocate a channel layout"));
  }

  /** The usual layout; channels without names where there is none for that number. */
  public static ChannelLayout of(int channels) throws EncoderException {
    ChannelLayout layout = allocate();
    av_channel_layout_default(layout.struct(), channels);
    return layout;
  }

  /** A layout by FFmpeg's name. */
  public static ChannelLayout named(String name) throws EncoderException {
    ChannelLayout layout = allocate();
    return checked(av_channel_layout_from_string(layout.struct(), name), layout);
  }

  /** A copy. */
  public static ChannelLayout copyOf(AVChannelLayout other) throws EncoderException {
    ChannelLayout layout = allocate();
    return checked(av_channel_layout_copy(layout.struct(), other), layout);
  }

  private static ChannelLayout checked(int code, ChannelLayout layout) throws EncoderException {
    if (code < 0) {
      layout.close();
    }
    Av.check(code, "make a channel layout");
    return layout;
  }

  /** Whether the channels are the same, in the same order. */
  public boolean isSame(AVChannelLayout other) {
    return av_channel_layout_compare(struct(), other) == 0;
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
