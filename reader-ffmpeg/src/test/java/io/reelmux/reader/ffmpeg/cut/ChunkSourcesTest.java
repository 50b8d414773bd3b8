package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ByteArrayOutput;
import io.reelmux.FrameRate;
import io.reelmux.Output;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.cut.Chunk;
import io.reelmux.cut.ChunkEncoder;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutException;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileFrames;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.Joiner;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.VideoOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where frames come from: each chunk gets those that it is of, whatever the file is like. */
@RequiresFfmpegCli
class ChunkSourcesTest {
  private static final int FRAMES = 70;

  @TempDir private static Path folder;

  /** Open GOPs, frames that are hidden by an edit list, times that do not begin at zero. */
  @BeforeAll
  static void encode() throws Exception {
    String source = "-f lavfi -i testsrc2=s=96x64:r=30000/1001 -frames:v " + FRAMES;
    String open = " -c:v libx264 -g 12 -bf 3 -x264-params open-gop=1:scenecut=0:b-adapt=0 ";
    ffmpeg(source + open + file("open.mp4"));
    ffmpeg("-i " + file("open.mp4") + " -c copy " + file("open.mkv"));
    ffmpeg("-i " + file("open.mp4") + " -c copy -output_ts_offset 7 " + file("open.ts"));
    ffmpeg("-ss 0.6 -i " + file("open.mp4") + " -c copy " + file("trimmed.mp4"));
    ffmpeg(source + " -c:v libvpx-vp9 -deadline realtime -cpu-used 8 " + file("vp9.webm"));
    ffmpeg(
        source + " -vf select='mod(n\\,7)' -vsync vfr -c:v libx264 -bf 2 " + file("variable.mp4"));
  }

  private static void ffmpeg(String arguments) throws Exception {
    FfmpegCli.ffmpeg(("-loglevel quiet " + arguments).split(" "));
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  /** Without loss, so that the joined video has the frames of the file, bit for bit. */
  private static CutPlan plan(FileFrames frames) throws IOException {
    VideoOptions options =
        frames.encoding().codec("libx264").quality(Quality.LOSSLESS).preset("ultrafast").build();
    return CutPlan.at(options, frames.frames(), 5, 17, 23, frames.frames() - 6);
  }

  private static Path joined(CutPlan plan, FrameSource source, String name) throws IOException {
    List<ChunkResult> results = new ArrayList<>();
    for (Chunk chunk : plan.chunks()) {
      results.add(
          ChunkEncoder.of(plan, source).encode(chunk, file(name + "-" + chunk.index() + ".chunk")));
    }
    Path joined = file(name + "-joined.mp4");
    Footage.joiner(plan, results).join(Output.file(joined));
    return joined;
  }

  @ParameterizedTest
  @CsvSource({"open.mp4", "open.mkv", "open.ts", "trimmed.mp4", "vp9.webm"})
  void fileFrames_ofAnyFile_areItsFramesByNumber(String name) throws Exception {
    FileFrames frames = FileFrames.of(file(name));

    Path joined = joined(plan(frames), Footage.carried(frames), name);

    List<String> expected = Footage.digests(file(name));
    assertThat(Footage.digests(joined)).hasSize((int) frames.frames()).isEqualTo(expected);
    assertThat(frames.encoding().build().frameRate()).isEqualTo(Footage.NTSC);
  }

  @Test
  void fileFrames_atAnotherRate_areThoseThatAreShown() throws Exception {
    FrameRate rate = FrameRate.of(12);
    FileFrames frames = FileFrames.of(file("variable.mp4"), VideoOutput.source().frameRate(rate));
    CutPlan plan = plan(frames);

    Path joined = joined(plan, frames, "rate");

    assertThat(plan.frameRate()).isEqualTo(rate);
    assertThat(Footage.digests(joined))
        .hasSize((int) frames.frames())
        .isSubsetOf(Footage.digests(file("variable.mp4")));
  }

  /** The same settings and number of frames: only the files tell. */
  @Test
  void fileFrames_ofAnotherFile_refusedNamingBoth() throws Exception {
    FileFrames one = FileFrames.of(file("open.mp4"));
    FileFrames other = FileFrames.of(file("open.mkv"));
    CutPlan plan = plan(one).forFrames(one);

    assertThat(FileFrames.of(file("open.mp4")).identity()).isEqualTo(one.identity());
    assertThat(Footage.carried(one).identity()).isEqualTo(plan.source());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkEncoder.of(plan, other))
        .withMessage(
            "the frames are of another video than the plan: "
                + other.identity()
                + " instead of "
                + one.identity());
    ChunkResult result =
        ChunkEncoder.of(plan(other), other)
            .encode(plan(other).chunks().get(0), file("other.chunk"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Joiner.of(plan).chunk(result))
        .withMessageContaining("is of another video: " + other.identity() + " instead of ");
  }

  @Test
  void fileFrames_ofVariableRate_refusedWithTheWayOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileFrames.of(file("variable.mp4")))
        .withMessageContaining("has a variable frame rate")
        .withMessageContaining("VideoOutput.frameRate");
  }

  @Test
  void fileFrames_withAFilter_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileFrames.of(file("open.mp4"), VideoOutput.source().filter("yadif")))
        .withMessageStartingWith("filter 'yadif': it would start again with each chunk");
  }

  @Test
  void fileFrames_planOfMoreFrames_refused() throws IOException {
    FileFrames frames = FileFrames.of(file("open.mp4"));
    VideoOptions options = frames.encoding().codec("libx264").build();
    CutPlan plan = CutPlan.of(options, FRAMES + 1, Duration.ofMinutes(1));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ChunkEncoder.of(plan, frames).encode(plan.chunks().get(0), file("never.mp4")))
        .withMessageEndingWith("open.mp4 has 70 frames");
    assertThat(file("never.mp4")).doesNotExist();
  }

  @Test
  void images_ofFiles_areFrames() throws Exception {
    List<Path> images = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
      image.setRGB(n, 3, 0xFFFFFF);
      images.add(file("image-" + n + ".png"));
      ImageIO.write(image, "png", images.get(n).toFile());
    }
    VideoOptions options = VideoOptions.builder(32, 16, 25).codec("libx264").crf(18).build();
    CutPlan plan = CutPlan.at(options, 12, 5);

    Path joined = joined(plan, Footage.carried(FrameSource.ofImages(images)), "images");

    assertThat(Footage.digests(joined)).hasSize(12).doesNotHaveDuplicates();
    Files.writeString(images.get(7), "no image");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> joined(plan, FrameSource.ofImages(images), "damaged"))
        .withMessageContaining("image-7.png is not an image");
  }

  /** As a program does whose chunks are objects of a store. */
  @Test
  void encode_intoStreams_isJoinedFromMemory() throws Exception {
    CutPlan plan =
        CutPlan.of(Footage.options("libx264").gop(8).build(), 20, Duration.ofMillis(250));
    CutPlan carried = Footage.carried(plan);
    Joiner joiner = Joiner.of(plan);
    for (Chunk chunk : carried.chunks()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ChunkResult result =
          ChunkEncoder.of(carried, Footage.carried(Footage.source()))
              .encode(chunk, bytes, "object " + chunk.index());
      assertThat(result.bytes()).isEqualTo(bytes.size());
      assertThat(result.sha256()).isEqualTo(Footage.sha256(bytes.toByteArray()));
      ByteBuffer stored = ByteBuffer.wrap(bytes.toByteArray());
      joiner.chunk(Footage.carried(result), () -> ByteSource.of(stored));
    }
    Path joined = file("stored.mkv");

    joiner.join(Output.file(joined));

    Path single = joined(plan, Footage.source(), "stored");
    assertThat(Footage.digests(joined)).isEqualTo(Footage.digests(single)).hasSize(20);
  }

  /** A stream that can seek is written in order as well, or its sum would be of other bytes. */
  @Test
  void encode_intoASeekableStream_hasTheSumOfItsBytes() throws IOException {
    CutPlan plan = CutPlan.of(Footage.options("libx264").build(), 5, Duration.ofMinutes(1));
    ByteArrayOutput bytes = new ByteArrayOutput();

    ChunkResult result =
        ChunkEncoder.of(plan, Footage.source()).encode(plan.chunks().get(0), bytes, "memory");

    assertThat(result.sha256()).isEqualTo(Footage.sha256(bytes.toByteArray()));
    assertThat(result.notes()).isEmpty();
  }

  /** Those of the next chunk that the encoder looks at, up to the end of the video. */
  @Test
  void feed_planThatLooksAhead_isAskedForTheFramesBeyond() throws IOException {
    VideoOptions options = Footage.options("libx264").preset("veryfast").gop(10).build();
    CutPlan plan = CutPlan.at(options, 45, 20, 40).withLookahead(11);
    List<Chunk> asked = new ArrayList<>();
    FrameSource source =
        (chunk, stream) -> {
          asked.add(chunk);
          Footage.source().feed(chunk, stream);
        };
    List<Long> counted = new ArrayList<>();
    for (Chunk chunk : plan.chunks()) {
      ChunkResult result =
          ChunkEncoder.of(plan, source).progress(counted::add).encode(chunk, file("ahead.mp4"));
      assertThat(result.packets()).isEqualTo(chunk.frames());
    }

    assertThat(CutPlan.at(options, 45, 20, 40).lookahead()).isZero();
    assertThat(CutPlan.at(options, 145, 55).lookahead()).isEqualTo(11);
    assertThat(asked)
        .containsExactly(new Chunk(0, 0, 31), new Chunk(1, 20, 25), new Chunk(2, 40, 5));
    assertThat(counted).hasSize(45).endsWith(20L, 1L, 2L, 3L, 4L, 5L);
    assertThat(plan.video(plan.chunks().get(0)).partFrames()).hasValue(20);
    assertThat(plan.withLookahead(0).video(plan.chunks().get(0)).partFrames()).isEmpty();
  }

  @Test
  void feed_sourceThatKnowsItsChunksOnly_isToldWhatToDo() throws IOException {
    VideoOptions options = Footage.options("libx264").preset("veryfast").build();
    CutPlan plan = CutPlan.at(options, 45, 20).withLookahead(11);
    FrameSource source = (chunk, stream) -> Footage.source().feed(new Chunk(0, 0, 20), stream);

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(
            () -> ChunkEncoder.of(plan, source).encode(plan.chunks().get(0), file("never.mp4")))
        .withMessage(
            "chunk 0: frames 0 to 19: the source has added 20 of 31 frames, of which the encoder"
                + " looks at the last 11 only (CutPlan.withLookahead)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CutPlan.at(Footage.options("libx264").preset("ultrafast").build(), 45, 20)
                    .withLookahead(3))
        .withMessage("lookahead 3: must be 0, because the encoder does not look ahead");
  }

  @Test
  void encode_sourceIsShort_deletesTheFileAndNamesTheChunk() throws IOException {
    CutPlan plan = CutPlan.of(Footage.options("libx264").build(), 20, Duration.ofMinutes(1));
    Path file = file("short.mp4");

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(
            () ->
                ChunkEncoder.of(plan, (chunk, stream) -> stream.addFrame(Footage.frame(0)))
                    .encode(plan.chunks().get(0), file))
        .withMessage("chunk 0: frames 0 to 19: the source has added 1 of 20 frames");
    assertThat(file).doesNotExist();
  }
}
