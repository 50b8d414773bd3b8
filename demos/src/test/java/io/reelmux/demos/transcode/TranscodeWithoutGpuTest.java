package io.reelmux.demos.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.demos.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --device cuda:0} on a machine without a GPU that encodes. */
class TranscodeWithoutGpuTest {
  @TempDir Path directory = Path.of("");

  @BeforeAll
  static void requireNoGpu() throws IOException {
    assumeTrue(
        EncoderCatalog.load().unavailableReason(Device.cuda()).isPresent(), "a GPU encodes here");
  }

  @Test
  void run_noGpu_encodesOnTheCpuAndReportsWhy() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(source, copy, "--device", "cuda:0");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("on the CPU: ")))
        .singleElement()
        .asString()
        .hasSizeGreaterThan(30);
    assertThat(run.out()).contains("libx264").doesNotContain("nvenc", "frames copied");
    assertThat(Decoder.streams(copy)).isEqualTo(Decoder.streams(source));
    Likeness likeness = Likeness.ofVideo(source, 0, copy, 0);
    assertThat(likeness.frames()).isEqualTo(50);
    assertThat(likeness.surplus()).isZero();
    assertThat(likeness.minPsnr()).isGreaterThanOrEqualTo(35);
  }
}
