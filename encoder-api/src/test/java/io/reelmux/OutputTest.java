package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

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
}
