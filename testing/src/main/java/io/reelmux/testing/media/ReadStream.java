package io.reelmux.testing.media;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a file and what was decoded from it.
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
 * @param extradata the codec's global header in the container, read-only
 * @param packets in the order of the file
 * @param frames decoded frames of a video stream
 * @param audio decoded samples of an audio stream
 */
public record ReadStream(
    boolean video,
    String codec,
    String tag,
    int profile,
    Rational timeBase,
    @Nullable Rational averageRate,
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
    ByteBuffer extradata,
    List<MediaPacket> packets,
    List<DecodedFrame> frames,
    @Nullable DecodedAudio audio) {

  /** Returns the number of decoded samples. */
  public long samples() {
    return audio == null ? 0 : audio.length();
  }

  /** Returns the presentation times of the frames. */
  public List<Long> framePts() {
    return frames.stream().map(frame -> frame.pts).toList();
  }

  /** Returns the durations of the frames. */
  public List<Long> frameDurations() {
    return frames.stream().map(frame -> frame.duration).toList();
  }

  /** Returns a checksum of each frame. */
  public List<Long> checksums() {
    return frames.stream().map(DecodedFrame::checksum).toList();
  }

  /** Returns the frames of an 8-bit 4:2:0 stream as NV12. */
  public byte[][] nv12() {
    return frames.stream().map(DecodedFrame::nv12).toArray(byte[][]::new);
  }

  /** Returns the packets that are presented, in presentation order. */
  public List<MediaPacket> presented() {
    return packets.stream()
        .filter(packet -> !packet.discard())
        .sorted(Comparator.comparingLong(MediaPacket::pts))
        .toList();
  }

  /** Returns the presentation times of the packets. */
  public List<Long> packetPts() {
    return presented().stream().map(MediaPacket::pts).toList();
  }

  /** Returns the presentation times of the packets as durations. */
  public List<Duration> times() {
    return packetPts().stream().map(timeBase::toDuration).toList();
  }

  /** Returns the presentation times of the key frames. */
  public List<Duration> keyTimes() {
    List<Duration> times = times();
    return keyFrames().stream().map(times::get).toList();
  }

  /** Returns the durations of the packets. */
  public List<Long> packetDurations() {
    return presented().stream().map(MediaPacket::duration).toList();
  }

  /** Returns the indexes of the key frames in presentation order. */
  public List<Integer> keyFrames() {
    List<MediaPacket> presented = presented();
    return IntStream.range(0, presented.size())
        .filter(i -> presented.get(i).key())
        .boxed()
        .toList();
  }

  /** Returns the end of the last frame, from time zero. */
  public Duration length() {
    long end =
        packets.stream().mapToLong(packet -> packet.pts() + packet.duration()).max().orElse(0);
    return timeBase.toDuration(end);
  }
}
