package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_compare;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_default;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_from_string;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_free;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Owns an AVChannelLayout. The struct is part of an AVFrame that FFmpeg allocates, because JavaCPP
 * refuses to allocate one when the process is large.
 */
public final class ChannelLayout extends NativeOwner {
  private final AVFrame holder;

  private ChannelLayout(AVFrame holder) {
    this.holder = holder;
  }

  private static ChannelLayout allocate() throws EncoderException {
    AVFrame holder = av_frame_alloc();
    return new ChannelLayout(Av.allocated(holder, "allocate a channel layout"));
  }

  /** Returns FFmpeg's default layout; unnamed channels if it has none for that number. */
  public static ChannelLayout of(int channels) throws EncoderException {
    ChannelLayout layout = allocate();
    av_channel_layout_default(layout.struct(), channels);
    return layout;
  }

  /** Returns the layout that FFmpeg knows by this name. */
  public static ChannelLayout named(String name) throws EncoderException {
    ChannelLayout layout = allocate();
    return checked(av_channel_layout_from_string(layout.struct(), name), layout);
  }

  /** Returns a copy. */
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

  /** Returns whether the channels are the same, in the same order. */
  public boolean isSame(AVChannelLayout other) {
    return av_channel_layout_compare(struct(), other) == 0;
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVChannelLayout struct() {
    return holder.ch_layout();
  }

  @Override
  protected void free() {
    av_frame_free(holder);
  }
}
