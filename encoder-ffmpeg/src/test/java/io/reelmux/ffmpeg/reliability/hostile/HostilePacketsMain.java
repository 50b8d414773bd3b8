package io.reelmux.ffmpeg.reliability.hostile;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.PacketStreamInfo;
import io.reelmux.PixelLayout;
import io.reelmux.SideDataType;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Feeds damaged packets and headers of every usual codec to every usual container. Arguments: the
 * seed and the seconds to spend. Prints how many encodings were tried, refused and failed.
 */
final class HostilePacketsMain {
  private static final List<String> CONTAINERS =
      List.of("mp4", "mov", "mkv", "webm", "ts", "flv", "avi", "h264", "hevc", "adts", "flac");
  private static final List<String> VIDEO = List.of("h264", "hevc", "vp9", "av1", "mpeg4");
  private static final List<String> AUDIO = List.of("aac", "opus", "mp3", "flac", "pcm_s16le");

  /** Prints each step, to find the one that crashes. */
  private static final boolean TRACE = Boolean.getBoolean("trace");

  private static final SideDataType[] TYPES = SideDataType.values();

  private final Random random;
  private int refused;
  private int failed;

  private HostilePacketsMain(long seed) {
    random = new Random(seed);
  }

  public static void main(String[] arguments) throws IOException {
    long seed = Long.parseLong(arguments[0]);
    HostilePacketsMain main = new HostilePacketsMain(seed);
    List<List<Packet>> streams = streams();
    int tried = 0;
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    while (System.nanoTime() < end) {
      for (List<Packet> packets : streams) {
        for (String container : CONTAINERS) {
          main.write(packets, container);
          tried++;
        }
      }
    }
    System.out.println("tried " + tried + " refused " + main.refused + " failed " + main.failed);
  }

  private static List<List<Packet>> streams() throws IOException {
    List<List<Packet>> streams = new ArrayList<>();
    EncoderCatalog catalog = EncoderCatalog.load();
    for (String codec : VIDEO) {
      VideoOptions options = VideoOptions.builder(160, 128, 25).codec(codec).build();
      if (catalog.unsupportedReason(options, "mkv").isEmpty()) {
        streams.add(video(options));
      }
    }
    for (String codec : AUDIO) {
      streams.add(audio(AudioOptions.builder(48_000, 2).codec(codec).build()));
    }
    return streams;
  }

  private static List<Packet> video(VideoOptions options) throws IOException {
    List<Packet> packets = new ArrayList<>();
    byte[] gray = new byte[160 * 128];
    try (Encoder encoder = Encoder.builder().packetListener(packets::add).build()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      for (int i = 0; i < 8; i++) {
        Arrays.fill(gray, (byte) (20 * i));
        video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 160, 128, gray));
      }
    }
    return packets;
  }

  private static List<Packet> audio(AudioOptions options) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.builder().packetListener(packets::add).build()) {
      AudioStream audio = encoder.addAudio(options);
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      audio.addSamples(new float[2][9600]);
    }
    return packets;
  }

  private void write(List<Packet> packets, String container) {
    PacketStreamInfo info = info(packets.get(0).stream());
    ContainerMode[] modes = ContainerMode.values();
    try (Encoder encoder =
        Encoder.builder().container(modes[random.nextInt(modes.length)]).build()) {
      PacketInput input = encoder.addPackets(info);
      if (TRACE) {
        System.out.println(
            container
                + " "
                + info
                + " extradata "
                + info.extradata().remaining()
                + " "
                + info.width()
                + "x"
                + info.height()
                + " side "
                + info.sideData().keySet());
      }
      encoder.openFileLike(new ByteArrayOutput(), container);
      for (Packet packet : packets) {
        add(input, damaged(info, packet));
      }
      encoder.finish();
    } catch (IllegalArgumentException e) {
      refused++;
    } catch (IOException | IllegalStateException e) {
      failed++;
    }
  }

  private void add(PacketInput input, Packet packet) throws IOException {
    try {
      if (TRACE) {
        System.out.println("  " + packet);
      }
      input.add(packet);
    } catch (IllegalArgumentException e) {
      refused++;
    }
  }

  private PacketStreamInfo info(PacketStreamInfo given) {
    byte[] extradata = new byte[given.extradata().remaining()];
    given.extradata().get(extradata);
    PacketStreamInfo.Builder info = given.toBuilder();
    if (random.nextInt(3) == 0) {
      info.extradata(ByteBuffer.wrap(damage(extradata)));
    }
    if (random.nextInt(8) == 0) {
      info.size(1 + random.nextInt(65_535), 1 + random.nextInt(65_535));
      info.audio(1 + random.nextInt(768_000), 1 + random.nextInt(64)).channelLayout("stereo");
    }
    if (random.nextInt(8) == 0) {
      info.frameSize(random.nextInt(1 << 24)).initialPadding(random.nextInt(1 << 24));
    }
    if (random.nextInt(8) == 0) {
      info.profile(random.nextInt(1 << 30)).level(random.nextInt(1 << 30));
    }
    if (random.nextInt(8) == 0) {
      info.sideData(TYPES[random.nextInt(TYPES.length)], bytes(random.nextInt(128)));
    }
    return info.build();
  }

  private Packet damaged(PacketStreamInfo info, Packet packet) {
    byte[] payload = packet.toByteArray();
    payload = random.nextInt(2) == 0 ? damage(payload) : payload;
    long pts = packet.pts();
    long dts = packet.dts();
    if (random.nextInt(20) == 0) {
      dts += random.nextLong() >> random.nextInt(64);
      pts = random.nextBoolean() ? dts : pts;
    }
    long duration =
        random.nextInt(20) == 0 ? random.nextLong() >>> random.nextInt(64) : packet.duration();
    boolean key = random.nextInt(10) == 0 || packet.keyFrame();
    Packet damaged = new Packet(info, payload, pts, dts, duration, key);
    if (random.nextInt(10) == 0) {
      SideDataType type = TYPES[random.nextInt(TYPES.length)];
      damaged = damaged.withSideData(type, bytes(sizes()[random.nextInt(sizes().length)]));
    }
    return damaged;
  }

  private static int[] sizes() {
    return new int[] {0, 1, 4, 8, 9, 10, 16, 24, 34, 36, 40, 88, 1024, 5000};
  }

  private ByteBuffer bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private byte[] damage(byte[] data) {
    byte[] copy = data.clone();
    switch (random.nextInt(6)) {
      case 0 -> {
        return new byte[0];
      }
      case 1 -> {
        return bytes(random.nextInt(300)).array();
      }
      case 2 -> {
        return Arrays.copyOf(copy, random.nextInt(copy.length + 1));
      }
      case 3 -> {
        return Arrays.copyOf(copy, copy.length + random.nextInt(64));
      }
      case 4 -> {
        for (int i = 0; i < Math.min(copy.length, 8); i++) {
          copy[i] = (byte) random.nextInt();
        }
        return copy;
      }
      default -> {
        for (int i = 0; i < 5 && copy.length > 0; i++) {
          copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
      }
    }
  }
}
