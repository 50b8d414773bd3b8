package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Decodes the packets of one stream with libavcodec, on one thread. */
public final class StreamDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVFrame frame = av_frame_alloc();

  private StreamDecoder(AVCodecContext context) {
    this.context = context;
  }

  /**
   * Opens the decoder of a stream of a file.
   *
   * @param decoders decoders by codec name, where FFmpeg's default is not wanted
   * @return the decoder, or null if FFmpeg has none for the codec
   */
  public static @Nullable StreamDecoder of(AVStream stream, Map<String, String> decoders)
      throws IOException {
    int id = stream.codecpar().codec_id();
    String name = decoders.get(avcodec_get_name(id).getString());
    AVCodec codec = name == null ? avcodec_find_decoder(id) : avcodec_find_decoder_by_name(name);
    if (codec == null || codec.isNull()) {
      return null;
    }
    StreamDecoder decoder = new StreamDecoder(avcodec_alloc_context3(codec));
    try {
      Codes.check(
          avcodec_parameters_to_context(decoder.context, stream.codecpar()), "copy parameters");
      decoder.context.pkt_timebase(stream.time_base());
      decoder.open(codec);
      return decoder;
    } catch (IOException e) {
      decoder.close();
      throw e;
    }
  }

  /**
   * Opens a decoder that knows nothing of a container: what is not in the headers must be in the
   * packets, whose times are in ticks of 1/25 s.
   *
   * @param name of the decoder
   * @param headers the codec's global header; empty if it is in the packets
   */
  public static StreamDecoder of(String name, byte[] headers) throws IOException {
    AVCodec codec = avcodec_find_decoder_by_name(name);
    StreamDecoder decoder = new StreamDecoder(avcodec_alloc_context3(codec));
    try {
      decoder.context.pkt_timebase().num(1).den(25);
      if (headers.length > 0) {
        BytePointer extradata =
            new BytePointer(av_mallocz(headers.length + AV_INPUT_BUFFER_PADDING_SIZE));
        decoder.context.extradata(extradata.put(headers)).extradata_size(headers.length);
      }
      decoder.open(codec);
      return decoder;
    } catch (IOException e) {
      decoder.close();
      throw e;
    }
  }

  private void open(AVCodec codec) throws IOException {
    context.thread_count(1);
    Codes.check(avcodec_open2(context, codec, (AVDictionary) null), "open the decoder");
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * Decodes a packet. A frame is valid only during the call of the action.
   *
   * @throws IOException if it cannot be decoded
   */
  public void decode(AVPacket packet, Consumer<AVFrame> action) throws IOException {
    Codes.check(avcodec_send_packet(context, packet), "decode a packet");
    receiveAll(action);
  }

  /**
   * Ends the stream and decodes what the decoder still holds.
   *
   * @throws IOException if it cannot be decoded
   */
  public void drain(Consumer<AVFrame> action) throws IOException {
    Codes.check(avcodec_send_packet(context, /* packet= */ null), "drain the decoder");
    receiveAll(action);
  }

  private void receiveAll(Consumer<AVFrame> action) throws IOException {
    int code;
    while ((code = avcodec_receive_frame(context, frame)) >= 0) {
      action.accept(frame);
      av_frame_unref(frame);
    }
    if (code != AVERROR_EOF && code != AVERROR_EAGAIN()) {
      Codes.check(code, "receive a frame");
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
