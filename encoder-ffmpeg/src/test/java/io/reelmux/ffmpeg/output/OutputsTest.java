package io.reelmux.ffmpeg.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioSamples;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.OutputHandle;
import io.reelmux.OutputState;
import io.reelmux.Packet;
import io.reelmux.VideoOptions;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputsTest {
  @TempDir Path directory;

  @Test
  void open_oneOutput_isOpenFile() throws IOException {
    Path file = directory.resolve("a.mp4");
    Path other = directory.resolve("b.mp4");

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFile(file);
      recording.add(20);
    }
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(other));
      recording.add(20);
      EncodingResult result = encoder.finish();
      assertThat(result.outputs()).hasSize(1);
      assertThat(result.outputs().get(0).bytes()).isEqualTo(Files.size(other));
    }

    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  @RequiresFfmpegCli
  void oneEncode_mp4MatroskaTransportStreamAndH264_allDecode() throws Exception {
    assumeTrue("gpl".equals(System.getProperty("reelmux.natives")));
    VideoOptions options = Recording.options().codec("libx264").gop(10).maxBFrames(2).build();
    List<Packet> packets = new ArrayList<>();
    Path[] files = {path("a.mp4"), path("a.mkv"), path("a.ts"), path("a.h264")};

    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      Recording recording = new Recording(encoder, options);
      encoder.open(
          Output.file(files[0]),
          Output.file(files[1]),
          Output.file(files[2]),
          Output.file(files[3]).only(recording.video),
          Output.packets(packets::add));
      recording.add(50);
      result = encoder.finish();
    }

    assertThat(result.outputs()).allSatisfy(output -> assertThat(output.failure()).isEmpty());
    List<String> expected = frames(files[0]);
    assertThat(expected).hasSize(50);
    for (int i = 1; i < 4; i++) {
      assertThat(frames(files[i])).as("%s", files[i]).isEqualTo(expected);
    }
    assertThat(packets.stream().filter(packet -> packet.stream().index() == 0)).hasSize(50);
  }

  /** Checksums of the decoded frames, by system FFmpeg. */
  private List<String> frames(Path file) throws Exception {
    Path sums = directory.resolve("sums");
    FfmpegCli.ffmpeg(
        "-v",
        "error",
        "-y",
        "-i",
        file.toString(),
        "-map",
        "0:v",
        "-f",
        "framemd5",
        "-fps_mode",
        "passthrough",
        sums.toString());
    return Files.readAllLines(sums).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll(".*, *", ""))
        .toList();
  }

  @Test
  void refusedCombination_namesTheOutputAndTouchesNone() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording.of(encoder);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.open(Output.file(path("a.mp4")), Output.file(path("a.webm"))))
          .withMessageContaining("output 'a.webm'")
          .withMessageContaining("mpeg4");

      assertThat(directory).isEmptyDirectory();
      encoder.cancel();
    }
  }

  @Test
  void sameFileTwice_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording.of(encoder);

      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> encoder.open(Output.file(path("a.mp4")), Output.file(path("./a.mp4"), "mkv")))
          .withMessageContaining("same file");
      encoder.cancel();
    }
  }

  @Test
  @RequiresFfmpegCli
  void attach_onTheGrid_startsAtTimeZeroAndLeavesTheOthersAsTheyAre() throws Exception {
    byte[] alone = encode(run -> {});
    ByteArrayOutput late = new ByteArrayOutput();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<OutputState> states = new ArrayList<>();

    byte[] together =
        encode(
            run -> {
              OutputHandle handle = run.encoder.attach(Output.stream(late, "mp4"));
              states.add(handle.state());
              run.encoder.attach(Output.stream(stream, "mkv"));
            });

    assertThat(together).isEqualTo(alone);
    assertThat(states).containsExactly(OutputState.STARTING);
    List<Long> all = MediaReader.read(alone).video(0).checksums();
    for (byte[] file : List.of(late.toByteArray(), stream.toByteArray())) {
      // added from frame 13 on; the next key frame is 20
      assertThat(MediaReader.read(file).video(0).checksums()).isEqualTo(all.subList(20, 40));
    }
    Path file = Files.write(path("late.mp4"), late.toByteArray());
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=start_time", "-of", "csv=p=0"))
        .hasSize(2)
        .allSatisfy(start -> assertThat(Double.parseDouble(start)).isBetween(0.0, 0.022));
  }

  private interface Middle {
    void run(Run run) throws IOException;
  }

  private record Run(Encoder encoder) {}

  private byte[] encode(Middle middle) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.stream(output, "mp4"));
      recording.add(13);
      middle.run(new Run(encoder));
      recording.add(27);
    }
    return output.toByteArray();
  }

  @Test
  void attach_withoutGrid_startsWithTheNextFrame() throws IOException {
    ByteArrayOutput late = new ByteArrayOutput();

    try (Encoder encoder = Encoder.create()) {
      Recording recording = new Recording(encoder, Recording.options().gop(600).build());
      encoder.open(Output.stream(new ByteArrayOutput(), "mp4"));
      recording.add(13);
      encoder.attach(Output.stream(late, "mp4"));
      recording.add(27);
    }

    assertThat(MediaReader.read(late.toByteArray()).video(0).checksums()).hasSize(27);
  }

  /** It does not wait for packets of the stream that has ended. */
  @Test
  void attach_afterAStreamEnded_isWrittenAtOnce() throws Exception {
    ByteArrayOutputStream late = new ByteArrayOutputStream();

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      recording.add(13);
      recording.audio.end();
      encoder.attach(Output.stream(late, "mpegts"));
      for (int n = 0; n < 60; n++) {
        recording.video.addFrame(Recording.frame(n));
      }
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (encoder.outputs().get(1).bytes() < 10_000 && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      assertThat(encoder.outputs().get(1).bytes()).isGreaterThan(10_000);
    }
  }

  /** No key frame can come anymore. */
  @Test
  void attach_afterTheVideoEnded_startsWithTheNextAudio() throws IOException {
    ByteArrayOutput late = new ByteArrayOutput();
    EncodingResult result;
    OutputHandle handle;

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      recording.add(13);
      recording.video.end();
      handle = encoder.attach(Output.stream(late, "mp4").named("late"));
      assertThat(handle.state()).isEqualTo(OutputState.STARTING);
      for (int n = 0; n < 25; n++) {
        recording.audio.addSamples(AudioSamples.ofInterleaved(1, new float[48_000 / 25]));
      }
      assertThat(handle.state()).isEqualTo(OutputState.RUNNING);
      result = encoder.finish();
    }

    assertThat(MediaReader.read(late.toByteArray()).audio(0).packetPts()).hasSizeGreaterThan(40);
    assertThat(result.outputs().get(1).notes())
        .singleElement()
        .asString()
        .startsWith("video 0: no packets");
  }

  @Test
  void attach_afterAllItsStreamsEnded_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      recording.add(13);
      recording.video.end();
      // the last packets of the video do not wait anymore
      recording.audio.addSamples(AudioSamples.ofInterleaved(1, new float[48_000]));

      assertThatIllegalStateException()
          .isThrownBy(() -> encoder.attach(Output.file(path("a.mp4")).only(recording.video)))
          .withMessageContaining("'a.mp4'")
          .withMessageContaining("had ended");
      assertThat(encoder.outputs()).hasSize(1);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void finishBeforeAnyPacket_isNoted() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(path("early.mkv")), Output.file(path("whole.mkv")));
      encoder.outputs().get(0).finish();
      recording.add(20);
      result = encoder.finish();
    }

    String empty = "no packets: the file has no such stream, or an empty one";
    assertThat(result.outputs().get(0).notes())
        .containsExactly(
            "video 0: " + empty,
            "audio 0: " + empty,
            "nothing was added: FFmpeg's programs do not open an empty matroska");
    assertThat(result.notes()).contains("early.mkv: video 0: " + empty);
    assertThat(result.outputs().get(1).notes()).isEmpty();
  }

  @Test
  void noteOnAContainer_namesItsOutput() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(path("a.mp4")), Output.file(path("a.ts")));
      recording.add(20);
      result = encoder.finish();
    }

    String note = "audio 0: players play samples that aac adds";
    assertThat(result.outputs().get(0).notes()).isEmpty();
    assertThat(result.outputs().get(1).notes()).singleElement().asString().startsWith(note);
    assertThat(result.notes()).singleElement().asString().startsWith("a.ts: " + note);
  }

  @Test
  void finishInMidStream_isCompleteAtOnce_othersGoOn() throws IOException {
    Path first = path("first.mp4");
    Path whole = path("whole.mp4");

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(first), Output.file(whole));
      recording.add(20);
      encoder.outputs().get(0).finish();
      assertThat(encoder.outputs().get(0).state()).isEqualTo(OutputState.FINISHED);
      assertThat(MediaReader.read(first).video(0).checksums()).hasSizeBetween(15, 20);
      recording.add(20);
      EncodingResult result = encoder.finish();
      assertThat(result.outputs().get(0).failure()).isEmpty();
    }

    assertThat(MediaReader.read(whole).video(0).checksums()).hasSize(40);
  }

  @Test
  void cancelOne_deletesItsFile_othersGoOn() throws IOException {
    Path dropped = path("dropped.mp4");
    Path kept = path("kept.mp4");

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(dropped).required(true), Output.file(kept));
      recording.add(20);
      encoder.outputs().get(0).cancel();
      recording.add(20);
      EncodingResult result = encoder.finish();
      assertThat(encoder.outputs().get(0).state()).isEqualTo(OutputState.CANCELLED);
      assertThat(result.outputs().get(0).failure().orElseThrow())
          .hasMessage("output 'dropped.mp4' has been canceled");
    }

    assertThat(dropped).doesNotExist();
    assertThat(MediaReader.read(kept).video(0).checksums()).hasSize(40);
  }

  @Test
  void finishTheOnlyOutput_thenAttach_bothAreWhole() throws IOException {
    Path first = path("first.mp4");
    Path second = path("second.mp4");

    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFile(first);
      recording.add(20);
      encoder.outputs().get(0).finish();
      recording.add(2);
      encoder.attach(Output.file(second));
      recording.add(28);
    }

    assertThat(MediaReader.read(first).video(0).checksums()).hasSizeBetween(15, 20);
    assertThat(MediaReader.read(second).video(0).checksums()).hasSize(20);
  }

  @Test
  void cancelTheEncoder_abortsAllAndDeletesTheFiles() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.file(path("a.mp4")), Output.file(path("a.mkv")));
      recording.add(20);
      encoder.cancel();
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void closeWithoutFrames_completesEmptyOutputs() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording.of(encoder);
      encoder.open(Output.file(path("a.mp4")), Output.file(path("a.mkv")));
    }

    assertThat(path("a.mp4")).isNotEmptyFile();
    assertThat(path("a.mkv")).isNotEmptyFile();
  }

  @Test
  void allOutputsFail_theCallThrowsTheLastFailure() throws Exception {
    IOException full = new IOException("full");
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(Output.packets(packet -> fail(full)), Output.packets(packet -> fail(full)));

      assertThatThrownBy(
              () -> {
                recording.add(100);
                encoder.finish();
              })
          .isSameAs(full);
    }
  }

  private static void fail(IOException failure) throws IOException {
    throw failure;
  }

  @Test
  void listenerCallsTheEncoder_refused() throws IOException {
    List<Throwable> failures = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.open(
          Output.file(path("a.mp4")), Output.packets(packet -> encoder.outputs().get(0).finish()));
      recording.add(20);
      failures.add(encoder.finish().outputs().get(1).failure().orElseThrow());
    }

    assertThat(failures.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("from inside another call of the same encoder");
  }

  @Test
  void attach_headerInThePackets_refused() throws IOException {
    assumeTrue("gpl".equals(System.getProperty("reelmux.natives")));
    try (Encoder encoder = Encoder.create()) {
      Recording recording = new Recording(encoder, Recording.options().codec("libx264").build());
      encoder.openFileLike(new ByteArrayOutputStream(), "mpegts");
      recording.add(2);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.attach(Output.file(path("a.mp4"))))
          .withMessageContaining("output 'a.mp4'")
          .withMessageContaining("global header of video 0");
      recording.add(2);
    }
    assertThat(path("a.mp4")).doesNotExist();
  }

  @Test
  void attach_refusedByTheMuxer_leavesNoNotes() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      recording.add(2);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.attach(Output.file(path("a.webm"))))
          .withMessageContaining("Only VP8 or VP9");
      recording.add(2);
      result = encoder.finish();
    }

    assertThat(result.notes()).isEmpty();
  }

  @Test
  void attach_beforeOpen_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> encoder.attach(Output.file(path("a.mp4"))))
          .withMessageContaining("before open");
    }
  }

  @Test
  void streamInNoOutput_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Recording recording = Recording.of(encoder);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.open(Output.file(path("a.mp4")).only(recording.video)))
          .withMessageContaining("audio 0 is in no output");
      encoder.cancel();
    }
  }

  private Path path(String name) {
    return directory.resolve(name);
  }
}
