package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Reads the packets of one stream of a file; owns the file and a packet. */
public final class PacketReader implements NativeOwner {
  private final AVFormatContext file;
  private final int index;
  private final AVPacket packet;

  private PacketReader(AVFormatContext file, int index, AVPacket packet) {
    this.file = file;
    this.index = index;
    this.packet = packet;
  }

  /**
   * Opens a file.
   *
   * @param index of the stream
   */
  public static PacketReader open(Path path, int index) throws IOException {
    AVFormatContext file = new AVFormatContext((Pointer) null);
    // a path of its own protocol, whatever characters are in it
    String url = "file:" + path.toAbsolutePath();
    FfmpegCall.check(
        avformat_open_input(file, url, (AVInputFormat) null, (AVDictionary) null), "open " + path);
    try {
      FfmpegCall.check(avformat_find_stream_info(file, (AVDictionary) null), "read " + path);
      for (int i = 0; i < file.nb_streams(); i++) {
        if (i != index) {
          file.streams(i).discard(AVDISCARD_ALL);
        }
      }
      return new PacketReader(file, index, FfmpegCall.check(av_packet_alloc(), "make a packet"));
    } catch (IOException | RuntimeException e) {
      avformat_close_input(file);
      throw e;
    }
  }

  /** {@return the stream; owned by the file} */
  public AVStream stream() {
    return file.streams(index);
  }

  /** {@return the next packet, valid until the next call; null at the end} */
  public @Nullable AVPacket next() throws IOException {
    do {
      av_packet_unref(packet);
      int code = av_read_frame(file, packet);
      if (code == AVERROR_EOF) {
        return null;
      }
      FfmpegCall.check(code, "read a packet");
    } while (packet.stream_index() != index);
    return packet;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(file);
  }
}
