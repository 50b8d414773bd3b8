package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of tests of an encoder with a video and an audio stream on the {@link FakeBackend}. After
 * each test the encoder is closed, and its session must have been released once.
 */
abstract class ScriptedEncoder {
  Script script = new Script();
  final Encoder encoder = Encoder.create();
  final VideoStream video = encoder.addVideo(Fixtures.VIDEO);
  final AudioStream audio = encoder.addAudio(Fixtures.AUDIO);

  @BeforeEach
  void installScript() {
    script = FakeBackend.install();
  }

  @AfterEach
  void releasesOnce() throws InterruptedException {
    assertThat(Background.start(encoder::close).thrown()).isNull();

    assertThat(script.breaches()).isEmpty();
    assertThat(script.count("release")).isEqualTo(script.count("opened"));
  }
}
