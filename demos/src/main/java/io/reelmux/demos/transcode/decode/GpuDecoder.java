package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes video on a GPU; owns the decoder. If the GPU has no decoder for the stream, FFmpeg
 * decodes on the CPU; the format of a frame shows which.
 */
final class GpuDecoder implements NativeOwner {
  private static final int EAGAIN = avutil.AVERROR_EAGAIN();

  private final PacketReader packets;
  private final AVCodecContext codec;

  private GpuDecoder(PacketReader packets, AVCodecContext codec) {
    this.packets = packets;
    this.codec = codec;
  }

  /**
   * Opens a decoder.
   *
   * @param packets what to decode; stays the caller's, and must be closed after the decoder
   */
  static GpuDecoder open(PacketReader packets, GpuDevice device) throws IOException {
    AVCodec decoder =
        FfmpegCall.check(
            avcodec_find_decoder(packets.stream().codecpar().codec_id()), "find a decoder");
    AVCodecContext codec = FfmpegCall.check(avcodec_alloc_context3(decoder), "make a decoder");
    try {
      FfmpegCall.check(
          avcodec_parameters_to_context(codec, packets.stream().codecpar()), "set up the decoder");
      codec.pkt_timebase(packets.stream().time_base());
      // given a device, FFmpeg prefers frames in its memory to those in host memory
      codec.hw_device_ctx(device.newReference());
      FfmpegCall.check(avcodec_open2(codec, decoder, (AVDictionary) null), "open the decoder");
      return new GpuDecoder(packets, codec);
    } catch (IOException | RuntimeException e) {
      avcodec_free_context(codec);
      throw e;
    }
  }

  /**
   * Decodes the next frame.
   *
   * @param target receives the frame; what it held is released
   * @return false at the end
   */
  boolean next(AVFrame target) throws IOException {
    while (true) {
      int code = avcodec_receive_frame(codec, target);
      if (code == AVERROR_EOF) {
        return false;
      }
      if (code == EAGAIN) {
        code = avcodec_send_packet(codec, packets.next());
      } else if (code >= 0) {
        return true;
      }
      // skip damaged packets, as players do
      if (code != AVERROR_INVALIDDATA) {
        FfmpegCall.check(code, "decode a packet");
      }
    }
  }

  @Override
  public void close() {
    avcodec_free_context(codec);
  }
}
