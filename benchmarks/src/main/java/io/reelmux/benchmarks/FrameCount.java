package io.reelmux.benchmarks;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Counts the frames that a contender actually wrote. */
final class FrameCount {
  private FrameCount() {}

  /** Returns the number of non-empty packets in a file. */
  static int of(Path file) throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    int code = avformat_open_input(input, file.toString(), null, (AVDictionary) null);
    if (code < 0) {
      throw new IOException(file.getFileName() + " cannot be read: " + code);
    }
    AVPacket packet = Objects.requireNonNull(av_packet_alloc(), "out of memory");
    try {
      int count = 0;
      while (av_read_frame(input, packet) >= 0) {
        count += packet.size() > 0 ? 1 : 0;
        av_packet_unref(packet);
      }
      return count;
    } finally {
      av_packet_free(packet);
      avformat_close_input(input);
    }
  }
}
