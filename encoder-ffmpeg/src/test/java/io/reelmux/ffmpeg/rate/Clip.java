package io.reelmux.ffmpeg.rate;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A moving pattern with noise, which costs bits in every frame, and what becomes of it. */
final class Clip {
  static final int WIDTH = 96;
  static final int HEIGHT = 64;
  static final int RATE = 25;

  /** After these the clip repeats. */
  private static final int DISTINCT = 150;

  private static final List<byte[]> FRAMES = frames();

  /** The encoders that have several speeds. */
  private static final Set<String> WITH_SPEED =
      Set.of("libx264", "libx265", "libsvtav1", "libvpx", "libvpx-vp9", "libaom-av1");

  private Clip() {}

  static boolean gpl() {
    return "gpl".equals(System.getProperty("reelmux.natives"));
  }

  /** The encoders of this build whose bit rate can be set. */
  static Stream<String> encoders() {
    Stream<String> both =
        Stream.of(
            "libsvtav1",
            "libvpx",
            "libvpx-vp9",
            "libaom-av1",
            "libopenh264",
            "mpeg4",
            "mpeg2video",
            "mjpeg");
    return gpl() ? Stream.concat(Stream.of("libx264", "libx265"), both) : both;
  }

  /** Options for an encoder at its fastest. */
  static VideoOptions.Builder options(String codec) {
    VideoOptions.Builder options = VideoOptions.builder(WIDTH, HEIGHT, RATE).codec(codec);
    return WITH_SPEED.contains(codec) ? options.speed(Speed.FASTEST) : options;
  }

  private static List<byte[]> frames() {
    Random random = new Random(1);
    return IntStream.range(0, DISTINCT).mapToObj(k -> frame(k, random)).toList();
  }

  private static byte[] frame(int k, Random random) {
    byte[] i420 = new byte[WIDTH * HEIGHT * 3 / 2];
    for (int y = 0, i = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double wave = 60 * Math.sin((x + 3 * k) / 9.0) * Math.cos((y - 2 * k) / 7.0);
        int block = ((x + k) / 16 + y / 16) % 2 == 0 ? 25 : -25;
        i420[i++] = (byte) (128 + (int) wave + block + random.nextInt(20) - 10);
      }
    }
    for (int i = WIDTH * HEIGHT; i < i420.length; i++) {
      i420[i] = (byte) (128 + (int) (20 * Math.sin((i + k) / 50.0)));
    }
    return i420;
  }

  static VideoFrame frame(int number) {
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, FRAMES.get(number % DISTINCT));
  }

  /** Does something with a stream before a frame is added. */
  @FunctionalInterface
  interface Before {
    void frame(VideoStream stream, int number) throws IOException;
  }

  static Encoded encode(VideoOptions options, int frames) throws IOException {
    return encode(options, frames, Set.of(), (stream, number) -> {});
  }

  /** Encodes the clip to packets. */
  static Encoded encode(VideoOptions options, int frames, Set<Integer> keys, Before before)
      throws IOException {
    List<Packet> packets = new ArrayList<>();
    int held = 0;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      for (int n = 0; n < frames; n++) {
        before.frame(stream, n);
        VideoFrame frame = frame(n);
        stream.addFrame(keys.contains(n) ? frame.withKeyFrame() : frame);
        held = Math.max(held, n + 1 - packets.size());
      }
      return new Encoded(encoder.finish(), packets, held);
    }
  }

  /**
   * An encoded clip.
   *
   * @param held the greatest number of frames that had been added and had not left
   */
  record Encoded(EncodingResult result, List<Packet> packets, int held) {

    /** Packets in the order in which their frames are shown. */
    List<Packet> shown() {
      return packets.stream().sorted(Comparator.comparing(Packet::pts)).toList();
    }

    /** Numbers of the key frames. */
    List<Integer> keys() {
      List<Packet> shown = shown();
      return IntStream.range(0, shown.size()).filter(i -> shown.get(i).keyFrame()).boxed().toList();
    }

    /** The mean bit rate of some frames. */
    double bitRate(int from, int to) {
      long bytes =
          shown().subList(from, to).stream().mapToLong(packet -> packet.data().remaining()).sum();
      return 8.0 * bytes * RATE / (to - from);
    }
  }
}
