package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.AlphaMode;
import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.PixelLayout;
import io.reelmux.SideDataType;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are encoded already: what a listener gets makes another file that is the same. */
@RequiresFfmpegCli
class PacketCopyTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  @TempDir Path directory;

  /** What a listener received. */
  private static final class Recording implements PacketListener {
    private final List<PacketStreamInfo> streams = new ArrayList<>();
    private final List<Packet> packets = new ArrayList<>();
    private final boolean repeats;

    Recording(boolean repeats) {
      this.repeats = repeats;
    }

    @Override
    public void onStreams(List<PacketStreamInfo> all) {
      streams.addAll(all);
    }

    @Override
    public void onPacket(Packet packet) {
      packets.add(packet);
    }

    @Override
    public boolean repeatsHeaders() {
      return repeats;
    }
  }

  private static VideoFrame frame(int index) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 / 4 + index * 11 + i / 400);
    }
    return VideoFrame.of(PixelLayout.RGBA, WIDTH, HEIGHT, pixels);
  }

  private Recording video(VideoOptions options, Path file) throws IOException {
    return video(options, file, new Recording(/* repeats= */ false));
  }

  private Recording video(VideoOptions options, Path file, Recording recording) throws IOException {
    try (Encoder encoder = Encoder.builder().packetListener(recording).build()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int i = 0; i < 20; i++) {
        video.addFrame(frame(i));
      }
    }
    return recording;
  }

  private Recording audio(String codec, Path file) throws IOException {
    Recording recording = new Recording(/* repeats= */ false);
    try (Encoder encoder = Encoder.builder().packetListener(recording).build()) {
      AudioStream audio = encoder.addAudio(AudioOptions.builder(48_000, 2).codec(codec).build());
      encoder.openFile(file);
      float[][] samples = new float[2][48_000];
      for (int i = 0; i < 48_000; i++) {
        samples[0][i] = (float) Math.sin(i * 0.05) / 2;
        samples[1][i] = (float) Math.sin(i * 0.03) / 3;
      }
      audio.addSamples(samples);
    }
    return recording;
  }

  private static void copy(PacketStreamInfo info, List<Packet> packets, Path file)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      PacketInput input = encoder.addPackets(info);
      encoder.openFile(file);
      for (Packet packet : packets) {
        input.add(packet);
      }
    }
  }

  private static VideoOptions.Builder h264() {
    return VideoOptions.builder(WIDTH, HEIGHT, 25).codec("h264").gop(10);
  }

  private List<String> decoded(Path file, String... inputOptions) throws Exception {
    Path hashes = directory.resolve("hashes.txt");
    List<String> arguments = new ArrayList<>(List.of(inputOptions));
    arguments.addAll(List.of("-i", file.toString(), "-fps_mode", "passthrough"));
    arguments.addAll(List.of("-f", "framehash", "-hash", "md5", hashes.toString()));
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    return Files.readAllLines(hashes).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  /** Its header is in the description of the stream, where these containers have no place. */
  @ParameterizedTest
  @ValueSource(strings = {"ts", "m4v"})
  void add_packetsOfMpeg4ToContainersWithoutHeaders_decodeToTheSameFrames(String container)
      throws Exception {
    Path original = directory.resolve("original.mp4");
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 25).codec("mpeg4").gop(10).build();
    Recording recording = video(options, original);
    Path copy = directory.resolve("copy." + container);

    copy(recording.streams.get(0), recording.packets, copy);

    assertThat(decoded(copy)).hasSize(20).isEqualTo(decoded(original));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "ts", "flv", "avi", "h264"})
  void add_packetsOfH264_decodeToTheSameFrames(String container) throws Exception {
    Path original = directory.resolve("original.mp4");
    Recording recording = video(h264().build(), original);
    Path copy = directory.resolve("copy." + container);

    copy(recording.streams.get(0), recording.packets, copy);

    assertThat(decoded(copy)).hasSize(20).isEqualTo(decoded(original));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "flv", "h264"})
  void add_lengthPrefixedUnits_areConverted(String container) throws Exception {
    Path original = directory.resolve("original.mp4");
    Recording recording = video(h264().build(), original);
    PacketStreamInfo info = recording.streams.get(0);
    PacketStreamInfo avcc = info.toBuilder().extradata(avcC(info.extradata())).build();
    Path copy = directory.resolve("copy." + container);

    copy(avcc, recording.packets.stream().map(p -> lengthPrefixed(avcc, p)).toList(), copy);

    assertThat(decoded(copy)).hasSize(20).isEqualTo(decoded(original));
  }

  @ParameterizedTest
  @CsvSource({"h264, mp4", "h264, mkv", "libsvtav1, mp4", "libsvtav1, mkv"})
  void add_headerInTheFirstPacketOnly_isFound(String codec, String container) throws Exception {
    Path original = directory.resolve("original.mkv");
    Recording recording = new Recording(/* repeats= */ true);
    video(VideoOptions.builder(WIDTH, HEIGHT, 25).codec(codec).build(), original, recording);
    PacketStreamInfo info = recording.streams.get(0);
    Path copy = directory.resolve("copy." + container);

    copy(
        info.toBuilder()
            .extradata(ByteBuffer.allocate(0))
            .firstPacket(recording.packets.get(0).data())
            .build(),
        recording.packets,
        copy);

    assertThat(decoded(copy)).hasSize(20).isEqualTo(decoded(original));
  }

  @Test
  void add_packetsOfVp9WithAlpha_keepTheAlpha() throws Exception {
    Path original = directory.resolve("original.webm");
    Recording recording =
        video(
            VideoOptions.builder(WIDTH, HEIGHT, 25).codec("vp9").alpha(AlphaMode.KEEP).build(),
            original);
    Path copy = directory.resolve("copy.webm");

    copy(recording.streams.get(0), recording.packets, copy);

    assertThat(recording.packets)
        .allMatch(packet -> packet.sideData().containsKey(SideDataType.MATROSKA_BLOCKADDITIONAL));
    List<String> frames = decoded(copy, "-c:v", "libvpx-vp9");
    assertThat(frames).hasSize(20).isEqualTo(decoded(original, "-c:v", "libvpx-vp9"));
    assertThat(frames).isNotEqualTo(decoded(copy, "-c:v", "vp9"));
  }

  @Test
  void add_packetsOfFlac_keepTheFinalHeader() throws Exception {
    Path original = directory.resolve("original.flac");
    Recording recording = audio("flac", original);
    Path copy = directory.resolve("copy.flac");

    copy(recording.streams.get(0), recording.packets, copy);

    Packet last = recording.packets.get(recording.packets.size() - 1);
    assertThat(last.size()).isZero();
    assertThat(last.sideData())
        .containsOnlyKeys(SideDataType.NEW_EXTRADATA)
        .hasValueSatisfying(new Condition<>(data -> data.remaining() == 34, "34 bytes"));
    assertThat(copy).hasSameBinaryContentAs(original);
  }

  @ParameterizedTest
  @CsvSource({
    "aac, m4a",
    "aac, mkv",
    "aac, ts",
    "aac, flv",
    "aac, adts",
    "opus, mkv",
    "opus, ogg",
    "mp3, mp3",
    "mp3, mp4",
    "flac, mp4",
    "pcm_s16le, wav"
  })
  void add_packetsOfAudio_haveTheSameSamples(String codec, String container) throws Exception {
    Path original = directory.resolve("original." + container);
    Path direct = container.equals("adts") ? directory.resolve("original.aac") : original;
    Recording recording = audio(codec, direct);
    Path copy = directory.resolve("copy." + (container.equals("adts") ? "aac" : container));

    copy(recording.streams.get(0), recording.packets, copy);

    assertThat(decoded(copy)).isNotEmpty().isEqualTo(decoded(direct));
    assertThat(FfmpegCli.ffprobe(copy, "-show_entries", "stream=start_time,duration"))
        .isEqualTo(FfmpegCli.ffprobe(direct, "-show_entries", "stream=start_time,duration"));
  }

  @Test
  void add_beside_anEncodedStream() throws Exception {
    Path original = directory.resolve("original.m4a");
    Recording recording = audio("aac", original);
    Path file = directory.resolve("both.mp4");
    try (Encoder encoder = Encoder.create()) {
      PacketInput copied =
          encoder.addPackets(recording.streams.get(0).toBuilder().language("fra").build());
      VideoStream video = encoder.addVideo(h264().build());
      encoder.openFile(file);
      for (Packet packet : recording.packets) {
        copied.add(packet);
      }
      copied.end();
      for (int i = 0; i < 25; i++) {
        video.addFrame(frame(i));
      }
    }

    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=codec_name:stream_tags=language"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("h264"),
            line -> assertThat(line).isEqualTo("aac,fra"));
    assertThat(FfmpegCli.ffprobe(file, "-select_streams", "a", "-show_entries", "stream=duration"))
        .containsExactly("1.000000");
  }

  @Test
  void add_twoStreamsEncodedAlike_areJoined() throws Exception {
    Recording recording = video(h264().build(), directory.resolve("original.mp4"));
    List<Packet> both = new ArrayList<>(recording.packets);
    recording.packets.forEach(p -> both.add(p.withTimes(p.pts() + 20, p.dts() + 20)));
    Path joined = directory.resolve("joined.mp4");

    copy(recording.streams.get(0), both, joined);

    List<String> frames = decoded(joined);
    assertThat(frames).hasSize(40);
    assertThat(frames.subList(20, 40)).isEqualTo(frames.subList(0, 20));
    assertThat(FfmpegCli.ffprobe(joined, "-show_entries", "stream=start_time,duration"))
        .containsExactly("0.000000,1.600000");
  }

  @ParameterizedTest
  @CsvSource({
    "h264, mkv, avc1\\.(6400|42c0)[0-9a-f]{2}",
    "vp9, webm, vp09\\.00\\.10\\.08",
    "libsvtav1, mp4, av01\\.0\\.0[0-9]M\\.08"
  })
  void codecString_ofVideo_namesProfileAndLevel(String codec, String container, String expected)
      throws Exception {
    Path file = directory.resolve("file." + container);

    Recording recording = video(VideoOptions.builder(WIDTH, HEIGHT, 25).codec(codec).build(), file);

    assertThat(recording.streams.get(0).codecString().orElseThrow()).matches(expected);
    assertThat(recording.streams.get(0).width()).isEqualTo(WIDTH);
  }

  @Test
  void codecString_ofH264_hasTheLevelThatFfprobeReads() throws Exception {
    Path file = directory.resolve("file.mp4");

    String name = video(h264().build(), file).streams.get(0).codecString().orElseThrow();

    int level = Integer.parseInt(name.substring(name.length() - 2), 16);
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=level"))
        .containsExactly(Integer.toString(level));
  }

  @ParameterizedTest
  @CsvSource({"aac, mp4a.40.2", "opus, opus", "flac, fLaC", "mp3, mp4a.6B", "ac3, ac-3"})
  void codecString_ofAudio(String codec, String expected) throws Exception {
    Recording recording = audio(codec, directory.resolve("file.mkv"));

    assertThat(recording.streams.get(0).codecString()).hasValue(expected);
  }

  @Test
  void repeatsHeaders_keyFramesCarryTheParameterSets() throws Exception {
    Recording plain = video(h264().build(), directory.resolve("plain.mp4"));
    Recording repeated =
        video(h264().build(), directory.resolve("repeated.mp4"), new Recording(true));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    repeated.packets.stream()
        .dropWhile(packet -> packet.pts() < 10)
        .forEach(packet -> stream.writeBytes(packet.toByteArray()));
    Path tail = directory.resolve("tail.264");
    Files.write(tail, stream.toByteArray());

    assertThat(decoded(tail)).hasSize(10);
    assertThat(repeated.packets.get(0).size()).isGreaterThan(plain.packets.get(0).size());
    assertThat(directory.resolve("repeated.mp4"))
        .hasSameBinaryContentAs(directory.resolve("plain.mp4"));
  }

  @Test
  void add_packetThatDoesNotFit_isRefusedAndTheEncoderGoesOn() throws Exception {
    Path original = directory.resolve("original.mp4");
    Recording recording = video(h264().build(), original);
    PacketStreamInfo info = recording.streams.get(0);
    List<Packet> packets = recording.packets;
    Path copy = directory.resolve("copy.mp4");
    try (Encoder encoder = Encoder.create()) {
      PacketInput input = encoder.addPackets(info);
      encoder.openFile(copy);
      refused(input, packets.get(1), "the first packet is not a key frame");
      refused(input, packet(info, new byte[] {1, 2, 3}, 0, 0), "holds no h264 NAL units");
      input.add(packets.get(0));
      refused(input, packets.get(0), "does not rise: the packet before has");
      refused(input, packet(info, packets.get(1).toByteArray(), 3, 4), "pts 3 is before dts 4");
      refused(input, packet(info, new byte[0], 5, 5), "a packet has no payload");
      refused(input, packet(info, packets.get(1).toByteArray(), 0, Long.MIN_VALUE), "has no dts");
      PacketStreamInfo other =
          PacketStreamInfo.builder(StreamKind.VIDEO, "h264", new TimeBase(1, 90_000))
              .size(WIDTH, HEIGHT)
              .build();
      refused(input, packet(other, new byte[5], 9, 9), "times in 1/90000 s");
      refused(
          input,
          packets.get(1).withSideData(SideDataType.NEW_EXTRADATA, ByteBuffer.allocate(9)),
          "changes the extradata of h264");
      refused(
          input,
          packets.get(1).withSideData(SideDataType.DOVI_CONF, ByteBuffer.allocate(1)),
          "side data DOVI_CONF cannot be fed in");
      for (Packet packet : packets.subList(1, packets.size())) {
        input.add(packet);
      }
    }

    assertThat(decoded(copy)).isEqualTo(decoded(original));
  }

  private static Packet packet(PacketStreamInfo info, byte[] bytes, long pts, long dts) {
    return new Packet(info, bytes, pts, dts, 1, /* keyFrame= */ true);
  }

  private static void refused(PacketInput input, Packet packet, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> input.add(packet))
        .withMessageContaining(message);
  }

  @Test
  void open_streamThatDoesNotFit_isRefused() throws Exception {
    TimeBase base = new TimeBase(1, 25);
    PacketStreamInfo.Builder h264 =
        PacketStreamInfo.builder(StreamKind.VIDEO, "h264", base).size(WIDTH, HEIGHT);
    assertRefused(h264.build(), "mp4", "stores the global header of h264, which is missing");
    assertRefused(
        h264.firstPacket(ByteBuffer.wrap(new byte[] {0, 0, 1, 5, 5})).build(),
        "mkv",
        "which is not in firstPacket");
    assertRefused(
        h264.extradata(ByteBuffer.wrap(new byte[] {1, 100, 0, 11, -1, -31, 0, 99})).build(),
        "mp4",
        "extradata of 8 bytes is neither a complete decoder configuration record of h264");
    assertRefused(
        PacketStreamInfo.builder(StreamKind.VIDEO, "vp9", base).size(8, 8).build(),
        "ts",
        "does not support packets 0 (vp9 video); no player would recognize it; it supports video such"
            + " as h264 or mpeg2video; packets are copied as they are: encode the stream, or choose"
            + " another container");
    assertRefused(
        PacketStreamInfo.builder(StreamKind.AUDIO, "libx264", base).audio(8000, 1).build(),
        "mp4",
        "unknown codec 'libx264'");
  }

  private static void assertRefused(PacketStreamInfo info, String container, String message)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addPackets(info);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), container))
          .withMessageContaining(message);
    }
  }

  /** An avcC record of the parameter sets in Annex B. */
  private static ByteBuffer avcC(ByteBuffer annexB) {
    List<byte[]> units = units(annexB);
    byte[] sps = units.get(0);
    byte[] pps = units.get(1);
    ByteBuffer record = ByteBuffer.allocate(11 + sps.length + pps.length);
    record.put(new byte[] {1, sps[1], sps[2], sps[3], -1, -31});
    record.putShort((short) sps.length).put(sps).put((byte) 1);
    return record.putShort((short) pps.length).put(pps).flip();
  }

  private static Packet lengthPrefixed(PacketStreamInfo info, Packet packet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] unit : units(packet.data())) {
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
      bytes.writeBytes(unit);
    }
    return new Packet(
        info,
        bytes.toByteArray(),
        packet.pts(),
        packet.dts(),
        packet.duration(),
        packet.keyFrame());
  }

  private static List<byte[]> units(ByteBuffer annexB) {
    byte[] data = new byte[annexB.remaining()];
    annexB.duplicate().get(data);
    List<byte[]> units = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= data.length; i++) {
      boolean atEnd = i == data.length;
      if (atEnd || (i + 3 <= data.length && data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)) {
        if (from >= 0) {
          int to = !atEnd && data[i - 1] == 0 ? i - 1 : i;
          units.add(Arrays.copyOfRange(data, from, to));
        }
        from = i + 3;
        i += 2;
      }
    }
    return units;
  }
}
