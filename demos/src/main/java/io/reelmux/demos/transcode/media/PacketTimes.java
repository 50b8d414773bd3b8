package io.reelmux.demos.transcode.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.FrameRate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/** The times of a stream's packets, in the stream's time base. */
final class PacketTimes {
  private final LongStream.Builder builder = LongStream.builder();
  private long[] times = {};
  private boolean complete = true;

  private PacketTimes() {}

  /**
   * Reads all packets of a file, without decoding.
   *
   * @param grabber just started; at the end of the file afterwards
   * @return an entry for each stream
   */
  static List<PacketTimes> readAll(FFmpegFrameGrabber grabber) throws IOException {
    List<PacketTimes> streams = new ArrayList<>();
    for (int i = 0; i < grabber.getFormatContext().nb_streams(); i++) {
      streams.add(new PacketTimes());
    }
    AVPacket packet;
    while ((packet = grabber.grabPacket()) != null) {
      // raw streams without a header may show up late
      if (packet.stream_index() < streams.size()) {
        streams.get(packet.stream_index()).add(packet);
      }
      av_packet_unref(packet);
    }
    streams.forEach(stream -> stream.times = stream.builder.build().sorted().toArray());
    return streams;
  }

  private void add(AVPacket packet) {
    if ((packet.flags() & AV_PKT_FLAG_DISCARD) != 0) {
      // cut off by an edit list
      return;
    }
    complete &= packet.pts() != AV_NOPTS_VALUE;
    builder.add(packet.pts());
  }

  /** {@return number of packets} */
  int count() {
    return times.length;
  }

  /**
   * Whether packet n lies at n / rate after the first, but for the rounding to the time base. True
   * for streams without times.
   */
  boolean fit(FrameRate rate, AVRational timeBase) {
    double ticksPerFrame =
        (double) rate.denominator() * timeBase.den() / ((double) rate.numerator() * timeBase.num());
    for (int n = 0; complete && n < times.length; n++) {
      if (Math.abs(times[n] - times[0] - n * ticksPerFrame) > 1) {
        return false;
      }
    }
    return true;
  }
}
