package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An encoder that was never closed gives its memory back, and does not pass for finished. */
@Timeout(20)
class EncoderReclaimTest {

  @TempDir Path directory;

  @Test
  void encoder_forgotten_isReleasedAndNotFinished() throws Exception {
    Script script = FakeBackend.install();
    Path file = directory.resolve("a.fake");
    forget(file);

    boolean released = false;
    for (int i = 0; i < 100 && !released; i++) {
      System.gc();
      released = script.awaitRelease(50);
    }

    assertThat(released).isTrue();
    assertThat(script.count("finish")).isZero();
    assertThat(script.count("salvage")).isZero();
    assertThat(script.breaches()).isEmpty();
    assertThat(file).as("left as after a crash").hasContent("<f");
  }

  @Test
  void encoder_closedAndForgotten_isReleasedOnce() throws Exception {
    Script script = FakeBackend.install();
    closeAndForget();

    Script second = FakeBackend.install();
    forget(directory.resolve("b.fake"));
    boolean collected = false;
    for (int i = 0; i < 100 && !collected; i++) {
      System.gc();
      collected = second.awaitRelease(50);
    }

    assertThat(collected).isTrue();
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(script.breaches()).isEmpty();
  }

  /** In a frame of its own, so that nothing refers to the encoder afterwards. */
  private static void forget(Path file) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(Fixtures.VIDEO);
    encoder.openFile(file);
    video.addFrame(Fixtures.frame());
  }

  private static void closeAndForget() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);
    }
  }
}
