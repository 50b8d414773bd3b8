package io.reelmux.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;

import io.reelmux.AudioSamples;
import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Resampler;
import io.reelmux.spi.HostMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Converts the caller's samples of one type to the encoder's format, rate and channels, and queues
 * them. The JVM copies the samples to native memory, a chunk at a time, and they leave the
 * resampler a piece at a time: a chunk at a very low rate becomes millions of samples.
 */
final class SampleConverter implements AutoCloseable {

  /** Samples of a chunk. */
  static final int CHUNK = 4096;

  /** Maximum number of samples of a piece. */
  private static final int PIECE = 1 << 16;

  private final NativeScope scope = new NativeScope();
  private final SampleLayout.Type type;
  private final int channels;
  private final ChannelMap map;
  private final Levels levels;
  private final Precision precision;
  private final Frame input;
  private final ByteBuffer inputView;

  /** Created once, like {@link #outputPlanes}: each call of the accessor creates an object. */
  private final PointerPointer<?> inputPlanes;

  private final Resampler resampler;
  private final Frame output;
  private final PointerPointer<?> outputPlanes;
  private final int capacity;
  private final SampleTarget target;

  /**
   * Opens a converter.
   *
   * @param type of the caller's samples
   * @param sampleRate of the caller's samples
   * @param map of the caller's channels; remains the caller's
   * @param levels of the caller's samples
   * @param precision of the encoder, which has begun with this type
   * @param encoder is given the converted samples
   * @param target receives the converted samples
   */
  SampleConverter(
      SampleLayout.Type type,
      int sampleRate,
      ChannelMap map,
      Levels levels,
      Precision precision,
      AVCodecContext encoder,
      SampleTarget target)
      throws EncoderException {
    this.type = type;
    this.map = map;
    this.levels = levels;
    this.precision = precision;
    this.channels = map.layout().nb_channels();
    this.target = target;
    int format = format(type);
    try {
      input = scope.add(Frame.audio(format, map.layout(), sampleRate, CHUNK));
      long bytes = (long) CHUNK * channels * bytes(type);
      inputPlanes = input.struct().data();
      inputView =
          input.struct().data(0).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
      resampler =
          scope.add(
              Resampler.allocate(
                  new Resampler.Side(map.layout(), format, sampleRate),
                  new Resampler.Side(
                      encoder.ch_layout(), encoder.sample_fmt(), encoder.sample_rate()),
                  map.matrix()));
      capacity = Math.min(PIECE, Math.max(1, resampler.maxOutput(CHUNK)));
      output =
          scope.add(
              Frame.audio(
                  encoder.sample_fmt(), encoder.ch_layout(), encoder.sample_rate(), capacity));
      outputPlanes = output.struct().extended_data();
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  boolean handles(SampleLayout.Type other) {
    return other == type;
  }

  /** Converts at most {@link #CHUNK} of the caller's samples. */
  void add(AudioSamples samples, int from, int count) throws IOException {
    HostMemory.copyInterleaved(samples, from, count, inputView);
    levels.limit(type, inputView, count * channels);
    precision.watch(inputView, count * channels);
    map.reorder(inputView, count, bytes(type));
    convert(count);
  }

  /** Converts at most {@link #CHUNK} samples of silence. */
  void addSilence(int count) throws IOException {
    byte silence = (byte) (type == SampleLayout.Type.U8 ? 0x80 : 0);
    int bytes = count * channels * bytes(type);
    for (int i = 0; i < bytes; i++) {
      inputView.put(i, silence);
    }
    convert(count);
  }

  private void convert(int count) throws IOException {
    int made = queue(resampler.convert(inputPlanes, count, outputPlanes, capacity));
    while (made == capacity) {
      // the resampler keeps what did not fit
      made = queue(resampler.convert(inputPlanes, 0, outputPlanes, capacity));
    }
  }

  /** Queues what the resampler still holds. */
  void drain() throws IOException {
    int made;
    do {
      made = queue(resampler.drain(outputPlanes, capacity));
    } while (made > 0);
  }

  private int queue(int made) throws IOException {
    target.add(outputPlanes, made);
    return made;
  }

  /** Size of a value in native memory. */
  private static int bytes(SampleLayout.Type type) {
    return type == SampleLayout.Type.S24 ? Integer.BYTES : type.bytes();
  }

  private static int format(SampleLayout.Type type) {
    return switch (type) {
      case U8 -> AV_SAMPLE_FMT_U8;
      case S16 -> AV_SAMPLE_FMT_S16;
      // the JVM unpacks the values of 24 bits
      case S24, S32 -> AV_SAMPLE_FMT_S32;
      case FLOAT -> AV_SAMPLE_FMT_FLT;
      case DOUBLE -> AV_SAMPLE_FMT_DBL;
    };
  }

  @Override
  public void close() {
    scope.close();
  }
}
