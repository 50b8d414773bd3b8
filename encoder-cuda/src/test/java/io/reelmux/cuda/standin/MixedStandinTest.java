package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * GPU video, CPU video and audio streams in one file: GPU streams decode to their frames bit for
 * bit, and the others are, packet for packet, the same as without GPU streams.
 */
@RequiresStandin
class MixedStandinTest {
  private static final int COUNT = 9;
  private static final int RATE = 25;
  private static final int SAMPLE_RATE = 48_000;
  private static final Duration FRAME = Duration.ofMillis(40);

  @TempDir Path folder;

  /** A stream on the GPU. */
  record OnGpu(String codec, int bFrames, Source source, int width, int height) {
    VideoOptions options() {
      return footage().options().codec(codec).maxBFrames(bFrames).build();
    }

    Footage footage() {
      return Footage.of(source, width, height, COUNT);
    }
  }

  /** The streams of a file: GPU streams with a CPU stream between them, and audio. */
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
  void encode_mixedStreams_everyStreamIsCorrect(Mix mix) throws IOException {
    Path file = folder.resolve("mixed." + mix.container);
    Path alone = folder.resolve("alone." + mix.container);

    EncodingResult result = encode(file, mix, mix.onGpu);
    encode(alone, mix, List.of());

    List<ReadStream> streams = read(file);
    List<ReadStream> without = read(alone);
    int gpuStreams = mix.onGpu.size();
    assertThat(streams).hasSize(gpuStreams + 2);
    assertThat(streams).extracting(ReadStream::video).isEqualTo(videoFlags(gpuStreams));
    assertThat(result.streams())
        .extracting(StreamResult::codec)
        .containsExactlyElementsOf(codecs(mix));
    assertFromGpu(streams.get(0), mix.onGpu.get(0), mix);
    assertSame(streams.get(1), without.get(0));
    for (int i = 1; i < gpuStreams; i++) {
      assertFromGpu(streams.get(i + 1), mix.onGpu.get(i), mix);
    }
    assertSame(streams.get(gpuStreams + 1), without.get(1));
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
      assertThat(time).isCloseTo(n / 25.0, offset(0.0006));
    }
  }

  /** The streams of a transport stream are listed twice: on their own and in their program. */
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

  private static List<Boolean> videoFlags(int gpuStreams) {
    List<Boolean> flags = new ArrayList<>(Collections.nCopies(gpuStreams + 1, true));
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

  private static void assertFromGpu(ReadStream actual, OnGpu stream, Mix mix) {
    assertThat(actual.codec()).isEqualTo(stream.codec);
    assertThat(actual.width()).isEqualTo(stream.width);
    assertThat(actual.height()).isEqualTo(stream.height);
    Duration start = mix.container.equals("ts") ? actual.times().get(0) : Duration.ZERO;
    List<Duration> times =
        IntStream.range(0, COUNT).mapToObj(n -> start.plus(FRAME.multipliedBy(n))).toList();
    assertThat(actual.times()).isEqualTo(times);
    assertThat(actual.keyTimes()).containsExactly(start, times.get(5));
    assertThat(actual.packets()).extracting(MediaPacket::dts).isSorted().doesNotHaveDuplicates();
    assertThat(actual.length()).isEqualTo(start.plus(FRAME.multipliedBy(COUNT)));
    byte[][] frames = actual.nv12();
    byte[][] expected = stream.footage().expected();
    assertThat(frames).hasNumberOfRows(COUNT);
    for (int n = 0; n < COUNT; n++) {
      assertThat(Arrays.mismatch(frames[n], expected[n]))
          .as("first byte of frame %d of %s that differs", n, stream)
          .isEqualTo(-1);
    }
  }

  /** Times from the stream's own start: that of a transport stream depends on the others. */
  private static void assertSame(ReadStream actual, ReadStream alone) {
    assertThat(actual.codec()).isEqualTo(alone.codec());
    assertThat(actual.extradata()).isEqualTo(alone.extradata());
    assertThat(actual.packets()).isNotEmpty().hasSameSizeAs(alone.packets());
    for (int i = 0; i < alone.packets().size(); i++) {
      MediaPacket own = actual.packets().get(i);
      MediaPacket other = alone.packets().get(i);
      assertThat(own.payload()).isEqualTo(other.payload());
      assertThat(own.pts() - actual.packets().get(0).pts())
          .isEqualTo(other.pts() - alone.packets().get(0).pts());
      assertThat(own.duration()).isEqualTo(other.duration());
      assertThat(own.key()).isEqualTo(other.key());
    }
  }

  private static List<ReadStream> read(Path file) throws IOException {
    return MediaReader.read(file, Map.of("av1", "libaom-av1")).streams();
  }

  private static EncodingResult encode(Path file, Mix mix, List<OnGpu> onGpu) throws IOException {
    List<Gpu> gpus = new ArrayList<>();
    List<VideoStream> streams = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      for (OnGpu stream : onGpu) {
        gpus.add(new Gpu(stream.footage().joined()));
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
          addOne(streams.get(i), onGpu.get(i).footage(), gpus.get(i), n);
        }
        cpu.addFrame(cpuFrame(n));
        audio.addSamples(audio(n));
      }
      return encoder.finish();
    } finally {
      gpus.forEach(Gpu::close);
    }
  }

  /** x264's macroblock tree is not deterministic for frames as small as these. */
  private static VideoOptions cpuOptions(Mix mix) {
    VideoOptions.Builder options =
        VideoOptions.builder(96, 64, RATE).codec(mix.cpuCodec).threads(1);
    return (mix.cpuCodec.equals("libx264") ? options.option("mbtree", "0") : options).build();
  }

  private static void addOne(VideoStream stream, Footage footage, Gpu gpu, int n)
      throws IOException {
    boolean key = n == 5;
    if (footage.onDevice()) {
      stream.addFrames(key ? footage.batch(gpu, n, 1).withKeyFrame() : footage.batch(gpu, n, 1));
    } else {
      VideoFrame frame =
          VideoFrame.of(footage.layout(), footage.width(), footage.height(), footage.frames()[n]);
      stream.addFrame(key ? frame.withKeyFrame() : frame);
    }
  }

  private static VideoFrame cpuFrame(int n) {
    byte[] gray = new byte[96 * 64];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (i % 96 + n * 5);
    }
    return VideoFrame.of(PixelLayout.GRAY8, 96, 64, gray);
  }

  private static float[][] audio(int n) {
    int samples = SAMPLE_RATE / RATE;
    float[][] audio = new float[2][samples];
    for (int i = 0; i < samples; i++) {
      double t = (double) (n * samples + i) / SAMPLE_RATE;
      audio[0][i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * t));
      audio[1][i] = (float) (0.5 * Math.sin(2 * Math.PI * 660 * t));
    }
    return audio;
  }
}
