package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
  private static final Duration LENGTH = Duration.ofSeconds(2);

  @Test
  void setters_returnCopies() {
    Output plain = Output.stream(NOWHERE, "mp4");

    Output changed = plain.named("live").required(true).buffer(5, Overflow.FAIL);

    assertThat(plain.name()).isEqualTo("stream");
    assertThat(plain.requiredOr(false)).isFalse();
    assertThat(plain.overflow()).isEqualTo(Overflow.WAIT);
    assertThat(changed.name()).isEqualTo("live");
    assertThat(changed.requiredOr(false)).isTrue();
    assertThat(changed.bufferBytes()).isEqualTo(5);
  }

  @Test
  void settingsOutOfRange_refused() {
    Output output = Output.packets(packet -> {});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> output.buffer(0, Overflow.WAIT))
        .withMessageContaining("buffer 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output.container(ContainerMode.PLAIN))
        .withMessageContaining("no container");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output.only())
        .withMessageContaining("name at least one");
  }

  @Test
  void open_severalOutputs_requestHasTheirSettings() throws IOException {
    Script script = FakeBackend.install();
    try (Encoder encoder = Encoder.builder().muxerOption("a", "1").build()) {
      VideoStream ladder =
          encoder.addVideo(
              VideoOptions.of(64, 64, 25),
              List.of(Rendition.of("large", 64, 64), Rendition.of("small", 32, 32)));
      AudioStream audio = encoder.addAudio(AudioOptions.of(8000, 1));
      encoder.open(
          Output.stream(NOWHERE, "mp4"),
          Output.stream(OutputStream.nullOutputStream(), "mkv")
              .only(ladder.rendition("small"), audio)
              .muxerOption("b", "2"));

      assertThat(encoder.outputs())
          .extracting(OutputHandle::name)
          .containsExactly("stream", "stream 2");
    }

    assertThat(script.count("open")).isOne();
    List<OutputRequest> outputs = FakeBackend.opened().outputs();
    assertThat(outputs).extracting(output -> output.settings().required()).containsOnly(false);
    assertThat(outputs.get(0).settings().only()).isEmpty();
    assertThat(outputs.get(1).settings().only())
        .hasValue(
            List.of(new StreamId(StreamId.Input.VIDEO, 1), new StreamId(StreamId.Input.AUDIO, 0)));
    assertThat(((OutputRequest.InContainer) outputs.get(1)).muxerOptions())
        .isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(FakeBackend.opened().videos())
        .extracting(VideoOptions::outputWidth)
        .containsExactly(64, 32);
  }

  @Test
  void only_streamOfAnotherEncoder_refused() throws IOException {
    FakeBackend.install();
    try (Encoder other = Encoder.create();
        Encoder encoder = Encoder.create()) {
      VideoStream foreign = other.addVideo(VideoOptions.of(64, 64, 25));
      encoder.addVideo(VideoOptions.of(64, 64, 25));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.open(Output.file(Path.of("a.mp4")).only(foreign)))
          .withMessageContaining("is a stream of another encoder");
    }
  }

  @Test
  void open_oneFileThroughALink_refused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a.mp4");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a.mp4"));
    Path linked = Files.createSymbolicLink(directory.resolve("here"), directory);
    Output first = Output.file(file, "mp4");

    // the file does not exist
    refused("the same file", first, Output.file(link, "mkv"));
    refused("the same file", first, Output.file(linked.resolve("a.mp4"), "mkv"));

    Files.createFile(file);
    Path hard = Files.createLink(directory.resolve("hard"), file);
    refused("the same file", first, Output.file(link, "mkv"));
    refused("the same file", first, Output.file(hard, "mkv"));
    assertThat(file).isEmptyFile();
  }

  @Test
  void open_storesAndFilesOfOneDirectory_refused(@TempDir Path directory) throws IOException {
    Path made = directory.resolve("made");
    Path link = Files.createSymbolicLink(directory.resolve("link"), made);
    Output store = segments(made, SegmentOptions.hls(LENGTH));
    Output named =
        segments(
            made,
            SegmentOptions.hls(LENGTH).names((kind, stream, n, part, end) -> kind + stream + n));

    refused("the same directory", store, segments(link, SegmentOptions.dash(LENGTH)));
    refused("another directory", store, Output.file(made.resolve("video0.m3u8"), "mp4"));
    refused("another directory", Output.file(link.resolve("audio1-12.m4s"), "mp4"), store);
    refused("another directory", named, Output.file(made.resolve("talk.mp4")));
    try (Encoder encoder = opened()) {
      encoder.open(store, Output.file(directory.resolve("video0.mp4")));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.attach(segments(link, SegmentOptions.hls(LENGTH))))
          .withMessageContaining("the same directory");
    }
    Files.createDirectories(made);
    try (Encoder encoder = opened()) {
      encoder.open(store, Output.file(made.resolve("talk-2.mp4")));
    }
  }

  private static Output segments(Path directory, SegmentOptions options) {
    return Output.segments(SegmentStore.directory(directory), options);
  }

  private static Encoder opened() {
    FakeBackend.install();
    Encoder encoder = Encoder.create();
    encoder.addVideo(VideoOptions.of(64, 64, 25));
    return encoder;
  }

  private static void refused(String why, Output first, Output second) throws IOException {
    try (Encoder encoder = opened()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.open(first, second))
          .withMessageContaining(why);
    }
  }

  @Test
  void rendition_toString_isTheEncodedSize() throws IOException {
    FakeBackend.install();
    try (Encoder encoder = Encoder.create()) {
      VideoStream ladder =
          encoder.addVideo(
              VideoOptions.of(1920, 1080, 30),
              List.of(Rendition.of("1080", 1920, 1080), Rendition.of("720", 1280, 720)));

      assertThat(ladder.rendition("720")).hasToString("video 1 (720): 1280x720 at 30");
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void open_nullOutputs_areNamed() throws IOException {
    try (Encoder encoder = opened()) {
      assertThatNullPointerException()
          .isThrownBy(() -> encoder.open(Output.stream(NOWHERE, "mp4"), (Output[]) null))
          .withMessage("more");
    }
  }
}
