package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_malloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_side_data_add;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;

import io.reelmux.EncoderException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

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

  /** Copies those of a stream of a file. */
  public static StreamParameters copyOf(AVCodecParameters stream) throws EncoderException {
    StreamParameters parameters = allocate();
    try {
      Av.check(avcodec_parameters_copy(parameters.struct, stream), "copy a stream's description");
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

  /** Sets the codec's global header; must be called once at most. */
  public void setExtradata(byte[] extradata) throws EncoderException {
    if (extradata.length == 0) {
      return;
    }
    int size = extradata.length + AV_INPUT_BUFFER_PADDING_SIZE;
    BytePointer memory =
        new BytePointer(Av.allocated(av_malloc(size), "allocate the header of a codec"));
    memory.put(Arrays.copyOf(extradata, size), 0, size);
    struct.extradata(memory).extradata_size(extradata.length);
  }

  /** Returns copies of the side data of the stream, by AVPacketSideDataType. */
  public Map<Integer, byte[]> sideData() {
    return SideData.read(struct.coded_side_data(), struct.nb_coded_side_data());
  }

  /**
   * Adds side data of the stream.
   *
   * @param type AVPacketSideDataType
   */
  public void addSideData(int type, ByteBuffer data) throws EncoderException {
    int size = data.remaining();
    Pointer memory =
        Av.allocated(
            av_malloc(size + AV_INPUT_BUFFER_PADDING_SIZE), "allocate side data of a stream");
    byte[] bytes = new byte[size + AV_INPUT_BUFFER_PADDING_SIZE];
    data.duplicate().get(bytes, 0, size);
    new BytePointer(memory).put(bytes, 0, bytes.length);
    AVPacketSideData list = struct.coded_side_data();
    int[] count = {struct.nb_coded_side_data()};
    AVPacketSideData holder = list == null ? new AVPacketSideData(null) : list;
    AVPacketSideData added = av_packet_side_data_add(holder, count, type, memory, size, 0);
    if (added == null || added.isNull()) {
      av_free(memory);
      throw Av.failure(Av.ENOMEM, "store side data of a stream");
    }
    struct.coded_side_data(holder);
    struct.nb_coded_side_data(count[0]);
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
