package io.reelmux.benchmarks;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** The floor: the shortest loop of plain FFmpeg calls that decodes. It touches no pixel. */
final class DecodeLoop implements ReadLoop {

  @Override
  public int read(Path file) throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    check(avformat_open_input(input, file.toString(), null, (AVDictionary) null));
    check(avformat_find_stream_info(input, (PointerPointer<?>) null));
    AVCodecContext codec = openDecoder(input);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    int frames = 0;
    while (av_read_frame(input, packet) >= 0) {
      frames += decode(codec, packet, frame);
      av_packet_unref(packet);
    }
    frames += decode(codec, null, frame);
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
    avformat_close_input(input);
    return frames;
  }

  private static AVCodecContext openDecoder(AVFormatContext input) throws IOException {
    AVCodec decoder = avcodec_find_decoder(input.streams(0).codecpar().codec_id());
    AVCodecContext codec = avcodec_alloc_context3(decoder);
    check(avcodec_parameters_to_context(codec, input.streams(0).codecpar()));
    codec.thread_count(1);
    check(avcodec_open2(codec, decoder, (AVDictionary) null));
    return codec;
  }

  private static int decode(AVCodecContext codec, @Nullable AVPacket packet, AVFrame frame)
      throws IOException {
    check(avcodec_send_packet(codec, packet));
    int frames = 0;
    while (avcodec_receive_frame(codec, frame) >= 0) {
      frames++;
    }
    return frames;
  }

  private static void check(int code) throws IOException {
    if (code < 0) {
      throw new IOException("FFmpeg failed with " + code);
    }
  }
}
