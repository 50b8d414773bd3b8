package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipsTest {
  private static final int CLIPS = 7;

  @TempDir Path folder = Path.of("");

  private static JavaRDD<Integer> numbers(int clips, int partitions) {
    return Cluster.spark().parallelize(IntStream.range(0, clips).boxed().toList(), partitions);
  }

  private ClipReport encode(ClipEncoder<Integer> encoder) throws IOException {
    return Clips.encode(numbers(CLIPS, 3), encoder, target().toString(), ClipOptions.DEFAULT);
  }

  private Path target() {
    return folder.resolve("clips");
  }

  /** Every clip as a program without Spark encodes it, and nothing else. */
  private void assertComplete() throws Exception {
    SortedMap<String, String> expected = new TreeMap<>();
    for (int clip = 0; clip < CLIPS; clip++) {
      expected.put(new NumberedClip().name(clip), NumberedClip.expectedSha256(clip, folder));
    }
    SortedMap<String, String> found = Tree.of(target());
    assertThat(found.remove("_SUCCESS")).isNotNull();
    assertThat(found.remove("manifest.jsonl")).isNotNull();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void encode_rows_publishesWhatASingleMachineEncodes() throws Exception {
    ClipReport report = encode(new NumberedClip());

    assertComplete();
    assertThat(report.failed()).isEmpty();
    assertThat(report.clips()).hasSize(CLIPS);
    for (int n = 0; n < CLIPS; n++) {
      ClipResult clip = report.clips().get(n);
      Path file = target().resolve(new NumberedClip().name(n));
      assertThat(clip.name()).isEqualTo(new NumberedClip().name(n));
      assertThat(clip.path()).isEqualTo("file:" + file);
      assertThat(clip.bytes()).isEqualTo(Files.size(file));
      assertThat(clip.frames()).isEqualTo(NumberedClip.frames(n));
      assertThat(clip.duration()).isEqualTo(Duration.ofMillis(40L * NumberedClip.frames(n)));
      assertThat(clip.codec()).isEqualTo("libx264");
      assertThat(clip.sha256()).isEqualTo(NumberedClip.sha256(file));
      assertThat(clip.encodeSeconds()).isBetween(0.0001, 60.0);
      assertThat(clip.backend()).startsWith("FFmpeg ");
    }
  }

  @Test
  @RequiresFfmpegCli
  void encode_rows_areReadByFfprobe() throws Exception {
    encode(new NumberedClip());

    for (int n = 0; n < CLIPS; n++) {
      assertThat(
              FfmpegCli.ffprobe(
                  target().resolve(new NumberedClip().name(n)),
                  "-count_frames",
                  "-show_entries",
                  "stream=codec_name,width,height,nb_read_frames"))
          .containsExactly("h264,64,48," + NumberedClip.frames(n));
    }
  }

  @Test
  void manifest_isTheReportAsJson() throws Exception {
    ClipReport report =
        encode(
            new FailingClip(
                clip -> {
                  if (clip == 2) {
                    throw new IOException("\"quoted\"\nand broken");
                  }
                }));
    SparkSession session = SparkSession.builder().getOrCreate();

    List<Row> manifest =
        session
            .read()
            .schema(report.toDataset(session).schema())
            .json(target().resolve("manifest.jsonl").toString())
            .collectAsList();

    assertThat(manifest).isEqualTo(report.toDataset(session).collectAsList()).hasSize(CLIPS);
    assertThat(manifest.get(2).getString(10))
        .isEqualTo("java.io.IOException: \"quoted\"\nand broken");
    assertThat(manifest.get(3).getLong(3)).isEqualTo(NumberedClip.frames(3));
  }

  @Test
  void encode_badInput_failsItsClipOnly() throws Exception {
    ClipReport report =
        encode(
            new FailingClip(
                clip -> {
                  if (clip % 2 == 1) {
                    throw new IllegalArgumentException("bad input " + clip);
                  }
                }));

    assertThat(report.failed())
        .extracting(ClipResult::error)
        .containsExactly(
            "java.lang.IllegalArgumentException: bad input 1",
            "java.lang.IllegalArgumentException: bad input 3",
            "java.lang.IllegalArgumentException: bad input 5");
    assertThat(Tree.of(target()).keySet())
        .containsExactly(
            "_SUCCESS",
            "group-0/clip-000.mp4",
            "group-0/clip-006.mp4",
            "group-1/clip-004.mp4",
            "group-2/clip-002.mp4",
            "manifest.jsonl");
  }

  @Test
  void encode_clipThatFailsOnce_isEncodedAgain() throws Exception {
    Attempts.clear();

    ClipReport report =
        encode(
            new FailingClip(
                clip -> {
                  if (Attempts.next(clip) == 1) {
                    throw new IOException("connection reset");
                  }
                }));

    assertThat(report.failed()).isEmpty();
    assertComplete();
  }

  @Test
  void encode_badInput_failsTheJobIfAsked() throws Exception {
    FailingClip encoder =
        new FailingClip(
            clip -> {
              if (clip == 5) {
                throw new IOException("bad input");
              }
            });
    ClipOptions options = ClipOptions.DEFAULT.failedClips(FailedClips.FAIL_JOB).retries(0);

    assertThatThrownBy(() -> Clips.encode(numbers(CLIPS, 3), encoder, target().toString(), options))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has published nothing")
        .hasMessageContaining("clip 'group-2/clip-005.mp4' failed");
    assertThat(Tree.of(target())).isEmpty();
  }

  @Test
  void encode_encoderThatOpensNothing_saysSo() throws Exception {
    ClipReport report = encode(new OpensNothing());

    assertThat(report.failed())
        .hasSize(CLIPS)
        .allSatisfy(clip -> assertThat(clip.error()).contains("call open() or transcode()"));
  }

  @Test
  void encode_encoderThatCannotBeSerialized_isRefused() {
    assertThatThrownBy(() -> encode(new FailingClip(clip -> assertThat(folder).exists())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the ClipEncoder io.reelmux.spark.FailingClip refers to a")
        .hasMessageContaining("ClipsTest");
    assertThat(target()).doesNotExist();
  }

  @Test
  void encode_tasksThatFailAtFirst_publishEachClipOnce() throws Exception {
    JavaRDD<Integer> failing =
        numbers(CLIPS, 3)
            .map(
                clip -> {
                  if (TaskContext.get().attemptNumber() < 2 && clip % 3 == 1) {
                    throw new IOException("lost");
                  }
                  return clip;
                });

    ClipReport report =
        Clips.encode(failing, new NumberedClip(), target().toString(), ClipOptions.DEFAULT);

    assertThat(report.failed()).isEmpty();
    assertComplete();
  }

  @Test
  void encode_taskThatAlwaysFails_publishesNothing() throws Exception {
    assertThatThrownBy(() -> encode(new FailingClip(clip -> failOnLast(clip))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has published nothing")
        .hasMessageContaining("no such library");
    assertThat(Tree.of(target())).isEmpty();
  }

  private static void failOnLast(int clip) {
    if (clip == CLIPS - 1) {
      throw new UnsatisfiedLinkError("no such library");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "../out.mp4, must be relative",
    "/out.mp4, must be relative",
    "a//b.mp4, must be relative",
    "'', must be relative",
    "c:out.mp4, must not contain",
    "_temporary/out.mp4, may begin with '_' or '.'",
    ".out.mp4, may begin with '_' or '.'",
    "manifest.jsonl, list of clips",
    "one.mp4, two clips have the name 'one.mp4'",
    "one.mp4/two.mp4, which is the directory of 'one.mp4/two.mp4'"
  })
  void encode_nameThatIsNotPossible_isRefusedBeforeAnythingIsTouched(String name, String reason)
      throws Exception {
    JavaRDD<String> names = Cluster.spark().parallelize(List.of("one.mp4", name), 2);

    assertThatThrownBy(
            () -> Clips.encode(names, new Named(), target().toString(), ClipOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
    assertThat(target()).doesNotExist();
  }

  @Test
  void encode_directoryOfACompleteJob_isRefused() throws Exception {
    encode(new NumberedClip());

    assertThatThrownBy(() -> encode(new NumberedClip()))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("holds a complete data set");
    assertComplete();
  }

  @Test
  void encode_directoryWithOtherFiles_isRefused() throws Exception {
    Files.createDirectories(target());
    Files.writeString(target().resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> encode(new NumberedClip()))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("thesis.txt");
    assertThat(Tree.of(target()).keySet()).containsExactly("thesis.txt");
  }

  @Test
  void encode_overWhatAKilledJobLeft_isComplete() throws Exception {
    Path dead = Files.createDirectories(target().resolve("_reelmux").resolve("dead"));
    Files.writeString(dead.resolve("17-0.mp4"), "half a cl");
    Files.writeString(dead.resolve("publishing"), "group-0/clip-000.mp4\nold/clip.mp4\n");
    Files.createDirectories(target().resolve("old"));
    Files.writeString(target().resolve("old").resolve("clip.mp4"), "of another plan");
    Files.createDirectories(target().resolve("group-0"));
    Files.writeString(target().resolve("group-0").resolve("clip-000.mp4"), "published");

    encode(new NumberedClip());

    assertComplete();
    assertThat(target().resolve("old")).doesNotExist();
  }

  @Test
  void encode_overWhatAKilledJobWithoutClipsLeft_isComplete() throws Exception {
    Path dead = Files.createDirectories(target().resolve("_reelmux").resolve("dead"));
    Files.writeString(dead.resolve("publishing"), "");
    Files.writeString(target().resolve("manifest.jsonl"), "{\"error\":\"all have failed\"}\n");

    encode(new NumberedClip());

    assertComplete();
  }

  @Test
  void encode_rddThatChanges_isRefused() throws Exception {
    JavaRDD<Integer> changing = numbers(4, 1).map(clip -> clip + 10 * Attempts.next(clip));
    Attempts.clear();

    assertThatThrownBy(
            () ->
                Clips.encode(
                    changing, new NumberedClip(), target().toString(), ClipOptions.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gave other clips");
    assertThat(Tree.of(target())).isEmpty();
  }

  @Test
  void imageFolders_onePngAFrame_areClips() throws Exception {
    Path shots = folder.resolve("shots");
    for (String name : List.of("b", "a")) {
      Path shot = Files.createDirectories(shots.resolve(name));
      for (int n = 0; n < 4; n++) {
        save(shot.resolve(n + ".png"), 32, 20);
      }
      Files.writeString(shot.resolve("notes.txt"), "not an image");
    }
    save(Files.createDirectories(shots.resolve("odd")).resolve("0.png"), 31, 20);
    Files.createDirectories(shots.resolve("empty"));
    List<String> folders =
        Stream.of("b", "a", "odd", "empty").map(name -> shots.resolve(name).toString()).toList();

    ClipReport report =
        Clips.encode(
            Cluster.spark().parallelize(folders, 4),
            ImageFolders.at(12.5),
            target().toString(),
            ClipOptions.DEFAULT);

    assertThat(report.clips())
        .extracting(ClipResult::name)
        .containsExactly("b.mp4", "a.mp4", "odd.mp4", "empty.mp4");
    assertThat(report.clips()).extracting(ClipResult::frames).containsExactly(4L, 4L, 0L, 0L);
    assertThat(report.clips().get(0).duration()).isEqualTo(Duration.ofMillis(320));
    assertThat(report.clips().get(2).error()).contains("31x20");
    assertThat(report.clips().get(3).error()).contains("no images");
  }

  private static void save(Path file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    assertThat(javax.imageio.ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  @Test
  void mediaFiles_areTranscoded() throws Exception {
    encode(new NumberedClip());
    Path broken = folder.resolve("broken.mp4");
    Files.write(broken, new byte[1000]);
    List<String> inputs =
        List.of(
            target().resolve("group-1/clip-001.mp4").toUri().toString(),
            broken.toString(),
            target().resolve("group-2/clip-002.mp4").toString());

    ClipReport report =
        Clips.encode(
            Cluster.spark().parallelize(inputs, 2),
            MediaFiles.to("mkv"),
            folder.resolve("again").toString(),
            ClipOptions.DEFAULT);

    assertThat(report.clips())
        .extracting(ClipResult::name)
        .containsExactly("clip-001.mkv", "broken.mkv", "clip-002.mkv");
    assertThat(report.clips()).extracting(ClipResult::frames).containsExactly(6L, 0L, 7L);
    assertThat(report.clips().get(1).error()).isNotNull();
    assertThat(Tree.of(folder.resolve("again")).keySet())
        .containsExactly("_SUCCESS", "clip-001.mkv", "clip-002.mkv", "manifest.jsonl");
  }

  @Test
  void cancelJobGroup_whileEncoding_cancelsTheEncoders() throws Exception {
    Endless.started = new CountDownLatch(2);
    Endless.ended = new CountDownLatch(2);
    CompletableFuture<ClipReport> job =
        CompletableFuture.supplyAsync(
            () -> {
              Cluster.spark().setJobGroup("canceled", "to be canceled", false);
              try {
                return Clips.encode(
                    numbers(2, 2), new Endless(), target().toString(), ClipOptions.DEFAULT);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              } finally {
                Cluster.spark().clearJobGroup();
              }
            });
    assertThat(Endless.started.await(1, TimeUnit.MINUTES)).isTrue();

    Cluster.spark().cancelJobGroup("canceled");

    assertThatThrownBy(job::get).hasMessageContaining("has published nothing");
    assertThat(Endless.ended.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Endless.failure.get())
        .isInstanceOf(java.util.concurrent.CancellationException.class);
    assertThat(Tree.of(target())).isEmpty();
  }

  private record OpensNothing() implements ClipEncoder<Integer> {
    @Override
    public String name(Integer clip) {
      return clip + ".mp4";
    }

    @Override
    public void encode(Integer clip, ClipOutput output) {}
  }

  /** Encodes until it is canceled. */
  private static final class Endless implements ClipEncoder<Integer> {
    private static final long serialVersionUID = 1;
    private static final AtomicReference<Throwable> failure = new AtomicReference<>();
    private static CountDownLatch started = new CountDownLatch(0);
    private static CountDownLatch ended = new CountDownLatch(0);

    @Override
    public String name(Integer clip) {
      return clip + ".mp4";
    }

    @Override
    public void encode(Integer clip, ClipOutput output) throws Exception {
      try (Encoder encoder = Encoder.create()) {
        VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, 25));
        output.open(encoder);
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        started.countDown();
        while (true) {
          video.addFrame(VideoFrame.of(image));
        }
      } catch (Throwable e) {
        failure.set(e);
        throw e;
      } finally {
        ended.countDown();
      }
    }
  }
}
