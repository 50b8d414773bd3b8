package io.reelmux.ffmpeg.internal.audio;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_bytes_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_exact_bits_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;

import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.Notes;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** Notes when a lossless codec has fewer bits than the caller's integers. */
final class Precision {
  private final CodecContext codec;
  private final Notes notes;

  /** Describes an open encoder. */
  Precision(CodecContext codec, Notes notes) {
    this.codec = codec;
    this.notes = notes;
  }

  /** Compares samples of a type; what is lost to a lossy codec, or of floats, is no surprise. */
  void check(SampleLayout.Type type) {
    int bits =
        switch (type) {
          case U8, S16, S24, S32 -> type.bytes() * Byte.SIZE;
          case FLOAT, DOUBLE -> 0;
        };
    if (bits > codecBits() && isLossless()) {
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
