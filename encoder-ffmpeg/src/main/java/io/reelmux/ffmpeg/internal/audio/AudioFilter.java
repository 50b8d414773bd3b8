package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.SampleFifo;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The caller's filters between the conversion of samples and the encoder: from the encoder's
 * format, rate and channels to the same. Used by one thread at a time.
 */
final class AudioFilter implements AutoCloseable {

  /** Maximum time of what one chunk, or the end, may give. */
  private static final int MAX_SECONDS = 3600;

  private final NativeScope scope = new NativeScope();
  private final FilterGraph graph;
  private final AVCodecContext encoder;
  private final Frame output;

  /** Gives frames their own buffers, which filters may keep. */
  private final SampleFifo copied;

  private long pts;

  private AudioFilter(FilterGraph graph, AVCodecContext encoder) throws EncoderException {
    this.graph = scope.add(graph);
    this.encoder = encoder;
    try {
      output = scope.add(Frame.allocate());
      int channels = encoder.ch_layout().nb_channels();
      copied = scope.add(SampleFifo.allocate(encoder.sample_fmt(), channels, 1));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Parses and configures filters.
   *
   * @param encoder is open, and remains the caller's
   * @throws IllegalArgumentException if they are refused, with the reason
   */
  static AudioFilter open(String description, AVCodecContext encoder, FilterRules rules)
      throws EncoderException {
    String format = Av.string(av_get_sample_fmt_name(encoder.sample_fmt()));
    String layout = NativeChannelLayout.describe(encoder.ch_layout());
    int rate = encoder.sample_rate();
    FilterGraph.Step source =
        new FilterGraph.Step(
            "abuffer",
            "time_base=1/"
                + rate
                + ":sample_rate="
                + rate
                + ":sample_fmt="
                + format
                + ":channel_layout="
                + layout);
    FilterGraph.Step last =
        new FilterGraph.Step(
            "aformat",
            "sample_fmts=" + format + ":sample_rates=" + rate + ":channel_layouts=" + layout);
    return new AudioFilter(
        FilterGraph.described(description, source, rules, filters -> last, "abuffersink"), encoder);
  }

  /**
   * Filters samples.
   *
   * @param next receives those that are ready
   */
  void run(PointerPointer<?> planes, int samples, SampleTarget next) throws IOException {
    if (samples == 0) {
      return;
    }
    copied.write(planes, samples);
    try (Frame frame =
        Frame.audio(encoder.sample_fmt(), encoder.ch_layout(), encoder.sample_rate(), samples)) {
      AVFrame struct = frame.struct();
      copied.read(struct.extended_data(), samples);
      struct.pts(pts);
      struct.duration(samples);
      pts += samples;
      graph.push(struct);
    }
    pull(next);
  }

  /** Gives all that the filters still hold. */
  void end(SampleTarget next) throws IOException {
    graph.push(null);
    pull(next);
  }

  private void pull(SampleTarget next) throws IOException {
    AVFrame frame = output.struct();
    long made = 0;
    while (graph.pull(frame)) {
      try {
        made += frame.nb_samples();
        if (made > (long) MAX_SECONDS * encoder.sample_rate()) {
          throw Av.failure(
              0,
              "filter samples",
              "filter: it made more than an hour of audio at once, and may never end");
        }
        next.add(frame.extended_data(), frame.nb_samples());
      } finally {
        output.unref();
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
