package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;

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
