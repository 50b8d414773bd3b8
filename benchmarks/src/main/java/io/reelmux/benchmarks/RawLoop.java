package io.reelmux.benchmarks;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The floor: the shortest loop of plain FFmpeg calls. Its input is yuv420p in FFmpeg's own frames
 * before it starts, so it neither converts nor copies. It writes a plain MP4 through FFmpeg's own
 * file protocol.
 */
final class RawLoop implements EncodeLoop {
  private final Job job;
  private final AVFrame[] ring;

  /**
   * Creates a loop.
   *
   * @param ring planes Y, U, V, tightly packed; copied into native frames
   */
  RawLoop(Job job, ByteBuffer[] ring) throws IOException {
    av_log_set_level(AV_LOG_ERROR);
    this.job = job;
    this.ring = new AVFrame[ring.length];
    for (int i = 0; i < ring.length; i++) {
      this.ring[i] = frame(ring[i]);
    }
  }

  private AVFrame frame(ByteBuffer i420) throws IOException {
    AVFrame frame = av_frame_alloc();
    frame.format(AV_PIX_FMT_YUV420P).width(job.width()).height(job.height());
    check(av_frame_get_buffer(frame, 64));
    int from = 0;
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      int rowBytes = job.width() >> shift;
      int rows = job.height() >> shift;
      int stride = frame.linesize(plane);
      ByteBuffer target = frame.data(plane).capacity((long) stride * rows).asByteBuffer();
      for (int row = 0; row < rows; row++) {
        target.put(row * stride, i420, from, rowBytes);
        from += rowBytes;
      }
    }
    return frame;
  }

  @Override
  public Running start(Path file) throws IOException {
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
    return new RawRunning(io, false);
  }

  @Override
  public Running startInMemory() throws IOException {
    AVIOContext io = new AVIOContext(null);
    check(avio_open_dyn_buf(io));
    return new RawRunning(io, true);
  }

  private AVCodecContext openEncoder() throws IOException {
    AVCodec encoder = avcodec_find_encoder_by_name(job.codec().encoder());
    AVCodecContext codec = avcodec_alloc_context3(encoder);
    codec.width(job.width()).height(job.height()).pix_fmt(AV_PIX_FMT_YUV420P);
    codec.time_base().num(1).den(Job.RATE);
    codec.framerate().num(Job.RATE).den(1);
    codec.thread_count(0);
    codec.bit_rate(job.codec().bitRate().orElse(0));
    codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    for (Map.Entry<String, String> option : job.codec().options(job.preset()).entrySet()) {
      check(av_opt_set(codec.priv_data(), option.getKey(), option.getValue(), 0));
    }
    check(avcodec_open2(codec, encoder, (AVDictionary) null));
    return codec;
  }

  private final class RawRunning implements Running {
    private final AVCodecContext codec = openEncoder();
    private final AVFormatContext output = new AVFormatContext(null);
    private final AVStream stream;
    private final AVIOContext io;
    private final boolean inMemory;
    private final AVPacket packet = av_packet_alloc();

    /** Refers to the ring's memory: each encoding has times of its own. */
    private final AVFrame frame = av_frame_alloc();

    private long frames;

    RawRunning(AVIOContext io, boolean inMemory) throws IOException {
      this.io = io;
      this.inMemory = inMemory;
      check(avformat_alloc_output_context2(output, null, "mp4", null));
      stream = avformat_new_stream(output, null);
      check(avcodec_parameters_from_context(stream.codecpar(), codec));
      stream.time_base().num(1).den(Job.RATE);
      output.pb(io);
      check(avformat_write_header(output, (PointerPointer<?>) null));
    }

    @Override
    public void add(int index) throws IOException {
      check(av_frame_ref(frame, ring[index]));
      frame.pts(frames++);
      encode(frame);
      av_frame_unref(frame);
    }

    private void encode(@Nullable AVFrame input) throws IOException {
      check(avcodec_send_frame(codec, input));
      while (avcodec_receive_packet(codec, packet) >= 0) {
        packet.duration(1);
        av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
        check(av_write_frame(output, packet));
        av_packet_unref(packet);
      }
    }

    @Override
    public void close() throws IOException {
      encode(null);
      check(av_write_trailer(output));
      if (inMemory) {
        BytePointer bytes = new BytePointer((Pointer) null);
        check(avio_close_dyn_buf(io, bytes));
        av_free(bytes);
      } else {
        check(avio_close(io));
      }
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(codec);
      avformat_free_context(output);
    }
  }

  private static int check(int code) throws IOException {
    if (code < 0) {
      throw new IOException("FFmpeg failed with " + code);
    }
    return code;
  }
}
