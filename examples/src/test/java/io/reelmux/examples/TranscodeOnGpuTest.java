package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import io.reelmux.examples.gpu.TranscodeOnGpu;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without a GPU that encodes. */
@RequiresFfmpegCli
class TranscodeOnGpuTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_noGpu_isDoneByTheCpuAndSaysSo() throws Exception {
    assumeTrue(
        EncoderCatalog.load().unavailableReason(Device.cuda()).isPresent(), "a GPU encodes here");
    Path out = directory.resolve("out.mp4");

    String printed =
        Output.of(TranscodeOnGpu::main, SampleFile.write(directory.resolve("in.mp4")), out);

    assertThat(printed).contains("encoded on the CPU by libx264, because cuda:0 cannot: ");
    assertThat(printed).contains("decoded on the CPU, because cuda:0 cannot: ");
    assertThat(StreamPlayer.streams(out))
        .containsExactly("video h264 160x90 25/1", "audio aac 48000 Hz 1 ch");
  }
}
