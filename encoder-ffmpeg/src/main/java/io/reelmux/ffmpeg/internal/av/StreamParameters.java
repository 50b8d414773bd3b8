package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_from_context;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/** Owns an AVCodecParameters: what a container stores of a stream's codec. */
public final class StreamParameters extends NativeOwner {
  private final AVCodecParameters struct;

  private StreamParameters(AVCodecParameters struct) {
    this.struct = struct;
  }

  /** Allocates parameters of which nothing is set. */
  public static StreamParameters allocate() throws EncoderException {
    return new StreamParameters(
        Av.allocated(avcodec_parameters_alloc(), "allocate the description of a stream"));
  }

  /** Copies those of an open encoder. */
  public static StreamParameters of(CodecContext codec) throws EncoderException {
    StreamParameters parameters = allocate();
    try {
      Av.check(
          avcodec_parameters_from_context(parameters.struct, codec.struct()),
          "describe a stream to the container");
      return parameters;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, parameters);
      throw e;
    }
  }

  /** Copies these into others, which the caller owns. */
  public void copyTo(AVCodecParameters target) throws EncoderException {
    Av.check(avcodec_parameters_copy(target, struct), "describe a stream to the container");
  }

  /** Returns the number of the codec, an AVCodecID. */
  public int codecId() {
    return struct.codec_id();
  }

  /** Returns the name of the codec, such as {@code h264}. */
  public String codecName() {
    return Av.string(avcodec_get_name(struct.codec_id()));
  }

  /** Returns a copy of the codec's global header; empty if it has none. */
  public byte[] extradata() {
    byte[] extradata = new byte[struct.extradata_size()];
    if (extradata.length > 0) {
      struct.extradata().get(extradata);
    }
    return extradata;
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVCodecParameters struct() {
    return struct;
  }

  @Override
  protected void free() {
    avcodec_parameters_free(struct);
  }
}
