package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_bytes_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_exact_bits_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;

import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/**
 * Notes when a lossless codec has fewer bits than the caller's integers use. Samples of 24 bits in
 * integers of 32 lose nothing in FLAC.
 */
final class Precision {
  private final CodecContext codec;
  private final Notes notes;
  private int bits;

  /** The bits of a sample that the codec has no room for, until one of them has been set. */
  private int lost;

  /** Describes an open encoder. */
  Precision(CodecContext codec, Notes notes) {
    this.codec = codec;
    this.notes = notes;
  }

  /** Begins with samples of a type; what is lost to a lossy codec, or of floats, is no surprise. */
  void begin(SampleLayout.Type type) {
    bits =
        switch (type) {
          case U8, S16, S24, S32 -> type.bytes() * Byte.SIZE;
          case FLOAT, DOUBLE -> 0;
        };
    boolean reduced = bits > codecBits() && isLossless();
    // 24 bits are the upper ones of 32 in native memory
    int stored = bits == Short.SIZE ? Short.SIZE : Integer.SIZE;
    lost = reduced ? (int) ((1L << (stored - codecBits())) - 1) : 0;
  }

  /**
   * Looks at samples of the type.
   *
   * @param samples integers of 16 or 32 bits, from the start of the buffer
   */
  void watch(ByteBuffer samples, int count) {
    if (lost == 0) {
      return;
    }
    int used = 0;
    if (bits == Short.SIZE) {
      for (int i = 0; i < count; i++) {
        used |= samples.getShort(i * Short.BYTES);
      }
    } else {
      for (int i = 0; i < count; i++) {
        used |= samples.getInt(i * Integer.BYTES);
      }
    }
    if ((used & lost) != 0) {
      lost = 0;
      notes.add(
          bits + " bits of each sample were reduced to the " + codecBits() + " of " + codec.name());
    }
  }

  private boolean isLossless() {
    AVCodecDescriptor descriptor = avcodec_descriptor_get(codec.struct().codec_id());
    return descriptor != null
        && !descriptor.isNull()
        && (descriptor.props() & AV_CODEC_PROP_LOSSLESS) != 0;
  }

  private int codecBits() {
    int raw = codec.struct().bits_per_raw_sample();
    int exact = av_get_exact_bits_per_sample(codec.struct().codec_id());
    int format = av_get_bytes_per_sample(codec.struct().sample_fmt()) * Byte.SIZE;
    if (raw > 0) {
      return raw;
    }
    return exact > 0 ? exact : format;
  }
}
