package io.reelmux.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real GPU encodes, or reports that it has no NVENC, as many data center GPUs do. */
@RequiresCuda
class EncodeCudaTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int FRAMES = 30;

  @TempDir Path folder;

  @Test
  void gpu_encodesOrReportsThatItCannot() throws IOException {
    Optional<String> unavailableReason = EncoderCatalog.load().unavailableReason(Device.cuda());
    Path file = folder.resolve("gpu.mp4");

    if (unavailableReason.isPresent()) {
      assertThat(unavailableReason.get()).contains("has no encoder (NVENC)");
      assertThatThrownBy(() -> encode(file))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("has no encoder (NVENC)");
      assertThat(file).doesNotExist();
      return;
    }
    EncodingResult result = encode(file);
    assertThat(result.streams().get(0).codec()).isEqualTo("h264_nvenc");
    assertThat(result.streams().get(0).packets()).isEqualTo(FRAMES);
    assertThat(file).isNotEmptyFile();
  }

  private static EncodingResult encode(Path file) throws IOException {
    byte[] frames = new byte[3 * WIDTH * HEIGHT * FRAMES];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (byte) (i % WIDTH + i / (3 * WIDTH * HEIGHT) * 5);
    }
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 30).device(Device.cuda()).build());
      encoder.openFile(file);
      video.addFrames(VideoFrames.planarRgb(WIDTH, HEIGHT, frames));
      return encoder.finish();
    }
  }
}
