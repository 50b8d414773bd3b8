package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no GPU encodes. */
class EncodeOnGpuTest {
  @TempDir Path directory = Path.of("");

  @Test
  void run_noGpu_saysWhyAndWritesNothing() throws IOException {
    assumeTrue(
        EncoderCatalog.load().unavailableReason(Device.cuda()).isPresent(), "a GPU encodes here");
    Path file = directory.resolve("out.mp4");

    Run run = Run.of(new EncodeOnGpu(), file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().startsWith("EncodeOnGpu: ");
    assertThat(file).doesNotExist();
  }

  @Test
  void run_sizeThatIsNone_isRefused() {
    Run run = Run.of(new EncodeOnGpu(), "--size", "320by180");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'320by180' is no size such as 1280x720");
  }
}
