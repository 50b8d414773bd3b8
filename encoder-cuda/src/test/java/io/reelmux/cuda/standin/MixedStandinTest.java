package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.standin.Footage.Source;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.media.MediaPacket;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams of a board, of the CPU and of sound in one file: those of the board show their pictures
 * bit for bit, the others are, packet for packet, what they are without a board beside them.
 */
@RequiresStandin
class MixedStandinTest {
  private static final int COUNT = 9;
  private static final int RATE = 25;
  private static final int SAMPLE_RATE = 48_000;
  private static final Duration FRAME = Duration.ofMillis(40);

  @TempDir Path folder;

  /** A stream on the board. */
  record OnGpu(String codec, int bFrames, Source source, int width, int height) {
    VideoOptions options() {
      return footage().options().codec(codec).maxBFrames(bFrames).build();
    }

    Footage footage() {
      return Footage.of(source, width, height, COUNT);
    }
  }

  /** What goes into a file: a stream on the CPU between those of the board, and sound. */
  record Mix(String container, String cpuCodec, String audioCodec, List<OnGpu> onGpu) {
    @Override
    public String toString() {
      return container;
    }
  }

  static Stream<Mix> mixes() {
    OnGpu h264 = new OnGpu("h264", 2, Source.DEVICE_RGB_PLANAR, 322, 182);
    OnGpu hevc = new OnGpu("hevc", 2, Source.HOST_RGB24, 64, 64);
    OnGpu av1 = new OnGpu("av1", 0, Source.DEVICE_NV12, 64, 64);
    OnGpu plain = new OnGpu("h264", 0, Source.DEVICE_RGBA, 64, 64);
    return Stream.of(
        new Mix("mp4", "libx264", "aac", List.of(h264, hevc)),
        new Mix("mov", "libx264", "aac", List.of(h264, hevc)),
        new Mix("mkv", "libx264", "flac", List.of(h264, hevc, av1)),
        new Mix("webm", "libvpx-vp9", "libopus", List.of(av1)),
        new Mix("avi", "mpeg4", "pcm_s16le", List.of(plain)),
        new Mix("ts", "libx264", "aac", List.of(h264, hevc)));
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void file_hasEveryStreamRight(Mix mix) throws IOException {
    Path file = folder.resolve("mixed." + mix.container);
    Path alone = folder.resolve("alone." + mix.container);

    EncodingResult result = encode(file, mix, mix.onGpu);
    encode(alone, mix, List.of());

    List<ReadStream> tracks = read(file);
    List<ReadStream> without = read(alone);
    int boards = mix.onGpu.size();
    assertThat(tracks).hasSize(boards + 2);
    assertThat(tracks).extracting(ReadStream::video).isEqualTo(videoFlags(boards));
    assertThat(result.streams())
        .extracting(StreamResult::codec)
        .containsExactlyElementsOf(codecs(mix));
    assertFromBoard(tracks.get(0), mix.onGpu.get(0), mix);
    assertSame(tracks.get(1), without.get(0));
    for (int i = 1; i < boards; i++) {
      assertFromBoard(tracks.get(i + 1), mix.onGpu.get(i), mix);
    }
    assertSame(tracks.get(boards + 1), without.get(1));
    assertThat(result.duration()).isGreaterThanOrEqualTo(FRAME.multipliedBy(COUNT));
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @MethodSource("mixes")
  void file_isReadByAnotherProgram(Mix mix) throws IOException, InterruptedException {
    Path file = folder.resolve("mixed." + mix.container);
    encode(file, mix, mix.onGpu);

    List<String> streams =
        FfmpegCli.ffprobe(
            file,
            "-count_frames",
            "-select_streams",
            "v",
            "-show_entries",
            "stream=codec_name,width,height,nb_read_frames");

    List<String> expected = new ArrayList<>();
    for (OnGpu stream : mix.onGpu) {
      expected.add("%s,%d,%d,%d".formatted(stream.codec, stream.width, stream.height, COUNT));
    }
    expected.add(1, cpuName(mix) + ",96,64," + COUNT);
    assertThat(streams.stream().distinct()).containsExactlyElementsOf(distinct(expected));
    List<String> times =
        FfmpegCli.ffprobe(
            file, "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time");
    double first = Double.parseDouble(times.get(0).replace(",", ""));
    assertThat(times).hasSize(COUNT);
    for (int n = 0; n < COUNT; n++) {
      double time = Double.parseDouble(times.get(n).replace(",", "")) - first;
      assertThat(time).isCloseTo(n / 25.0, org.assertj.core.data.Offset.offset(0.0006));
    }
  }

  /** A transport stream's streams are listed twice: by themselves and in their programme. */
  private static List<String> distinct(List<String> lines) {
    return lines.stream().distinct().toList();
  }

  private static String cpuName(Mix mix) {
    return switch (mix.cpuCodec) {
      case "libx264" -> "h264";
      case "libvpx-vp9" -> "vp9";
      default -> mix.cpuCodec;
    };
  }

  private static List<Boolean> videoFlags(int boards) {
    List<Boolean> flags = new ArrayList<>(java.util.Collections.nCopies(boards + 1, true));
    flags.add(false);
    return flags;
  }

  private static List<String> codecs(Mix mix) {
    List<String> codecs = new ArrayList<>();
    mix.onGpu.forEach(stream -> codecs.add(stream.codec + "_nvenc"));
    codecs.add(1, mix.cpuCodec);
    codecs.add(mix.audioCodec);
    return codecs;
  }

  private static void assertFromBoard(ReadStream track, OnGpu stream, Mix mix) {
    assertThat(track.codec()).isEqualTo(stream.codec);
    assertThat(track.width()).isEqualTo(stream.width);
    assertThat(track.height()).isEqualTo(stream.height);
    Duration start = mix.container.equals("ts") ? track.times().get(0) : Duration.ZERO;
    List<Duration> times =
        IntStream.range(0, COUNT).mapToObj(n -> start.plus(FRAME.multipliedBy(n))).toList();
    assertThat(track.times()).isEqualTo(times);
    assertThat(track.keyTimes()).containsExactly(start, times.get(5));
    assertThat(track.packets()).extracting(MediaPacket::dts).isSorted().doesNotHaveDuplicates();
    assertThat(track.length()).isEqualTo(start.plus(FRAME.multipliedBy(COUNT)));
    byte[][] pictures = track.nv12();
    byte[][] expected = stream.footage().expected();
    assertThat(pictures).hasNumberOfRows(COUNT);
    for (int n = 0; n < COUNT; n++) {
      assertThat(Arrays.mismatch(pictures[n], expected[n]))
          .as("first byte of picture %d of %s that differs", n, stream)
          .isEqualTo(-1);
    }
  }

  /** Times from the stream's own start: that of a transport stream depends on the others. */
  private static void assertSame(ReadStream track, ReadStream alone) {
    assertThat(track.codec()).isEqualTo(alone.codec());
    assertThat(track.extradata()).isEqualTo(alone.extradata());
    assertThat(track.packets()).isNotEmpty().hasSameSizeAs(alone.packets());
    for (int i = 0; i < alone.packets().size(); i++) {
      MediaPacket own = track.packets().get(i);
      MediaPacket other = alone.packets().get(i);
      assertThat(own.payload()).isEqualTo(other.payload());
      assertThat(own.pts() - track.packets().get(0).pts())
          .isEqualTo(other.pts() - alone.packets().get(0).pts());
      assertThat(own.duration()).isEqualTo(other.duration());
      assertThat(own.key()).isEqualTo(other.key());
    }
  }

  private static List<ReadStream> read(Path file) throws IOException {
    return MediaReader.read(file, Map.of("av1", "libaom-av1")).streams();
  }

  private static EncodingResult encode(Path file, Mix mix, List<OnGpu> onGpu) throws IOException {
    List<Gpu> boards = new ArrayList<>();
    List<VideoStream> streams = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      for (OnGpu stream : onGpu) {
        boards.add(new Gpu(stream.footage().joined()));
      }
      if (!onGpu.isEmpty()) {
        streams.add(encoder.addVideo(onGpu.get(0).options()));
      }
      VideoStream cpu = encoder.addVideo(cpuOptions(mix));
      for (int i = 1; i < onGpu.size(); i++) {
        streams.add(encoder.addVideo(onGpu.get(i).options()));
      }
      AudioStream audio =
          encoder.addAudio(AudioOptions.builder(SAMPLE_RATE, 2).codec(mix.audioCodec).build());
      encoder.openFile(file);
      for (int n = 0; n < COUNT; n++) {
        for (int i = 0; i < streams.size(); i++) {
          addOne(streams.get(i), onGpu.get(i).footage(), boards.get(i), n);
        }
        cpu.addFrame(cpuFrame(n));
        audio.addSamples(sound(n));
      }
      return encoder.finish();
    } finally {
      boards.forEach(Gpu::close);
    }
  }

  /** x264's macroblock tree is not repeatable for pictures as small as these. */
  private static VideoOptions cpuOptions(Mix mix) {
    VideoOptions.Builder options =
        VideoOptions.builder(96, 64, RATE).codec(mix.cpuCodec).threads(1);
    return (mix.cpuCodec.equals("libx264") ? options.option("mbtree", "0") : options).build();
  }

  private static void addOne(VideoStream stream, Footage footage, Gpu board, int n)
      throws IOException {
    boolean key = n == 5;
    if (footage.onDevice()) {
      stream.addFrames(
          key ? footage.batch(board, n, 1).withKeyFrame() : footage.batch(board, n, 1));
    } else {
      VideoFrame frame =
          VideoFrame.of(footage.layout(), footage.width(), footage.height(), footage.pictures()[n]);
      stream.addFrame(key ? frame.withKeyFrame() : frame);
    }
  }

  private static VideoFrame cpuFrame(int n) {
    byte[] grey = new byte[96 * 64];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (i % 96 + n * 5);
    }
    return VideoFrame.of(PixelLayout.GRAY8, 96, 64, grey);
  }

  private static float[][] sound(int n) {
    int samples = SAMPLE_RATE / RATE;
    float[][] sound = new float[2][samples];
    for (int i = 0; i < samples; i++) {
      double t = (double) (n * samples + i) / SAMPLE_RATE;
      sound[0][i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * t));
      sound[1][i] = (float) (0.5 * Math.sin(2 * Math.PI * 660 * t));
    }
    return sound;
  }
}
