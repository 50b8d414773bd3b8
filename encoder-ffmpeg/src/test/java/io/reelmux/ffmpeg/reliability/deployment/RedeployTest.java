package io.reelmux.ffmpeg.reliability.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An application that is deployed again can be collected, though its server's threads live on. */
class RedeployTest {

  /** FFmpeg's log callback keeps the newest loader; JavaCPP's own thread would keep each. */
  @Test
  void encode_deployedFourTimes_allLoadersButTheLastAreCollected() throws IOException {
    ChildJvm.Result result =
        ChildJvm.of(RedeployMain.class)
            .jvm("-Dorg.bytedeco.javacpp.nopointergc=true")
            .run(Duration.ofMinutes(1));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.lines()).contains("collected 3");
  }

  /** FFmpeg would call the second's log callback, whose code is gone with its loader. */
  @Test
  void encode_secondApplicationUndeployed_theFirstGoesOn() throws IOException {
    ChildJvm.Result result =
        ChildJvm.of(UndeployMain.class)
            .jvm("-Dorg.bytedeco.javacpp.nopointergc=true")
            .run(Duration.ofMinutes(1));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.lines()).contains("kept");
  }
}
