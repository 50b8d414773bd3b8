package io.reelmux.ffmpeg.media;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a file and the frames decoded from it.
 *
 * @param video whether it is video
 * @param codec name of the codec
 * @param tag the container's four-character code of the codec
 * @param timeBase unit of all times here
 * @param averageRate frames per second as stored in the container or estimated by the reader
 * @param tags of the container, or those found at the start of the stream
 * @param rotation clockwise degrees, 0 to 359
 * @param disposition flags of FFmpeg
 * @param start first presentation time, in ticks
 * @param duration in ticks; 0 if not known
 * @param format pixel or sample format
 * @param extradata length of the codec's extradata in bytes
 */
record ReadStream(
    boolean video,
    String codec,
    String tag,
    int profile,
    TimeBase timeBase,
    @Nullable FrameRate averageRate,
    Tags tags,
    int rotation,
    int disposition,
    Map<String, String> metadata,
    long start,
    long duration,
    String format,
    int width,
    int height,
    int sampleRate,
    int channels,
    int extradata,
    List<MediaPacket> packets,
    List<TestFrame> frames,
    long samples) {

  List<Long> framePts() {
    return frames.stream().map(frame -> frame.pts).toList();
  }

  List<Long> frameDurations() {
    return frames.stream().map(frame -> frame.duration).toList();
  }

  List<Long> checksums() {
    return frames.stream().map(TestFrame::checksum).toList();
  }

  /** Returns the packets that are presented, in presentation order. */
  List<MediaPacket> presented() {
    return packets.stream()
        .filter(packet -> !packet.discard())
        .sorted(java.util.Comparator.comparingLong(MediaPacket::pts))
        .toList();
  }

  List<Long> packetPts() {
    return presented().stream().map(MediaPacket::pts).toList();
  }

  List<Long> packetDurations() {
    return presented().stream().map(MediaPacket::duration).toList();
  }

  /** Returns the indexes of the key frames in presentation order. */
  List<Integer> keyFrames() {
    List<MediaPacket> presented = presented();
    return java.util.stream.IntStream.range(0, presented.size())
        .filter(i -> presented.get(i).key())
        .boxed()
        .toList();
  }

  /** Returns the end of the last frame, from time zero. */
  Duration length() {
    long end =
        packets.stream().mapToLong(packet -> packet.pts() + packet.duration()).max().orElse(0);
    return timeBase.toDuration(end);
  }
}
