package io.reelmux.ffmpeg.reliability.memory;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Counts the packets of all streams of a file. */
final class PacketCount {

  private PacketCount() {}

  static int of(Path file) throws IOException {
    AVFormatContext context = new AVFormatContext(null);
    int code =
        avformat_open_input(context, "file:" + file, (AVInputFormat) null, (AVDictionary) null);
    if (code < 0) {
      throw new IOException(file + " cannot be read: " + code);
    }
    AVPacket packet = av_packet_alloc();
    int count = 0;
    while (av_read_frame(context, packet) >= 0) {
      count++;
      av_packet_unref(packet);
    }
    av_packet_free(packet);
    avformat_close_input(context);
    return count;
  }
}
