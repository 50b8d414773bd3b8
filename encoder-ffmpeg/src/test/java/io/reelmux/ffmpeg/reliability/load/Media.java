package io.reelmux.ffmpeg.reliability.load;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.javacpp.PointerPointer;

/** Reads files back. */
final class Media {

  private Media() {}

  /** Returns the number of packets of each stream. */
  static int[] packets(Path file) throws IOException {
    AVFormatContext context = new AVFormatContext(null);
    check(avformat_open_input(context, file.toString(), null, null), file);
    AVPacket packet = av_packet_alloc();
    try {
      check(avformat_find_stream_info(context, (PointerPointer<?>) null), file);
      int[] counts = new int[context.nb_streams()];
      while (av_read_frame(context, packet) >= 0) {
        counts[packet.stream_index()]++;
        av_packet_unref(packet);
      }
      return counts;
    } finally {
      av_packet_free(packet);
      avformat_close_input(context);
    }
  }

  private static void check(int code, Path file) throws IOException {
    if (code < 0) {
      throw new IOException(file + " cannot be read: " + code);
    }
  }
}
