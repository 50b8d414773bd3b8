package io.reelmux.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;

import io.reelmux.AudioSamples;
import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.ChannelLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Resampler;
import io.reelmux.ffmpeg.internal.av.SampleFifo;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Turns the caller's samples of one type into the encoder's format, rate and channels, and queues
 * them. The samples come into native memory by the JVM's own copy, a chunk at a time.
 */
final class SampleConverter implements AutoCloseable {

  /** Samples of a chunk. */
  static final int CHUNK = 4096;

  private final NativeScope scope = new NativeScope();
  private final SampleLayout.Type type;
  private final int channels;
  private final AVCodecContext encoder;
  private final SampleFifo fifo;
  private final Frame input;
  private final ByteBuffer inputView;

  /** Made once, as {@link #outputPlanes}: each call of the accessor makes an object. */
  private final PointerPointer<?> inputPlanes;

  private final Resampler resampler;
  private Frame output;
  private PointerPointer<?> outputPlanes;
  private int capacity;

  SampleConverter(
      SampleLayout.Type type, int channels, int sampleRate, AVCodecContext encoder, SampleFifo fifo)
      throws EncoderException {
    this.type = type;
    this.channels = channels;
    this.encoder = encoder;
    this.fifo = fifo;
    int format = format(type);
    try {
      // as many channels as the encoder has are passed on as they are
      boolean same = channels == encoder.ch_layout().nb_channels();
      ChannelLayout layout =
          scope.add(same ? ChannelLayout.copyOf(encoder.ch_layout()) : ChannelLayout.of(channels));
      input = scope.add(Frame.samples(format, layout.struct(), sampleRate, CHUNK));
      long bytes = (long) CHUNK * channels * type.bytes();
      inputPlanes = input.struct().data();
      inputView = input.struct().data(0).capacity(bytes).asByteBuffer();
      resampler =
          scope.add(
              Resampler.allocate(
                  new Resampler.Side(layout.struct(), format, sampleRate),
                  new Resampler.Side(
                      encoder.ch_layout(), encoder.sample_fmt(), encoder.sample_rate())));
      capacity = resampler.bound(CHUNK);
      output = outputFrame(capacity);
      outputPlanes = output.struct().extended_data();
    } catch (EncoderException e) {
      scope.close();
      throw e;
    }
  }

  private Frame outputFrame(int samples) throws EncoderException {
    return Frame.samples(
        encoder.sample_fmt(), encoder.ch_layout(), encoder.sample_rate(), Math.max(1, samples));
  }

  boolean handles(SampleLayout.Type other) {
    return other == type;
  }

  /** Converts at most {@link #CHUNK} of the caller's samples. */
  void add(AudioSamples samples, int from, int count) throws EncoderException {
    samples.copyInterleaved(from, count, inputView);
    convert(count);
  }

  /** Converts at most {@link #CHUNK} samples of silence. */
  void addSilence(int count) throws EncoderException {
    byte silence = (byte) (type == SampleLayout.Type.U8 ? 0x80 : 0);
    int bytes = count * channels * type.bytes();
    for (int i = 0; i < bytes; i++) {
      inputView.put(i, silence);
    }
    convert(count);
  }

  private void convert(int count) throws EncoderException {
    reserve(count);
    int made = resampler.convert(inputPlanes, count, outputPlanes, capacity);
    fifo.write(outputPlanes, made);
  }

  /** Queues what the resampler still holds. */
  void drain() throws EncoderException {
    int made;
    do {
      reserve(0);
      made = resampler.convert(null, 0, outputPlanes, capacity);
      fifo.write(outputPlanes, made);
    } while (made > 0);
  }

  private void reserve(int count) throws EncoderException {
    int needed = resampler.bound(count);
    if (needed > capacity) {
      Frame larger = outputFrame(needed);
      output.close();
      output = larger;
      outputPlanes = larger.struct().extended_data();
      capacity = needed;
    }
  }

  private static int format(SampleLayout.Type type) {
    return switch (type) {
      case U8 -> AV_SAMPLE_FMT_U8;
      case S16 -> AV_SAMPLE_FMT_S16;
      case S32 -> AV_SAMPLE_FMT_S32;
      case FLOAT -> AV_SAMPLE_FMT_FLT;
      case DOUBLE -> AV_SAMPLE_FMT_DBL;
    };
  }

  @Override
  public void close() {
    output.close();
    scope.close();
  }
}
