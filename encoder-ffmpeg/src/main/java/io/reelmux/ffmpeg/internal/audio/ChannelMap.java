package io.reelmux.ffmpeg.internal.audio;

import io.reelmux.AudioOptions;
import io.reelmux.Channel;
import io.reelmux.ChannelLayout;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;

/** How the caller's channels become the encoder's: their order, and how they are mixed. */
final class ChannelMap implements AutoCloseable {
  private final NativeChannelLayout layout;

  /** Index of each channel in the caller's order; empty if that is FFmpeg's. */
  private final int[] order;

  private final double[] matrix;

  private ChannelMap(NativeChannelLayout layout, int[] order, double[] matrix) {
    this.layout = layout;
    this.order = order;
    this.matrix = matrix;
  }

  /**
   * Decides how channels are mixed.
   *
   * @param encoder the encoder's layout
   * @param notes receives the channels that are lost
   * @throws IllegalArgumentException if it is not known how to mix them
   */
  static ChannelMap of(AudioOptions options, AVChannelLayout encoder, Notes notes)
      throws EncoderException {
    ChannelLayout input =
        options.channelLayout().orElseGet(() -> ChannelLayout.discrete(options.channels()));
    boolean sameCount = options.channels() == encoder.nb_channels();
    boolean outputIsPlaced =
        options.outputChannelLayout().filter(it -> !it.isDiscrete()).isPresent();
    if (input.isDiscrete() || !outputIsPlaced) {
      if (sameCount) {
        return unmixed(encoder);
      }
      return mean(options, encoder);
    }
    NativeChannelLayout layout = NativeChannelLayout.of(input);
    try {
      if (!layout.isSame(encoder)) {
        noteLosses(input.ordered(), layout.struct(), encoder, notes);
      }
      return new ChannelMap(layout, order(input), new double[0]);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, layout);
      throw e;
    }
  }

  /** Each channel is passed on unchanged, whatever the encoder calls it. */
  private static ChannelMap unmixed(AVChannelLayout encoder) throws EncoderException {
    return new ChannelMap(NativeChannelLayout.copyOf(encoder), new int[0], new double[0]);
  }

  /** Each output channel is the mean of all. */
  private static ChannelMap mean(AudioOptions options, AVChannelLayout encoder)
      throws EncoderException {
    int channels = options.channels();
    int output = encoder.nb_channels();
    if (options.channelLayout().isEmpty() || output > 2) {
      throw new IllegalArgumentException(
          channels
              + " channels of unknown places cannot be mixed to "
              + output
              + (output > 2
                  ? ": name them by AudioOptions.channelLayout"
                  : ": name them by AudioOptions.channelLayout, such as SURROUND_5_1, or"
                      + " ChannelLayout.discrete("
                      + channels
                      + ") for the mean of all"));
    }
    double[] matrix = new double[channels * output];
    Arrays.fill(matrix, 1.0 / channels);
    return new ChannelMap(NativeChannelLayout.unnamed(channels), new int[0], matrix);
  }

  private static int[] order(ChannelLayout input) {
    List<Channel> ordered = input.ordered().channels();
    return ordered.equals(input.channels())
        ? new int[0]
        : ordered.stream().mapToInt(input.channels()::indexOf).toArray();
  }

  private static void noteLosses(
      ChannelLayout input, AVChannelLayout from, AVChannelLayout to, Notes notes)
      throws EncoderException {
    double[] mix = NativeChannelLayout.mix(from, to);
    int channels = input.count();
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      int channel = i;
      if (IntStream.range(0, to.nb_channels())
          .allMatch(out -> mix[out * channels + channel] == 0)) {
        lost.add(input.channels().get(i).abbreviation());
      }
    }
    if (!lost.isEmpty()) {
      notes.add(
          String.join(", ", lost)
              + " of "
              + input
              + " was left out of the mix to "
              + NativeChannelLayout.describe(to));
    }
  }

  /** Returns the layout of the samples once they are in order. */
  AVChannelLayout layout() {
    return layout.struct();
  }

  /** Returns a row of factors for each output channel; empty for the usual mix of the layouts. */
  double[] matrix() {
    return matrix;
  }

  /**
   * Puts interleaved samples in order.
   *
   * @param bytes size of one value
   */
  void reorder(ByteBuffer samples, int count, int bytes) {
    if (order.length == 0) {
      return;
    }
    byte[] sample = new byte[order.length * bytes];
    byte[] ordered = new byte[sample.length];
    for (int i = 0; i < count; i++) {
      samples.get(i * sample.length, sample);
      for (int channel = 0; channel < order.length; channel++) {
        System.arraycopy(sample, order[channel] * bytes, ordered, channel * bytes, bytes);
      }
      samples.put(i * sample.length, ordered);
    }
  }

  @Override
  public void close() {
    layout.close();
  }
}
