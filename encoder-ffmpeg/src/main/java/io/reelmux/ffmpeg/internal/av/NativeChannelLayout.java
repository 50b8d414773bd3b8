package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_compare;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_describe;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_from_string;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.swr_build_matrix2;
import static org.bytedeco.ffmpeg.global.avutil.AV_MATRIX_ENCODING_NONE;

import io.reelmux.Channel;
import io.reelmux.ChannelLayout;
import io.reelmux.EncoderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Owns an AVChannelLayout. The struct is part of an AVFrame that FFmpeg allocates, because JavaCPP
 * refuses to allocate one when the process is large.
 */
public final class NativeChannelLayout extends NativeOwner {
  private static final int MAX_NAME = 512;

  /** FFmpeg fills so many rows and columns, whatever the layouts. */
  private static final int MATRIX = 64;

  private final AVFrame holder;

  private NativeChannelLayout(AVFrame holder) {
    this.holder = holder;
  }

  private static NativeChannelLayout allocate() throws EncoderException {
    AVFrame holder = av_frame_alloc();
    return new NativeChannelLayout(Av.allocated(holder, "allocate a channel layout"));
  }

  /** Returns the same channels in FFmpeg's order; unnamed ones if they are discrete. */
  public static NativeChannelLayout of(ChannelLayout layout) throws EncoderException {
    return layout.isDiscrete()
        ? unnamed(layout.count())
        : named(
            layout.ordered().channels().stream()
                .map(Channel::abbreviation)
                .collect(Collectors.joining("+")));
  }

  /** Returns as many channels without a place. */
  public static NativeChannelLayout unnamed(int channels) throws EncoderException {
    return named(channels + "C");
  }

  /** Returns the layout that FFmpeg knows by this name. */
  public static NativeChannelLayout named(String name) throws EncoderException {
    return make(layout -> av_channel_layout_from_string(layout, name));
  }

  /** Returns a copy. */
  public static NativeChannelLayout copyOf(AVChannelLayout other) throws EncoderException {
    return make(layout -> av_channel_layout_copy(layout, other));
  }

  private static NativeChannelLayout make(ToIntFunction<AVChannelLayout> fill)
      throws EncoderException {
    NativeChannelLayout layout = allocate();
    try {
      Av.check(fill.applyAsInt(layout.struct()), "make a channel layout");
      return layout;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, layout);
      throw e;
    }
  }

  /**
   * Copies a layout.
   *
   * @param name FFmpeg's name; empty for the default layout of that many channels
   * @throws IllegalArgumentException if FFmpeg does not know the name, or it has other channels
   */
  public static void copyTo(AVChannelLayout target, int channels, Optional<String> name)
      throws EncoderException {
    try (NativeChannelLayout layout = name.isPresent() ? named(name.get()) : ofCount(channels)) {
      if (layout.struct().nb_channels() != channels) {
        throw new IllegalArgumentException(
            "channelLayout '" + name.orElse("") + "' does not have " + channels + " channels");
      }
      Av.check(av_channel_layout_copy(target, layout.struct()), "copy a channel layout");
    }
  }

  /** Mono and stereo have places; more channels have none that a number would say. */
  private static NativeChannelLayout ofCount(int channels) throws EncoderException {
    return switch (channels) {
      case 1 -> of(ChannelLayout.MONO);
      case 2 -> of(ChannelLayout.STEREO);
      default -> unnamed(channels);
    };
  }

  /** Returns whether the channels are the same, in the same order. */
  public boolean isSame(AVChannelLayout other) {
    return av_channel_layout_compare(struct(), other) == 0;
  }

  /** Returns FFmpeg's name of a layout, such as {@code 5.1}. */
  public static String describe(AVChannelLayout layout) throws EncoderException {
    byte[] text = new byte[MAX_NAME];
    int length =
        Av.check(
            av_channel_layout_describe(layout, text, text.length), "describe a channel layout");
    return new String(text, 0, Math.min(length, MAX_NAME) - 1, StandardCharsets.US_ASCII);
  }

  /** Returns FFmpeg's name, such as {@code 5.1}. */
  public String describe() throws EncoderException {
    return describe(struct());
  }

  /**
   * Returns the factors with which FFmpeg mixes one layout into another: a row for each channel of
   * the second.
   */
  public static double[] mix(AVChannelLayout from, AVChannelLayout to) throws EncoderException {
    double[] matrix = new double[MATRIX * MATRIX];
    int code =
        swr_build_matrix2(
            from,
            to,
            Math.sqrt(0.5),
            Math.sqrt(0.5),
            /* lowFrequencyLevel= */ 0,
            /* maxSum= */ 1,
            /* volume= */ 1,
            matrix,
            MATRIX,
            AV_MATRIX_ENCODING_NONE,
            /* logContext= */ null);
    Av.check(code, "mix channels");
    double[] used = new double[from.nb_channels() * to.nb_channels()];
    for (int i = 0; i < used.length; i++) {
      used[i] = matrix[i / from.nb_channels() * MATRIX + i % from.nb_channels()];
    }
    return used;
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
