package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.examples.gpu.TranscodeOnGpu;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import io.reelmux.testing.media.StreamPlayer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the stand-in driver, whose encoder is lossless. */
@RequiresStandin
class TranscodeOnGpuStandinTest {
  private static final int FRAMES = 20;

  @TempDir Path directory = Path.of("");

  @Test
  void main_gpuThatDecodes_copiesNothingToTheHost(Standin standin) throws IOException {
    standin.loadDecoder();
    Path in = encodeOnGpu();
    standin.set("COPIES", 1);
    Path out = directory.resolve("out.mp4");

    String printed = Output.of(TranscodeOnGpu::main, in, out);

    assertThat(printed)
        .matches("PT0\\.8S, \\d+ bytes\\RcopyAudio: there was no audio stream to copy\\R");
    assertThat(standin.journal("nvdec create codec=h264 ")).hasSize(1);
    assertThat(standin.journal("cuda copy ")).isEmpty();
    StreamPlayer expected = StreamPlayer.open(in, 0);
    StreamPlayer video = StreamPlayer.open(out, 0);
    for (int n = 0; n < FRAMES; n++) {
      assertThat(video.frame()).isNotNull().isEqualTo(expected.frame());
    }
    assertThat(video.frame()).isNull();
  }

  private Path encodeOnGpu() throws IOException {
    Path file = directory.resolve("in.mp4");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(160, 90, 25).device(Device.cuda()).build());
      encoder.openFile(file);
      for (int n = 0; n < FRAMES; n++) {
        BufferedImage image = new BufferedImage(160, 90, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(n, n, 0xFFFFFF);
        video.addFrame(VideoFrame.of(image));
      }
    }
    return file;
  }
}
