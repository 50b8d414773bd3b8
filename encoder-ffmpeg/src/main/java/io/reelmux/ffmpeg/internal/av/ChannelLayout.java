package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_from_string;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/** Owns an AVChannelLayout: FFmpeg's usual layout for a number of channels. */
public final class ChannelLayout extends NativeOwner {
  private final AVChannelLayout struct;

  private ChannelLayout(AVChannelLayout struct) {
    this.struct = struct;
  }

  /** The usual layout; channels without names where there is none for that number. */
  public static ChannelLayout of(int channels) {
    AVChannelLayout struct = new AVChannelLayout();
    av_channel_layout_default(struct, channels);
    return new ChannelLayout(struct);
  }

  /** A layout by FFmpeg's name. */
  public static ChannelLayout named(String name) throws EncoderException {
    AVChannelLayout struct = new AVChannelLayout();
    ChannelLayout layout = new ChannelLayout(struct);
    return checked(av_channel_layout_from_string(struct, name), layout);
  }

  /** A copy. */
  public static ChannelLayout copyOf(AVChannelLayout other) throws EncoderException {
    AVChannelLayout struct = new AVChannelLayout();
    ChannelLayout layout = new ChannelLayout(struct);
    return checked(av_channel_layout_copy(struct, other), layout);
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
    return av_channel_layout_compare(struct, other) == 0;
  }

  /** The struct; valid until this is closed. */
  public AVChannelLayout struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_channel_layout_uninit(struct);
    struct.close();
  }
}
