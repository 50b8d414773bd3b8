package io.reelmux.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ColorSpec;
import io.reelmux.FrameRate;
import io.reelmux.HdrMetadata;
import io.reelmux.VideoOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a plan cuts, and what it refuses. */
class CutPlanTest {

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(64, 48, FrameRate.of(30_000, 1001)).codec("any");
  }

  private static List<Long> firstFrames(CutPlan plan) {
    return plan.chunks().stream().map(Chunk::firstFrame).toList();
  }

  /** Chunks follow each other, and are the video together. */
  private static void assertComplete(CutPlan plan, long total) {
    long next = 0;
    for (Chunk chunk : plan.chunks()) {
      assertThat(chunk.index()).isEqualTo(plan.chunks().indexOf(chunk));
      assertThat(chunk.firstFrame()).isEqualTo(next);
      assertThat(chunk.frames()).isGreaterThanOrEqualTo(plan.chunks().size() == 1 ? 1 : 2);
      next = chunk.endFrame();
    }
    assertThat(next).isEqualTo(total).isEqualTo(plan.totalFrames());
  }

  /** 10 frames a GOP, 33 ms a frame. */
  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1", "2, 1000, 1", "10, 334, 1", "11, 334, 1", "12, 334, 2", "20, 334, 2",
    "99, 334, 10", "99, 1, 10", "99, 500, 5", "99, 480, 10", "99, 3600000, 1", "1000, 1000, 34",
  })
  void of_duration_isRoundedToWholeGops(long total, long millis, int chunks) throws IOException {
    CutPlan plan = CutPlan.of(options().gop(10).build(), total, Duration.ofMillis(millis));

    assertThat(plan.chunks()).hasSize(chunks);
    assertComplete(plan, total);
    assertThat(firstFrames(plan)).allMatch(first -> first % 10 == 0);
  }

  @Test
  void of_lastFrameAlone_belongsToTheChunkBefore() throws IOException {
    CutPlan plan = CutPlan.of(options().gop(10).build(), 21, Duration.ofMillis(334));

    assertThat(plan.chunks()).containsExactly(new Chunk(0, 0, 10), new Chunk(1, 10, 11));
  }

  @Test
  void of_gopOfOneFrame_hasAtLeastTwoFrames() throws IOException {
    CutPlan plan = CutPlan.of(options().gop(1).build(), 7, Duration.ofMillis(1));

    assertThat(plan.chunks()).extracting(Chunk::frames).containsExactly(2L, 2L, 3L);
  }

  /** x264 numbers them 0, 1, 0, 1: the next chunk begins with 0. */
  @Test
  void of_allKeyFrames_hasEvenNumbersOfFrames() throws IOException {
    CutPlan plan = CutPlan.of(options().gop(1).build(), 100, Duration.ofMillis(501));

    assertThat(firstFrames(plan)).containsExactly(0L, 16L, 32L, 48L, 64L, 80L, 96L);
  }

  @Test
  void of_keyInterval_isANumberOfFrames() throws IOException {
    CutPlan plan =
        CutPlan.of(
            options().keyInterval(Duration.ofSeconds(1)).build(), 200, Duration.ofSeconds(2));

    assertThat(firstFrames(plan)).containsExactly(0L, 60L, 120L, 180L);
  }

  @Test
  void of_encoderChoosesKeyFrames_isTheNearestNumberOfFrames() throws IOException {
    CutPlan plan = CutPlan.of(options().build(), 1000, Duration.ofSeconds(10));

    assertThat(firstFrames(plan)).containsExactly(0L, 300L, 600L, 900L);
  }

  /** The first frame at or after each multiple: 59.94 frames are between them. */
  @Test
  void of_gridBetweenFrames_cutsAtItsKeyFrames() throws IOException {
    VideoOptions options = options().keyFramesEvery(Duration.ofSeconds(2)).build();

    CutPlan plan = CutPlan.of(options, 1300, Duration.ofSeconds(6));

    assertThat(firstFrames(plan)).containsExactly(0L, 180L, 360L, 540L, 720L, 900L, 1079L, 1259L);
    assertComplete(plan, 1300);
  }

  @Test
  void of_longVideo_isExactToTheEnd() throws IOException {
    VideoOptions options = options().keyFramesEvery(Duration.ofMillis(1001)).build();
    long total = 30L * 3600 * 24 * 10;

    CutPlan plan = CutPlan.of(options, total, Duration.ofMillis(60_060));

    assertThat(plan.chunks()).allMatch(chunk -> chunk.firstFrame() % 1800 == 0);
    assertComplete(plan, total);
  }

  @Test
  void of_chunkNotPositiveOrFarTooShort_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.of(options().build(), 10, Duration.ZERO))
        .withMessage("chunk PT0S: must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.of(options().build(), 10_000_000, Duration.ofMillis(1)))
        .withMessageContaining("more than a million chunks");
  }

  @Test
  void at_firstFrames_areTheSeams() throws IOException {
    VideoOptions options = options().gop(250).build();

    assertThat(firstFrames(CutPlan.at(options, 100, 17, 60))).containsExactly(0L, 17L, 60L);
    assertThat(firstFrames(CutPlan.at(options, 100, 0, 17, 60))).containsExactly(0L, 17L, 60L);
    assertThat(firstFrames(CutPlan.at(options, 100))).containsExactly(0L);
    assertComplete(CutPlan.at(options, 100, 17, 60), 100);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "50, 51", "50, 50", "50, 20", "50, 99", "50, 100", "-5, 50"})
  void at_chunkOfLessThanTwoFrames_refused(long first, long second) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.at(options().build(), 100, first, second))
        .withMessageContaining("first frames must rise, and a chunk must have at least 2 frames");
  }

  @Test
  void at_besideTheGrid_refusedNamingItsKeyFrames() {
    VideoOptions options = options().keyFramesEvery(Duration.ofSeconds(2)).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.at(options, 1300, 539))
        .withMessage(
            "a chunk from frame 539: with keyFramesEvery PT2S, the key frames before and after it"
                + " are 480 and 540");
  }

  @Test
  void plan_settings_areThoseOfTheVideoAsAPart() throws IOException {
    CutPlan plan = CutPlan.of(options().gop(10).crf(20).build(), 30, Duration.ofMillis(334));

    VideoOptions part = plan.video(plan.chunks().get(2));

    assertThat(part.partFrom()).hasValue(20);
    assertThat(part.threads()).hasValue(1);
    assertThat(part.crf()).hasValue(20);
    assertThat(plan.video().partFrom()).isEmpty();
    assertThat(plan.backend()).isEqualTo("fake 1");
    assertThat(plan).hasToString("30 frames in 3 chunks, 64x48 at 30000/1001, any");
  }

  @Test
  void plan_threadsOfTheCaller_areKept() throws IOException {
    CutPlan plan = CutPlan.of(options().threads(3).build(), 30, Duration.ofSeconds(1));

    assertThat(plan.video().threads()).hasValue(3);
  }

  @Test
  void video_chunkOfAnotherPlan_refused() throws IOException {
    CutPlan plan = CutPlan.of(options().gop(10).build(), 30, Duration.ofMillis(334));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.video(new Chunk(1, 10, 11)))
        .withMessage(
            "chunk 1: frames 10 to 20 is not of this plan, which has chunk 1: frames 10 to 19");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.video(new Chunk(3, 30, 10)))
        .withMessage("chunk 3: frames 30 to 39 is not of this plan, which has 3 chunks");
  }

  private static void refused(VideoOptions.Builder options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.of(options.build(), 100, Duration.ofSeconds(1)))
        .withMessageStartingWith(message);
  }

  @Test
  void of_settingsThatChunksCannotHave_refusedWithTheReason() {
    refused(
        options().bitRate(150_000),
        "bitRate 150000: each chunk would aim at the mean by itself, so that difficult ones would"
            + " look worse than easy ones; set crf, quality or qp, and maxBitRate for a limit");
    refused(options().option("b", "1M"), "bitRate 1M: each chunk");
    refused(options().variableFrameRate(true), "variableFrameRate contradicts partFrom");
    refused(options().openGop(true), "openGop contradicts partFrom");
    refused(options().filter("hqdn3d"), "filter contradicts partFrom");
    refused(options().fallbackToCpu(true), "fallbackToCpu: ");
    refused(options().timecode("01:00:00:00"), "timecode 01:00:00:00: ");
    refused(options().metadata("director", "N. N."), "metadata [director]: ");
    refused(options().unsetCodec(), "a video that is cut needs a codec");
    refused(options().codec("refused"), "this video cannot be cut: video 0: there is no refused");
  }

  @Test
  void of_noFrames_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CutPlan.of(options().build(), 0, Duration.ofSeconds(1)))
        .withMessage("totalFrames 0: must be at least 1");
  }

  @Test
  void plan_carried_isTheSame() throws IOException, ClassNotFoundException {
    VideoOptions options =
        options()
            .gop(10)
            .crf(20)
            .color(ColorSpec.BT2020_PQ)
            .hdr(HdrMetadata.bt2020(0.005, 1000).withContentLight(900, 300))
            .sampleAspectRatio(16, 11)
            .language("jpn")
            .option("tune", "film")
            .build();
    CutPlan plan = CutPlan.of(options, 99, Duration.ofMillis(334));

    CutPlan carried = carried(plan);

    assertThat(carried.settings()).isEqualTo(plan.settings()).containsEntry("crf", "20.0");
    assertThat(carried.chunks()).isEqualTo(plan.chunks());
    assertThat(carried.backend()).isEqualTo(plan.backend());
    assertThat(carried.video().hdr()).isEqualTo(plan.video().hdr());
  }

  private static CutPlan carried(CutPlan plan) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CutPlan) in.readObject();
    }
  }
}
