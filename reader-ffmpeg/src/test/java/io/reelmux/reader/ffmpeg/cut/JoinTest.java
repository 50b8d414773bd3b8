package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FieldOrder;
import io.reelmux.Output;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.Verification;
import io.reelmux.cut.VerifyLevel;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chunks that are joined: every frame is decoded as in its chunk, and shown at its time, by other
 * programs.
 */
@RequiresFfmpegCli
class JoinTest {
  private static final int GOP = 8;

  /** The times of Matroska are rounded to milliseconds. */
  private static final double MATROSKA_SECONDS = 0.000_501;

  @TempDir private Path folder;

  static Stream<Arguments> videos() {
    return Stream.of("libx264", "libx265", "libsvtav1", "libvpx-vp9", "libopenh264")
        .flatMap(
            codec ->
                Stream.of(1, 2, GOP, GOP + 1, 10 * GOP - 1)
                    .filter(frames -> codec.equals("libx264") || frames == 1 || frames > GOP + 1)
                    .map(frames -> Arguments.of(codec, frames)));
  }

  private static VideoOptions.Builder options(String codec) {
    VideoOptions.Builder options = Footage.options(codec).gop(GOP);
    switch (codec) {
      case "libx265" -> options.preset("superfast");
      case "libsvtav1" -> options.preset("12");
      case "libvpx-vp9" -> options.option("cpu-used", "5").option("deadline", "realtime");
      default -> {}
    }
    return options;
  }

  /** The chunk is shorter than a GOP, and becomes one. */
  @ParameterizedTest
  @MethodSource("videos")
  void join_ofChunks_hasTheFramesOfTheChunksAtTheirTimes(String codec, int frames)
      throws Exception {
    assumeTrue(Footage.has(codec), "the build has no " + codec);
    CutPlan plan = CutPlan.of(options(codec).build(), frames, Duration.ofMillis(70));
    List<ChunkResult> results = Footage.encode(plan, folder);
    List<String> expected = Footage.digests(Footage.files(results));
    List<Double> times = packetTimes(results);

    for (String container : List.of("mp4", "mkv")) {
      Path joined = folder.resolve("joined." + container);
      EncodingResult result = Footage.joiner(plan, results).join(Output.file(joined));

      assertThat(result.streams().get(0).packets()).isEqualTo(frames);
      assertThat(result.notes()).isEmpty();
      assertThat(Footage.digests(joined)).containsExactlyElementsOf(expected).hasSize(frames);
      double tolerance = container.equals("mkv") ? MATROSKA_SECONDS : 0.000_002;
      assertTimes(joined, frames, tolerance);
      List<Double> joinedTimes = packetTimes(joined);
      assertThat(joinedTimes).hasSize(frames);
      for (int i = 0; i < frames; i++) {
        assertThat(joinedTimes.get(i))
            .as("packet %d", i)
            .isCloseTo(times.get(i), within(tolerance));
      }
      assertThat(Verification.of(plan, joined, VerifyLevel.DECODE).frames()).isEqualTo(frames);
    }
  }

  /** Frames that are decoded in another order than shown have their packets' times all the same. */
  private static List<Double> packetTimes(List<ChunkResult> results) throws Exception {
    List<Double> all = new ArrayList<>();
    for (ChunkResult result : Footage.inOrder(results)) {
      double start = result.chunk().firstFrame() * 1001 / 30_000.0;
      packetTimes(Path.of(result.location())).forEach(time -> all.add(start + time));
    }
    return all;
  }

  private static List<Double> packetTimes(Path file) throws Exception {
    return FfmpegCli.ffprobe(file, "-select_streams", "v:0", "-show_entries", "packet=pts_time")
        .stream()
        .map(text -> Double.valueOf(text.replace(",", "")))
        .toList();
  }

  private static void assertTimes(Path file, int frames, double tolerance) throws Exception {
    List<String> times =
        FfmpegCli.ffprobe(file, "-select_streams", "v:0", "-show_entries", "frame=pts_time");
    assertThat(times).hasSize(frames);
    for (int n = 0; n < frames; n++) {
      double time = Double.parseDouble(times.get(n).replace(",", ""));
      assertThat(time).isCloseTo(n * 1001 / 30_000.0, within(tolerance));
    }
    List<Double> decoding =
        FfmpegCli.ffprobe(file, "-select_streams", "v:0", "-show_entries", "packet=dts_time")
            .stream()
            .map(text -> text.replace(",", ""))
            .filter(text -> !text.equals("N/A"))
            .map(Double::valueOf)
            .toList();
    assertThat(decoding).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void join_ofAVideo_hasTheExactDurationAndRateInMp4() throws Exception {
    String codec = Footage.has("libx264") ? "libx264" : "libopenh264";
    CutPlan plan = CutPlan.of(options(codec).build(), 60, Duration.ofSeconds(1));
    Path joined = folder.resolve("joined.mp4");

    Footage.joiner(plan, Footage.encode(plan, folder)).join(Output.file(joined));

    assertThat(
            FfmpegCli.ffprobe(
                joined, "-show_entries", "stream=r_frame_rate,start_time,duration,nb_frames"))
        .containsExactly("30000/1001,0.000000,2.002000,60");
  }

  /** Frames of the grid are not at its multiples, and not at the same distance. */
  @Test
  void join_withAGridBetweenFrames_hasKeyFramesOfTheWholeVideo() throws Exception {
    String codec = Footage.has("libx264") ? "libx264" : "libsvtav1";
    VideoOptions options =
        Footage.options(codec).keyFramesEvery(Duration.ofMillis(250)).speed(Speed.FASTEST).build();
    CutPlan plan = CutPlan.of(options, 100, Duration.ofMillis(500));
    Path joined = folder.resolve("joined.mp4");

    Footage.joiner(plan, Footage.encode(plan, folder)).join(Output.file(joined));

    assertThat(keyFrames(joined))
        .containsExactly(0, 8, 15, 23, 30, 38, 45, 53, 60, 68, 75, 83, 90, 98);
    assertThat(plan.chunks()).extracting("firstFrame").startsWith(0L, 15L, 30L, 45L, 60L);
  }

  private static List<Integer> keyFrames(Path file) throws IOException, InterruptedException {
    List<String> flags =
        FfmpegCli.ffprobe(file, "-select_streams", "v:0", "-show_entries", "frame=key_frame");
    return IntStream.range(0, flags.size())
        .filter(n -> flags.get(n).startsWith("1"))
        .boxed()
        .toList();
  }

  /** What the stream says of itself is in the container as well. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void join_ofADescribedVideo_keepsItsDescription(String container) throws Exception {
    String codec = Footage.has("libx264") ? "libx264" : "libopenh264";
    VideoOptions options =
        options(codec)
            .rotation(90)
            .sampleAspectRatio(16, 11)
            .language("jpn")
            .title("Angle 2")
            .color(ColorSpec.BT601_FULL)
            .build();
    assertThat(descriptionOfJoined(options, container)).contains("16:11").contains("-90");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void join_ofInterlacedVideo_keepsItsDescription(String container) throws Exception {
    assumeTrue(Footage.has("libx264"), "libopenh264 encodes no fields");
    VideoOptions options = options("libx264").fieldOrder(FieldOrder.TOP_FIRST).build();

    assertThat(descriptionOfJoined(options, container)).contains("tt");
  }

  /** Joins, and compares with one piece; returns the description of both. */
  private String descriptionOfJoined(VideoOptions options, String container) throws Exception {
    CutPlan plan = CutPlan.of(options, 20, Duration.ofMillis(300));
    List<ChunkResult> results = Footage.encode(plan, folder);
    Path joined = folder.resolve("joined." + container);
    Path single = folder.resolve("single." + container);
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(plan.video());
      encoder.openFile(single);
      for (int n = 0; n < 20; n++) {
        stream.addFrame(Footage.frame(n));
      }
    }

    Footage.joiner(plan, results).join(Output.file(joined));

    assertThat(description(joined)).isEqualTo(description(single));
    return String.join(",", description(joined));
  }

  private static List<String> description(Path file) throws Exception {
    return FfmpegCli.ffprobe(
        file,
        "-show_entries",
        "stream=width,height,sample_aspect_ratio,pix_fmt,color_range,color_space,color_transfer,"
            + "color_primaries,field_order,level,profile"
            + ":stream_tags=language,title:side_data=rotation");
  }
}
