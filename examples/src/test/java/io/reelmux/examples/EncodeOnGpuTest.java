package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.examples.gpu.EncodeOnGpu;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without a GPU that encodes. */
class EncodeOnGpuTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_noGpu_reportsWhyAndWritesNothing() throws IOException {
    assumeTrue(
        EncoderCatalog.load().unavailableReason(Device.cuda()).isPresent(), "a GPU encodes here");
    Path file = directory.resolve("out.mp4");

    String out = Output.of(EncodeOnGpu::main, file);

    assertThat(out.lines()).singleElement().asString().startsWith("cuda:0 cannot encode: ");
    assertThat(file).doesNotExist();
  }
}
