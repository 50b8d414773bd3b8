package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Output;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.cut.AudioSource;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileFrames;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.cut.Verification;
import io.reelmux.cut.VerifyLevel;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCutTest {
  private static final int FRAMES = 140;

  @TempDir Path folder = Path.of("");

  private static CutPlan plan() throws IOException {
    VideoOptions video =
        VideoOptions.builder(64, 48, 24)
            .codec("libx264")
            .crf(23)
            .keyFramesEvery(Duration.ofSeconds(1))
            .build();
    return CutPlan.of(video, FRAMES, Duration.ofSeconds(1));
  }

  private static VideoFrame frame(long n) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.setColor(new Color((int) n * 0x10305));
    g.fillRect((int) n % 48, (int) n / 4, 16, 16);
    g.dispose();
    return VideoFrame.of(image);
  }

  private static void tone(AudioStream stream) throws IOException {
    for (int n = 0; n < FRAMES; n++) {
      float[][] samples = new float[1][2000];
      for (int i = 0; i < 2000; i++) {
        samples[0][i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * (n * 2000 + i) / 48_000));
      }
      stream.addSamples(samples);
    }
  }

  private static SparkCut cut(FrameSource frames) throws IOException {
    return SparkCut.of(Cluster.spark(), plan(), frames);
  }

  private static FrameSource frames() {
    return FrameSource.of(SparkCutTest::frame);
  }

  private static AudioSource audio() {
    return SparkCutTest::tone;
  }

  private String work() {
    return folder.resolve("work").toUri().toString();
  }

  private Path output(String name) {
    return folder.resolve("out").resolve(name);
  }

  /** What the threads of one machine make of the same plan. */
  private Path expected(Output output) throws IOException {
    ParallelEncoder.of(plan(), frames())
        .audio(AudioOptions.of(48_000, 1), audio())
        .workers(1)
        .encode(output);
    return folder.resolve("expected.mp4");
  }

  private void assertNothingLeft() throws Exception {
    assertThat(Tree.of(folder.resolve("work"))).isEmpty();
    assertThat(Tree.of(folder.resolve("out"))).isEmpty();
  }

  @Test
  void encode_withAudio_isTheFileOfASingleMachine() throws Exception {
    Path single = expected(Output.file(folder.resolve("expected.mp4")));
    Path file = output("video.mp4");

    CutReport report =
        cut(frames())
            .audio(AudioOptions.of(48_000, 1), audio())
            .encode(work(), file.toUri().toString());

    assertThat(NumberedClip.sha256(file)).isEqualTo(NumberedClip.sha256(single));
    assertThat(Verification.of(plan(), file, VerifyLevel.DECODE).frames()).isEqualTo(FRAMES);
    assertThat(report.chunks()).hasSize(6);
    assertThat(report.chunkTimes()).hasSize(6).allMatch(time -> time.toNanos() > 0);
    assertThat(report.audioTime()).isPresent();
    assertThat(report.encoding().bytes()).isEqualTo(Files.size(file));
    assertThat(Tree.of(folder.resolve("work"))).isEmpty();
    assertThat(Tree.of(folder.resolve("out"))).hasSize(1);
  }

  @Test
  @RequiresFfmpegCli
  void encode_copiedAudio_isReadByFfprobe() throws Exception {
    Path source = expected(Output.file(folder.resolve("expected.mp4")));
    Path file = output("video.mkv");

    cut(FileFrames.of(source)).copyAudio(source.toUri().toString()).encode(work(), file.toString());

    assertThat(
            FfmpegCli.ffprobe(
                file, "-count_packets", "-show_entries", "stream=codec_name,nb_read_packets"))
        .containsExactly("h264,140", "aac,275");
  }

  @Test
  void encode_tasksThatFailAtFirst_isTheSameFile() throws Exception {
    Path single = expected(Output.file(folder.resolve("expected.mp4")));
    Path file = output("video.mp4");
    FrameSource failing =
        (chunk, stream) -> {
          for (long n = chunk.firstFrame(); n < chunk.endFrame(); n++) {
            if (TaskContext.get().attemptNumber() < 2 && n % 40 == 30) {
              throw new IOException("lost");
            }
            stream.addFrame(frame(n));
          }
        };

    cut(failing).audio(AudioOptions.of(48_000, 1), audio()).encode(work(), file.toString());

    assertThat(NumberedClip.sha256(file)).isEqualTo(NumberedClip.sha256(single));
    assertThat(Tree.of(folder.resolve("work"))).isEmpty();
  }

  /** Which attempt encoded a chunk last; tasks run in this JVM. */
  private static final Map<Integer, Long> ATTEMPTS = new ConcurrentHashMap<>();

  /** Attempts that outlive others must not write their files. */
  @Test
  void encode_filesOfChunks_areNamedByTheAttempt() throws Exception {
    ATTEMPTS.clear();
    FrameSource failing =
        (chunk, stream) -> {
          ATTEMPTS.put(chunk.index(), TaskContext.get().taskAttemptId());
          if (TaskContext.get().attemptNumber() == 0 && chunk.index() % 2 == 0) {
            throw new IOException("lost");
          }
          frames().feed(chunk, stream);
        };

    CutReport report = cut(failing).encode(work(), output("video.mp4").toString());

    assertThat(report.chunks())
        .hasSize(6)
        .allSatisfy(
            chunk ->
                assertThat(chunk.location())
                    .endsWith(
                        "/chunk-%06d-%d.mp4"
                            .formatted(
                                chunk.chunk().index(), ATTEMPTS.get(chunk.chunk().index()))));
  }

  @Test
  void encode_frameThatAlwaysFails_leavesNothing() throws Exception {
    FrameSource failing =
        FrameSource.of(
            n -> {
              if (n == 100) {
                throw new IOException("frame 100 is lost");
              }
              return frame(n);
            });

    assertThatThrownBy(() -> cut(failing).encode(work(), output("video.mp4").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("frame 100 is lost");
    assertNothingLeft();
  }

  @Test
  void encode_outputThatExists_isRefused() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(output("video.mp4"), "another video");

    assertThatThrownBy(() -> cut(frames()).encode(work(), output("video.mp4").toString()))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("video.mp4 exists");
    assertThat(output("video.mp4")).hasContent("another video");
    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void encode_containerThatCannotHoldIt_isRefusedBeforeAllOfTheWork() throws Exception {
    FrameSource never =
        FrameSource.of(
            n -> {
              throw new AssertionError("frame " + n + " was asked for");
            });

    assertThatThrownBy(() -> cut(never).encode(work(), output("video.webm").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("webm");
    assertThat(folder.resolve("work")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void encode_audioThatCannotBeCopied_isRefused() throws Exception {
    Path silent = folder.resolve("silent.mp4");
    ParallelEncoder.of(plan(), frames()).workers(1).encode(Output.file(silent));

    assertThatThrownBy(
            () ->
                cut(frames())
                    .copyAudio(silent.toString())
                    .encode(work(), output("video.mp4").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("silent.mp4 has no audio");
    assertNothingLeft();
  }

  @Test
  void encodeSegments_hlsAndDash_areThoseOfASingleMachine() throws Exception {
    SegmentOptions options = SegmentOptions.hlsAndDash(Duration.ofSeconds(2));
    Path directory = folder.resolve("out");
    expected(Output.segments(SegmentStore.directory(folder.resolve("expected")), options));

    cut(frames())
        .audio(AudioOptions.of(48_000, 1), audio())
        .encodeSegments(work(), directory.toString(), options);

    SortedMap<String, String> found = Tree.of(directory);
    assertThat(found.remove("_SUCCESS")).isNotNull();
    assertThat(found.remove("manifest.jsonl")).isNotNull();
    assertThat(found).isEqualTo(Tree.of(folder.resolve("expected")));
    assertThat(found).containsKeys("main.m3u8", "manifest.mpd").hasSizeGreaterThan(8);
    assertThat(Tree.of(folder.resolve("work"))).isEmpty();
  }

  @Test
  void encodeSegments_taskThatAlwaysFails_leavesNothing() throws Exception {
    FrameSource failing =
        FrameSource.of(
            n -> {
              throw new IOException("frame " + n + " is lost");
            });
    SegmentOptions options = SegmentOptions.hls(Duration.ofSeconds(2));

    assertThatThrownBy(
            () -> cut(failing).encodeSegments(work(), folder.resolve("out").toString(), options))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is lost");
    assertNothingLeft();
  }
}
