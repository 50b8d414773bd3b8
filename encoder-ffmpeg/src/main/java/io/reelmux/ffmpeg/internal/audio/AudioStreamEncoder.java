package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_sample_fmt_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_rescale;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_samples_set_silence;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_VARIABLE_FRAME_SIZE;

import io.reelmux.AudioGaps;
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
import io.reelmux.ffmpeg.internal.codec.AudioRules;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;
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
  private final @Nullable AudioFilter filter;
  private final SampleFifo fifo;
  private final Frame frame;
  private final PacketRef packet;
  private final int frameSize;
  private final SampleClock clock;
  private final ChannelMap map;
  private final Levels levels;
  private final Precision precision;
  private final AudioEdges edges;
  private final Container container;
  private final Notes notes;
  private final PacketConsumer outlet;
  private @Nullable SampleConverter converter;

  /** Samples behind the filters. */
  private final AtomicLong queued = new AtomicLong();

  /** Time of the next encoder frame, in samples of the encoder. */
  private long framePts;

  private long trimmed;

  private AudioStreamEncoder(
      AudioOptions options,
      CodecContext opened,
      Container container,
      PacketConsumer outlet,
      Notes notes,
      FilterRules rules)
      throws EncoderException {
    this.options = options;
    this.container = container;
    this.outlet = outlet;
    this.notes = notes;
    this.clock = new SampleClock(options);
    this.levels = new Levels(new AudioRules(opened.codec()).maxLevel(opened.struct().sample_fmt()));
    this.codec = scope.add(opened);
    try {
      AVCodecContext context = opened.struct();
      map = scope.add(ChannelMap.of(options, context.ch_layout(), notes));
      precision = new Precision(opened, notes);
      boolean free =
          (opened.codec().capabilities() & AV_CODEC_CAP_VARIABLE_FRAME_SIZE) != 0
              || context.frame_size() <= 0;
      frameSize = free ? FREE_FRAME_SIZE : context.frame_size();
      edges = new AudioEdges(opened, frameSize);
      int format = context.sample_fmt();
      fifo =
          scope.add(SampleFifo.allocate(format, context.ch_layout().nb_channels(), 2 * frameSize));
      frame = scope.add(Frame.audio(format, context.ch_layout(), context.sample_rate(), frameSize));
      packet = scope.add(PacketRef.allocate());
      filter =
          options.filter().isEmpty()
              ? null
              : scope.add(AudioFilter.open(options.filter().get(), context, rules));
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
   * @param rules of the stream's filters
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses
   */
  public static AudioStreamEncoder open(
      AVCodec codec,
      AudioOptions options,
      Container container,
      PacketConsumer outlet,
      Notes notes,
      FilterRules rules)
      throws EncoderException {
    return new AudioStreamEncoder(
        options,
        AudioSetup.open(codec, options, container, notes),
        container,
        outlet,
        notes,
        rules);
  }

  /**
   * Refuses samples whose own time cannot be.
   *
   * @throws IllegalArgumentException with both times
   */
  public void check(AudioSamples samples) {
    clock.check(samples);
  }

  /** Encodes samples that have been checked. */
  public void add(AudioSamples samples) throws IOException {
    SampleConverter target = converterFor(samples.layout().type());
    long gap = clock.gap(samples);
    if (gap > 0 && options.gaps() == AudioGaps.KEEP) {
      leaveGap(gap);
      target = converterFor(samples.layout().type());
    } else if (gap > 0) {
      fill(gap, target);
    }
    int overlap = (int) Math.min(samples.count(), Math.max(0, -gap));
    trimmed += overlap;
    for (int from = overlap; from < samples.count(); from += SampleConverter.CHUNK) {
      int count = Math.min(samples.count() - from, SampleConverter.CHUNK);
      target.add(samples, from, count);
      clock.advance(count);
    }
  }

  private void fill(long gap, SampleConverter target) throws IOException {
    for (long rest = gap; rest > 0; ) {
      int count = (int) Math.min(rest, SampleConverter.CHUNK);
      target.addSilence(count);
      clock.advance(count);
      rest -= count;
    }
  }

  /** Ends what was added before as at the end of a stream, and goes on at a later time. */
  private void leaveGap(long gap) throws IOException {
    closeConverter();
    clock.advance(gap);
    long start = av_rescale(clock.position(), codec.struct().sample_rate(), options.sampleRate());
    int rest = fifo.size();
    // an encoder's frame is whole, unless it is the last one
    long silence = Math.min(start - framePts - rest, (frameSize - rest) % frameSize);
    queueSilence((int) Math.max(0, silence));
    framePts = start - fifo.size();
  }

  /** Adds silence behind the filters, and encodes the frames that are full. */
  private void queueSilence(int samples) throws IOException {
    for (int rest = samples; rest > 0; rest -= frameSize) {
      int count = Math.min(rest, frameSize);
      frame.makeWritable();
      AVFrame struct = frame.struct();
      int code =
          av_samples_set_silence(
              struct.extended_data(), 0, count, struct.ch_layout().nb_channels(), struct.format());
      Av.check(code, "fill a frame with silence");
      fifo.write(struct.extended_data(), count);
    }
    encodeFullFrames();
  }

  /** Encodes what is still held; the last frame may be shorter. */
  public void end() throws IOException {
    if (converter != null) {
      converter.drain();
      if (filter != null) {
        filter.end(this::queue);
      }
    }
    long last = framePts + fifo.size();
    int silence = edges.end(last);
    if (last > 0) {
      queueSilence(silence);
    }
    if (fifo.size() > 0) {
      encode(fifo.size());
    }
    codec.drain(packet, this::pass);
    String name = Av.string(avcodec_get_name(codec.codec().id()));
    for (Container member : container.members()) {
      member
          .noteEdges(name, edges.priming(), edges.padding())
          .ifPresent(notes.in(member.output())::add);
    }
    noteLosses();
  }

  private void pass(AVPacket encoded) throws IOException {
    edges.trim(packet);
    outlet.accept(encoded);
  }

  private void noteLosses() {
    if (levels.clipped() > 0) {
      notes.add(
          levels.clipped()
              + " values outside -1 to 1 were clipped; pcm_f32le and pcm_f64le keep them");
    }
    if (trimmed > 0) {
      notes.add(trimmed + " samples that overlapped earlier ones were cut");
    }
  }

  private void filter(PointerPointer<?> planes, int samples) throws IOException {
    if (filter == null) {
      queue(planes, samples);
    } else {
      filter.run(planes, samples, this::queue);
    }
  }

  private void queue(PointerPointer<?> planes, int samples) throws IOException {
    fifo.write(planes, samples);
    queued.addAndGet(samples);
    encodeFullFrames();
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
    struct.pts(framePts);
    struct.duration(samples);
    framePts += samples;
    codec.encode(struct, packet, this::pass);
  }

  private SampleConverter converterFor(SampleLayout.Type type) throws IOException {
    SampleConverter current = converter;
    if (current == null || !current.handles(type)) {
      closeConverter();
      precision.begin(type);
      current =
          new SampleConverter(
              type, options.sampleRate(), map, levels, precision, codec.struct(), this::filter);
      converter = current;
    }
    return current;
  }

  private void closeConverter() throws IOException {
    SampleConverter current = converter;
    if (current != null) {
      current.drain();
      current.close();
      converter = null;
    }
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
    return clock.position();
  }

  /** Returns the time from 0 to the end of the last sample. */
  public Duration duration() {
    return filter == null ? clock.time() : timeBase().toDuration(queued.get());
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
