package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reelmux.AudioOptions;
import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.Output;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cut.AudioEncoder;
import io.reelmux.cut.AudioResult;
import io.reelmux.cut.Chunk;
import io.reelmux.cut.ChunkEncoder;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutException;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.Joiner;
import io.reelmux.reader.ByteSource;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that must not be joined are refused, with both values, before the output is touched. */
class JoinRefusalTest {
  private static final int GOP = 6;
  private static final String BEFORE = "the file that was there before";

  @TempDir private Path folder;
  private CutPlan plan;
  private List<ChunkResult> results;
  private Path output;

  @BeforeEach
  void encode() throws IOException {
    plan = plan(options().build());
    results = Footage.inOrder(Footage.encode(plan, folder));
    output = folder.resolve("joined.mp4");
    Files.writeString(output, BEFORE);
  }

  @AfterEach
  void output_isUntouched() throws IOException {
    assertThat(output).hasContent(BEFORE);
  }

  private static VideoOptions.Builder options() {
    return Footage.options("libx264").gop(GOP).crf(23);
  }

  private static CutPlan plan(VideoOptions options) throws IOException {
    return CutPlan.of(options, 3 * GOP, Duration.ofMillis(200));
  }

  private void join(List<ChunkResult> chunks) throws IOException {
    Footage.joiner(plan, chunks).join(Output.file(output));
  }

  /** Puts another file in the place of the middle chunk, as a program might do that is wrong. */
  private List<ChunkResult> withMiddle(Path file) throws IOException {
    ChunkResult own = results.get(1);
    List<ChunkResult> changed = new ArrayList<>(results);
    changed.set(
        1,
        new ChunkResult(
            own.chunk(),
            file.toString(),
            own.packets(),
            Files.size(file),
            Footage.sha256(Files.readAllBytes(file)),
            own.parameterSets(),
            own.settings(),
            own.source(),
            own.backend(),
            own.notes()));
    return changed;
  }

  private void refused(List<ChunkResult> chunks, String... parts) {
    assertThatExceptionOfType(CutException.class)
        .isThrownBy(() -> join(chunks))
        .withMessageStartingWith("chunk 1: frames 6 to 11: ")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts))
        .satisfies(e -> assertThat(e.chunk()).isEqualTo(OptionalInt.of(1)));
  }

  private Path encoded(VideoOptions options, int frames) throws IOException {
    Path file = folder.resolve("other.mp4");
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFile(file);
      FrameSource.of(Footage::frame).feed(new Chunk(0, 0, frames), stream);
    }
    return file;
  }

  @Test
  void join_chunkMissing_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> join(List.of(results.get(0), results.get(2))))
        .withMessage("chunk 1: frames 6 to 11 is missing: 2 of 3 chunks have been added");
  }

  @Test
  void chunk_addedTwice_refusedNamingBothPlaces() {
    Joiner joiner = Joiner.of(plan).chunk(results.get(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> joiner.chunk(results.get(1).withLocation("elsewhere.mp4")))
        .withMessageStartingWith("chunk 1: frames 6 to 11 is added twice: from ")
        .withMessageContaining("chunk-1.mp4")
        .withMessageEndingWith("and from elsewhere.mp4");
  }

  @Test
  void chunk_ofAPlanWithOtherSeams_refusedNamingBoth() throws IOException {
    CutPlan other = CutPlan.at(options().build(), 3 * GOP, 8);
    ChunkResult result =
        ChunkEncoder.of(other, Footage.source())
            .encode(other.chunks().get(1), folder.resolve("other.mp4"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan).chunk(result))
        .withMessage(
            "chunk 1: frames 8 to 17 is not of this plan, which has chunk 1: frames 6 to 11");
  }

  /** The parameter sets are the same: only the settings tell. */
  @Test
  void chunk_withOtherQuality_refusedNamingBoth() throws IOException {
    CutPlan other = plan(options().crf(30).preset("fast").build());
    ChunkResult result =
        ChunkEncoder.of(other, Footage.source())
            .encode(other.chunks().get(1), folder.resolve("other.mp4"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan).chunk(result))
        .withMessage(
            "chunk 1: frames 6 to 11 was encoded with other settings than the plan's: crf 30.0"
                + " instead of 23.0; preset fast instead of (not set)");
  }

  @Test
  void chunk_ofAnotherBuild_refusedNamingBoth() {
    ChunkResult own = results.get(1);
    ChunkResult result =
        new ChunkResult(
            own.chunk(),
            own.location(),
            own.packets(),
            own.bytes(),
            own.sha256(),
            own.parameterSets(),
            own.settings(),
            own.source(),
            "FFmpeg 7.0 (LGPL)",
            own.notes());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan).chunk(result))
        .withMessage(
            "chunk 1: frames 6 to 11 was encoded with FFmpeg 7.0 (LGPL) instead of "
                + plan.backend());
  }

  /** It has the settings, seams and parameter sets of the plan. */
  @Test
  void chunk_ofAnotherVideo_refusedNamingBoth() throws IOException {
    CutPlan other = plan.withSource("talk 43");
    ChunkResult result =
        ChunkEncoder.of(other, Footage.source())
            .encode(other.chunks().get(1), folder.resolve("other.mp4"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan.withSource("talk 42")).chunk(result))
        .withMessage("chunk 1: frames 6 to 11 is of another video: talk 43 instead of talk 42");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan).chunk(results.get(0)).chunk(result))
        .withMessageEndingWith("is of another video: talk 43 instead of (not known)");
  }

  /** As if somebody encoded it again while others are being written. */
  @Test
  void join_chunkReplacedAfterTheCheck_refused() throws IOException {
    CutPlan other = plan(options().crf(40).build());
    Path file =
        Path.of(
            ChunkEncoder.of(other, Footage.source())
                .encode(other.chunks().get(1), folder.resolve("other.mp4"))
                .location());
    AtomicInteger opened = new AtomicInteger();
    Joiner joiner = Joiner.of(plan).chunk(results.get(0)).chunk(results.get(2));
    joiner.chunk(
        results.get(1),
        () ->
            ByteSource.of(
                opened.getAndIncrement() == 0 ? Path.of(results.get(1).location()) : file));
    Path fresh = folder.resolve("fresh.mp4");

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(() -> joiner.join(Output.file(fresh)))
        .withMessageContaining("has changed since it was checked: the SHA-256 sum of its packets");
    assertThat(opened).hasValue(2);
    assertThat(fresh).doesNotExist();
  }

  @Test
  void join_chunkShortByOneFrame_refused() throws IOException {
    Path file = encoded(plan.video(plan.chunks().get(1)), GOP - 1);

    refused(withMiddle(file), "has 5 packets instead of 6");
  }

  @Test
  void join_chunkLongByOneFrame_refused() throws IOException {
    Path file = encoded(plan.video(plan.chunks().get(1)), GOP + 1);

    refused(withMiddle(file), "has 7 packets instead of 6");
  }

  @Test
  void join_chunkTruncated_refused() throws IOException {
    Path file = Path.of(results.get(1).location());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));

    refused(results, "bytes instead of " + bytes.length);
  }

  /** Its packets are as many as before, so that only the sum tells. */
  @Test
  void check_chunkDamagedAtTheSameSize_refused() throws IOException {
    Path file = Path.of(results.get(1).location());
    damage(file);
    assertThat(file).hasSize(results.get(1).bytes());

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(() -> Footage.joiner(plan, results).check())
        .withMessageStartingWith("chunk 1: frames 6 to 11: " + file + " has been damaged")
        .withMessageEndingWith(" instead of " + results.get(1).sha256());
    refused(results, "its SHA-256 sum is " + Footage.sha256(Files.readAllBytes(file)));
  }

  /** Overwrites 512 bytes of the frames, which are in the middle of a file. */
  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2 - 256, bytes.length / 2 + 256, (byte) 0);
    Files.write(file, bytes);
  }

  @Test
  void join_audioDamagedAtTheSameSize_refused() throws IOException {
    Path file = folder.resolve("audio");
    AudioResult audio =
        AudioEncoder.of(AudioOptions.of(48_000, 1), ParallelEncoderTest.tone(30_000)).encode(file);
    Footage.joiner(plan, results).audio(audio).check();
    damage(file);

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(() -> Footage.joiner(plan, results).audio(audio).join(Output.file(output)))
        .withMessageStartingWith("audio: " + file + " has been damaged")
        .satisfies(e -> assertThat(e.chunk()).isEmpty());
  }

  @Test
  void join_chunkOfAnotherSize_refusedNamingBoth() throws IOException {
    VideoOptions other = options().partFrom(6).threads(1).outputSize(64, 48).build();

    refused(
        withMiddle(encoded(other, GOP)), "it does not fit chunk 0", "size 64x48 instead of 128x96");
  }

  @Test
  void join_chunkOfAnotherRate_refused() throws IOException {
    VideoOptions other =
        plan.video(plan.chunks().get(1)).toBuilder().frameRate(FrameRate.of(25)).build();

    refused(withMiddle(encoded(other, GOP)), "not at 30000/1001 frames per second");
  }

  @Test
  void join_chunkOfOtherColors_refusedNamingBoth() throws IOException {
    VideoOptions other = options().partFrom(6).threads(1).color(ColorSpec.BT601_LIMITED).build();

    refused(withMiddle(encoded(other, GOP)), "color ", "BT601", " instead of ", "BT709");
  }

  /** Under the sets of the first chunk, its frames would be decoded, and look wrong. */
  @Test
  void join_chunkWithOtherParameterSets_refusedNamingBoth() throws IOException {
    VideoOptions other = options().partFrom(6).threads(1).preset("veryslow").build();

    refused(
        withMiddle(encoded(other, GOP)),
        "parameter sets 67",
        " instead of " + String.join(" ", results.get(0).parameterSets()));
  }

  @Test
  void join_chunkOfAnotherCodec_refusedNamingBoth() throws IOException {
    VideoOptions other = Footage.options("libx265").gop(GOP).build();

    refused(withMiddle(encoded(other, GOP)), "codec hevc instead of h264");
  }

  @Test
  void join_intoAFileThatIsRead_refused() throws IOException {
    Path chunk = Path.of(results.get(1).location());
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), chunk);
    byte[] before = Files.readAllBytes(chunk);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Footage.joiner(plan, results).join(Output.file(link)))
        .withMessageEndingWith(
            "link.mp4 is a file that is read: choose another, and move it afterward");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Footage.joiner(plan, results).audio(output).join(Output.file(output)))
        .withMessageContaining("joined.mp4 is a file that is read");
    assertThat(chunk).hasBinaryContent(before);
  }

  @Test
  @RequiresFfmpegCli
  void join_chunkWithoutKeyFrame_refused() throws Exception {
    Path whole = encoded(options().gop(2 * GOP).maxBFrames(0).build(), 2 * GOP);
    Path file = folder.resolve("later.mp4");
    FfmpegCli.ffmpeg(
        "-i", whole.toString(), "-ss", "0.19", "-c", "copy", "-copyinkf", file.toString());

    refused(withMiddle(file), "its first packet is not a key frame");
  }
}
