package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no GPU encodes: the CPU does. */
class TranscodeOnGpuTest {
  @TempDir Path directory = Path.of("");

  @BeforeAll
  static void requireNoGpu() throws IOException {
    assumeTrue(
        EncoderCatalog.load().unavailableReason(Device.cuda()).isPresent(), "a GPU encodes here");
  }

  @Test
  void run_noGpu_encodesOnTheCpuAndSaysWhy() throws IOException {
    Path source = Sources.twoVideosTwoAudios(directory.resolve("in.mp4"));
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(new TranscodeOnGpu(), source, copy);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("on the CPU: ")))
        .singleElement()
        .asString()
        .hasSizeGreaterThan(30);
    assertThat(run.out()).contains("libx264").doesNotContain("nvenc", "pictures copied");
    assertThat(Decoder.streams(copy)).isEqualTo(Decoder.streams(source));
    Likeness likeness = Likeness.ofVideo(source, 0, copy, 0);
    assertThat(likeness.frames()).isEqualTo(50);
    assertThat(likeness.surplus()).isZero();
    assertThat(likeness.leastPsnr()).isGreaterThanOrEqualTo(35);
  }

  @Test
  void run_anotherSize_scales() throws IOException {
    Path source = Sources.framesAt(directory.resolve("in.mp4"), 0, 0.04, 0.08);
    Path copy = directory.resolve("out.mkv");

    assertThat(Run.of(new TranscodeOnGpu(), source, copy, "--size", "80x60").status()).isZero();

    assertThat(Decoder.streams(copy)).singleElement().asString().startsWith("video h264 80x60 ");
  }

  @Test
  void run_missingFile_saysSo() {
    Path copy = directory.resolve("out.mp4");

    Run run = Run.of(new TranscodeOnGpu(), directory.resolve("none.mp4"), copy);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("NoSuchFileException", "none.mp4").doesNotContain("\tat ");
    assertThat(copy).doesNotExist();
  }
}
