package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time limits of whole encodings. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeLimitTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path directory;
  private Script script = new Script();

  @BeforeEach
  void installScript() {
    script = FakeBackend.install();
  }

  @Test
  void timeLimit_passesWhileIdle_cancelsAndDeletesTheFile() throws Exception {
    Path file = directory.resolve("file.fake");
    try (Encoder encoder = Encoder.builder().timeLimit(SHORT).build()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFile(file);
      video.addFrame(Fixtures.frame());
      while (Files.exists(file)) {
        Thread.sleep(5);
      }

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
          .isInstanceOf(CancellationException.class)
          .hasMessage("addFrame(): the encoder has been canceled by its timeLimit of PT0.2S");
      assertThat(encoder).hasToString("Encoder[CANCELLED, " + video + "]");
    }
    assertThat(script.count("finish")).isZero();
  }

  @Test
  void timeLimit_passesInsideTheDestination_interruptsIt() throws IOException {
    ScriptedOutput output = new ScriptedOutput();
    output.script.on("write", 2, Blocker.interruptible());
    try (Encoder encoder = Encoder.builder().timeLimit(SHORT).build()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(output, Fixtures.FORMAT);

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
          .isInstanceOf(CancellationException.class)
          .hasMessageEndingWith("timeLimit of PT0.2S");
    }
  }

  @Test
  void timeLimit_finishedBefore_changesNothing() throws Exception {
    Path file = directory.resolve("file.fake");
    Encoder encoder = Encoder.builder().timeLimit(SHORT).build();
    encoder.addVideo(Fixtures.VIDEO);
    encoder.openFile(file);
    EncodingResult result = encoder.finish();

    Thread.sleep(SHORT.toMillis() + 100);

    encoder.close();
    assertThat(file).exists();
    assertThat(encoder.result()).contains(result);
    assertThat(script.count("cancel")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void timeLimit_notPositive_isRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoder.builder().timeLimit(Duration.parse(value)))
        .withMessage("timeLimit " + value + ": must be positive");
  }

  @Test
  void toString_eachState_namesStateAndStreams() throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(VideoOptions.of(640, 480, 29.97));
    encoder.addAudio(AudioOptions.builder(48_000, 1).codec("aac").language("eng").build());

    assertThat(encoder)
        .hasToString(
            "Encoder[CONFIGURING, video 0: 640x480 at 30000/1001,"
                + " audio 0: 48000 Hz, 1 channel, aac, eng]");
    encoder.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);
    assertThat(encoder.toString()).startsWith("Encoder[OPEN, video 0: ");
    encoder.close();
    assertThat(encoder.toString()).startsWith("Encoder[CLOSED, ");
    assertThat(VideoFrame.of(PixelLayout.RGB24, 2, 1, new byte[6])).hasToString("RGB24 2x1");
    assertThat(video).hasToString("video 0: 640x480 at 30000/1001");
  }
}
