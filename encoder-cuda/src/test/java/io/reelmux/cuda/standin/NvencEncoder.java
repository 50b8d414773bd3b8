package io.reelmux.cuda.standin;

import static io.reelmux.cuda.standin.Av.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an FFmpeg NVENC encoder, and collects its output. */
final class NvencEncoder implements AutoCloseable {

  /** One packet's bytes, times and key flag. */
  record Packet(byte[] bytes, long pts, long dts, boolean key) {}

  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final List<Packet> packets = new ArrayList<>();

  /** Opens the encoder for frames of a memory, with encoder options such as {@code bf}. */
  NvencEncoder(String codec, FrameMemory memory, Map<String, String> options) {
    this(codec, memory, options, context -> {});
  }

  /** Does the same, after {@code prepare} has set the fields that are not options. */
  NvencEncoder(
      String codec,
      FrameMemory memory,
      Map<String, String> options,
      Consumer<AVCodecContext> prepare) {
    context = avcodec_alloc_context3(avcodec_find_encoder_by_name(codec + "_nvenc"));
    context.width(memory.width()).height(memory.height()).pix_fmt(memory.pixelFormat());
    context.time_base().num(1).den(25);
    context.framerate().num(25).den(1);
    if (memory.pixelFormat() == AV_PIX_FMT_CUDA) {
      context.hw_frames_ctx(av_buffer_ref(memory.framesContext()));
    }
    prepare.accept(context);
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
    int opened = avcodec_open2(context, context.codec(), dictionary);
    av_dict_free(dictionary);
    if (opened < 0) {
      close();
      check("avcodec_open2", opened);
    }
  }

  /** The stream's headers, if global headers were requested. */
  byte[] extradata() {
    byte[] bytes = new byte[context.extradata_size()];
    if (bytes.length > 0) {
      context.extradata().get(bytes);
    }
    return bytes;
  }

  /** Encodes a frame, optionally as a key frame. */
  void write(AVFrame frame, long pts, boolean key) {
    frame.pts(pts).pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    check("avcodec_send_frame", avcodec_send_frame(context, frame));
    receive();
  }

  /** Ends the stream, and returns its packets in order. */
  List<Packet> finish() {
    check("avcodec_send_frame", avcodec_send_frame(context, null));
    receive();
    return packets;
  }

  private void receive() {
    int result;
    while ((result = avcodec_receive_packet(context, packet)) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      packets.add(new Packet(bytes, packet.pts(), packet.dts(), key));
      av_packet_unref(packet);
    }
    if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
      check("avcodec_receive_packet", result);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
