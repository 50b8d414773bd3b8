package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.SampleLayout.Type;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeChannelLayout;
import io.reelmux.ffmpeg.internal.av.Resampler;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Converts each decoded frame, as a whole, to one format and one set of channels, so that a
 * sample's value does not depend on which part of the frame is asked for. Frames of another sample
 * rate than the stream's are brought to that, one by one.
 */
final class FrameConverter implements AutoCloseable {
  private static final double[] UNMIXED = {};

  private final ChannelMix mix;
  private final SampleLayout layout;
  private final int format;
  private final int sampleRate;
  private final DamageCount notes;

  /** What frames looked like when the resampler was made. */
  private @Nullable NativeChannelLayout source;

  private int sourceFormat;
  private int sourceRate;
  private boolean changed;

  /** Missing if frames need no conversion. */
  private @Nullable Resampler resampler;

  private @Nullable Frame output;
  private int capacity;
  private @Nullable PlaneWindow window;

  /**
   * Converts nothing yet.
   *
   * @param mix remains the caller's
   * @param layout of the converted frames
   * @param sampleRate of the stream
   */
  FrameConverter(ChannelMix mix, SampleLayout layout, int sampleRate, DamageCount notes) {
    this.mix = mix;
    this.layout = layout;
    this.format = SampleFormats.of(layout);
    this.sampleRate = sampleRate;
    this.notes = notes;
  }

  /** Returns the number of samples that a frame has once it is converted. */
  int samples(AVFrame frame) {
    int rate = frame.sample_rate();
    return rate == sampleRate || rate <= 0
        ? frame.nb_samples()
        : (int) (((long) frame.nb_samples() * sampleRate + rate / 2) / rate);
  }

  /**
   * Converts a frame.
   *
   * @return the frame, or one of this converter, which is valid until the next call
   */
  Frame convert(Frame decoded) throws EncoderException {
    AVFrame frame = decoded.struct();
    adapt(frame);
    Resampler converter = resampler;
    if (converter == null) {
      return decoded;
    }
    int samples = samples(frame);
    if (isOtherRate(frame)) {
      return convertRate(converter, frame, samples);
    }
    Frame result = output(samples);
    converter.convert(frame.extended_data(), samples, result.struct().extended_data(), capacity);
    return result;
  }

  private boolean isOtherRate(AVFrame frame) {
    return frame.sample_rate() > 0 && frame.sample_rate() != sampleRate;
  }

  private Frame convertRate(Resampler converter, AVFrame frame, int samples)
      throws EncoderException {
    converter.restart();
    Frame result = silence(Math.max(samples, converter.maxOutput(frame.nb_samples())));
    int made =
        converter.convert(
            frame.extended_data(), frame.nb_samples(), result.struct().extended_data(), capacity);
    if (window == null) {
      window = new PlaneWindow(layout, mix.target());
    }
    while (made < samples) {
      int more = converter.drain(window.from(result.struct(), made), capacity - made);
      if (more == 0) {
        break;
      }
      made += more;
    }
    return result;
  }

  /** Returns silence, which is valid until the next call. */
  Frame silence(int samples) throws EncoderException {
    Frame result = output(samples);
    int channels = mix.channels().count();
    int planes = layout.isPlanar() ? channels : 1;
    int bytes = samples * SampleFormats.bytes(layout.type()) * (channels / planes);
    byte silence = (byte) (layout.type() == Type.U8 ? 0x80 : 0);
    for (int plane = 0; plane < planes; plane++) {
      ByteBuffer memory = result.struct().extended_data(plane).capacity(bytes).asByteBuffer();
      for (int i = 0; i < bytes; i++) {
        memory.put(i, silence);
      }
    }
    return result;
  }

  private Frame output(int samples) throws EncoderException {
    Frame current = output;
    if (current == null || samples > capacity) {
      if (current != null) {
        current.close();
        output = null;
      }
      current = Frame.audio(format, mix.target(), sampleRate, Math.max(1, samples));
      output = current;
      capacity = Math.max(1, samples);
    }
    return current;
  }

  private void adapt(AVFrame frame) throws EncoderException {
    NativeChannelLayout known = source;
    if (known != null) {
      if (frame.format() == sourceFormat
          && frame.sample_rate() == sourceRate
          && known.isSame(frame.ch_layout())) {
        return;
      }
      noteChange(known, frame);
      forget();
    }
    source = NativeChannelLayout.copyOf(frame.ch_layout());
    sourceFormat = frame.format();
    sourceRate = frame.sample_rate();
    resampler = resampler(frame);
  }

  private void noteChange(NativeChannelLayout known, AVFrame frame) throws EncoderException {
    if (!changed) {
      changed = true;
      notes.note(
          "the audio changes within the stream, from "
              + describe(sourceRate, known)
              + " to "
              + describe(frame.sample_rate(), frame)
              + "; it is converted to what the stream says first");
    }
  }

  private static String describe(int rate, NativeChannelLayout channels) throws EncoderException {
    return rate + " Hz " + channels.describe();
  }

  private static String describe(int rate, AVFrame frame) throws EncoderException {
    return rate + " Hz " + NativeChannelLayout.describe(frame.ch_layout());
  }

  private @Nullable Resampler resampler(AVFrame frame) throws EncoderException {
    double[] matrix = mix.matrix(frame.ch_layout());
    boolean isUnmixed = matrix.length == 0;
    if (isUnmixed && frame.format() == format && !isOtherRate(frame)) {
      return null;
    }
    int rate = isOtherRate(frame) ? frame.sample_rate() : sampleRate;
    Resampler.Side from =
        new Resampler.Side(isUnmixed ? mix.target() : frame.ch_layout(), frame.format(), rate);
    Resampler.Side to = new Resampler.Side(mix.target(), format, sampleRate);
    return Resampler.allocate(from, to, isUnmixed ? UNMIXED : matrix);
  }

  private void forget() {
    if (source != null) {
      source.close();
      source = null;
    }
    if (resampler != null) {
      resampler.close();
      resampler = null;
    }
  }

  @Override
  public void close() {
    forget();
    if (output != null) {
      output.close();
      output = null;
    }
    if (window != null) {
      window.close();
      window = null;
    }
  }
}
