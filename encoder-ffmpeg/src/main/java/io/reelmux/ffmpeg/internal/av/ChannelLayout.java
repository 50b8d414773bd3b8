package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_compare;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_default;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_describe;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_from_string;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_free;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.EncoderException;
import java.util.Optional;
import java.util.function.ToIntFunction;
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
    return make(
        layout -> {
          av_channel_layout_default(layout, channels);
          return 0;
        });
  }

  /** Returns the layout that FFmpeg knows by this name. */
  public static ChannelLayout named(String name) throws EncoderException {
    return make(layout -> av_channel_layout_from_string(layout, name));
  }

  /** Returns a copy. */
  public static ChannelLayout copyOf(AVChannelLayout other) throws EncoderException {
    return make(layout -> av_channel_layout_copy(layout, other));
  }

  private static ChannelLayout make(ToIntFunction<AVChannelLayout> fill) throws EncoderException {
    ChannelLayout layout = allocate();
    try {
      Av.check(fill.applyAsInt(layout.struct()), "make a channel layout");
      return layout;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, layout);
      throw e;
    }
  }

  /** Returns FFmpeg's name of a layout. */
  public static String describe(AVChannelLayout layout) throws EncoderException {
    byte[] text = new byte[1024];
    int length =
        Av.check(av_channel_layout_describe(layout, text, text.length), "name a channel layout");
    return new String(text, 0, Math.max(0, Math.min(length, text.length) - 1), UTF_8);
  }

  /**
   * Copies a layout.
   *
   * @param name FFmpeg's name; empty for the default layout of that many channels
   * @throws IllegalArgumentException if FFmpeg does not know the name, or it has other channels
   */
  public static void copyTo(AVChannelLayout target, int channels, Optional<String> name)
      throws EncoderException {
    try (ChannelLayout layout = name.isPresent() ? named(name.get()) : of(channels)) {
      if (layout.struct().nb_channels() != channels) {
        throw new IllegalArgumentException(
            "channelLayout '" + name.orElse("") + "' does not have " + channels + " channels");
      }
      Av.check(av_channel_layout_copy(target, layout.struct()), "copy a channel layout");
    }
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
