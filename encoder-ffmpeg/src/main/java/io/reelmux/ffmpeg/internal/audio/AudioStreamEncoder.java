package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_VARIABLE_FRAME_SIZE;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.SampleFifo;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * An audio stream: converts samples, splits them into the encoder's frames, and encodes them. Used
 * by one thread at a time, except for {@link #samples}.
 */
public final class AudioStreamEncoder implements AutoCloseable {

  /** Samples of a frame where the encoder accepts any number. */
  private static final int FREE_FRAME_SIZE = 1024;

  private final NativeScope scope = new NativeScope();
  private final AudioOptions options;
  private final CodecContext codec;
  private final SampleFifo fifo;
  private final Frame frame;
  private final PacketRef packet;
  private final int frameSize;
  private final TimeBase inputBase;
  private final PacketConsumer outlet;
  private @Nullable SampleConverter converter;

  /** Samples added, including silence for gaps; the input's clock. */
  private final AtomicLong position = new AtomicLong();

  private long encoded;

  private AudioStreamEncoder(AudioOptions options, CodecContext opened, PacketConsumer outlet)
      throws EncoderException {
    this.options = options;
    this.outlet = outlet;
    this.codec = scope.add(opened);
    try {
      inputBase = new TimeBase(1, options.sampleRate());
      AVCodecContext context = opened.struct();
      boolean free =
          (opened.codec().capabilities() & AV_CODEC_CAP_VARIABLE_FRAME_SIZE) != 0
              || context.frame_size() <= 0;
      frameSize = free ? FREE_FRAME_SIZE : context.frame_size();
      int format = context.sample_fmt();
      fifo =
          scope.add(SampleFifo.allocate(format, context.ch_layout().nb_channels(), 2 * frameSize));
      frame = scope.add(Frame.audio(format, context.ch_layout(), context.sample_rate(), frameSize));
      packet = scope.add(PacketRef.allocate());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Opens the encoder of a stream.
   *
   * @param outlet receives the packets
   * @param notes of this stream
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses
   */
  public static AudioStreamEncoder open(
      AVCodec codec, AudioOptions options, Container container, PacketConsumer outlet, Notes notes)
      throws EncoderException {
    return new AudioStreamEncoder(
        options, AudioSetup.open(codec, options, container, notes), outlet);
  }

  /**
   * Refuses samples whose own time is before the end of those already added.
   *
   * @throws IllegalArgumentException with both times
   */
  public void check(AudioSamples samples) {
    long gap;
    try {
      gap = gap(samples);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "pts %s is beyond 2^63 samples".formatted(samples.pts().orElse(Duration.ZERO)), e);
    }
    if (gap < 0) {
      throw new IllegalArgumentException(
          "pts %s lies before %s, the end of the samples already added"
              .formatted(
                  samples.pts().orElse(Duration.ZERO), inputBase.toDuration(position.get())));
    }
  }

  /** Encodes samples that have been checked. */
  public void add(AudioSamples samples) throws IOException {
    SampleConverter target = converterFor(samples.layout().type());
    for (long gap = gap(samples); gap > 0; ) {
      int count = (int) Math.min(gap, SampleConverter.CHUNK);
      target.addSilence(count);
      position.addAndGet(count);
      gap -= count;
    }
    for (int from = 0; from < samples.count(); from += SampleConverter.CHUNK) {
      int count = Math.min(samples.count() - from, SampleConverter.CHUNK);
      target.add(samples, from, count);
      position.addAndGet(count);
    }
  }

  /** Encodes what is still held; the last frame may be shorter. */
  public void end() throws IOException {
    if (converter != null) {
      converter.drain();
    }
    int rest = fifo.size();
    if (rest > 0) {
      encode(rest);
    }
    codec.drain(packet, outlet);
  }

  private void encodeFullFrames() throws IOException {
    while (fifo.size() >= frameSize) {
      encode(frameSize);
    }
  }

  private void encode(int samples) throws IOException {
    frame.makeWritable();
    AVFrame struct = frame.struct();
    struct.nb_samples(samples);
    fifo.read(struct.extended_data(), samples);
    struct.pts(encoded);
    struct.duration(samples);
    encoded += samples;
    codec.encode(struct, packet, outlet);
  }

  /** Samples of silence before these; times within a millisecond are the same. */
  private long gap(AudioSamples samples) {
    if (samples.pts().isEmpty()) {
      return 0;
    }
    long gap = inputBase.toTicks(samples.pts().get()) - position.get();
    return Math.abs(gap) <= options.sampleRate() / 1000 ? 0 : gap;
  }

  private SampleConverter converterFor(SampleLayout.Type type) throws IOException {
    SampleConverter current = converter;
    if (current == null || !current.handles(type)) {
      if (current != null) {
        current.drain();
        current.close();
        converter = null;
      }
      current =
          new SampleConverter(
              type,
              options.channels(),
              options.sampleRate(),
              codec.struct(),
              fifo,
              this::encodeFullFrames);
      converter = current;
    }
    return current;
  }

  /** Returns the open encoder. */
  public CodecContext codec() {
    return codec;
  }

  /** Returns the options that the stream was added with. */
  public AudioOptions options() {
    return options;
  }

  /** Returns the name of the encoder's sample format. */
  public String formatName() {
    return Av.string(av_get_sample_fmt_name(codec.struct().sample_fmt()));
  }

  /** Returns the unit of the packets' times. */
  public TimeBase timeBase() {
    return new TimeBase(1, codec.struct().sample_rate());
  }

  /** Returns the number of samples added for each channel, from any thread. */
  public long samples() {
    return position.get();
  }

  /** Returns the time from 0 to the end of the last sample. */
  public Duration duration() {
    return inputBase.toDuration(position.get());
  }

  @Override
  public void close() {
    if (converter != null) {
      converter.close();
      converter = null;
    }
    scope.close();
  }
}
