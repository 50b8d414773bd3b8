package io.reelmux.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without an NVIDIA driver, such as most machines that build this. */
class NoDriverTest {
  private static final String REASON =
      "there is no NVIDIA driver (libcuda cannot be loaded): install driver 610 or newer; a"
          + " container needs the NVIDIA container toolkit and --gpus";

  private long owners;

  @BeforeEach
  void assumeNoDriver() {
    assumeThat(Path.of("/proc/driver/nvidia")).doesNotExist();
    owners = NativeOwner.openCount();
  }

  @AfterEach
  void assertNoOwnerLeft() {
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  @Test
  void openFile_noDriver_throwsAndLeavesTheFileUntouched(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp4"), "as it was");
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options().build());

      assertThatThrownBy(() -> encoder.openFile(file))
          .isInstanceOfSatisfying(
              EncoderException.class,
              failure -> {
                assertThat(failure.errorText()).isEqualTo(REASON);
                assertThat(failure.stream()).contains("video 0");
                assertThat(failure.errorCode()).isNegative();
                assertThat(failure.logLines()).anyMatch(line -> line.contains("libcuda"));
              });
    }

    assertThat(file).hasContent("as it was");
  }

  @Test
  void openFileLike_noDriverTwice_failsWithTheSameReason() throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options().build());
      Throwable first = catchThrowable(() -> encoder.openFileLike(out, "mp4"));

      Throwable second = catchThrowable(() -> encoder.openFileLike(out, "mp4"));

      assertThat(first).isInstanceOf(EncoderException.class);
      assertThat(second).isInstanceOf(EncoderException.class);
      assertThat(((EncoderException) second).errorText()).isEqualTo(REASON);
    }
    assertThat(out.toByteArray()).isEmpty();
  }

  @Test
  void open_fallbackAllowed_encodesOnTheCpuAndNotesIt() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options().fallbackToCpu(true).build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));
      DeviceFrames onGpu = DeviceFrames.of(Device.cuda(0), PixelLayout.NV12, 64, 48, 1 << 20, 1);

      assertThatThrownBy(() -> video.addFrames(onGpu))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "frames in the memory of cuda:0: this stream is encoded on the CPU, and accepts frames"
                  + " in the host's memory");
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));
      result = encoder.finish();
    }

    assertThat(result.streams().get(0).codec()).isEqualTo("libx264");
    assertThat(result.streams().get(0).framesIn()).isEqualTo(2);
    assertThat(result.notes())
        .containsExactly(
            "video 0: encoded on the CPU by libx264, because cuda:0 cannot: " + REASON);
  }

  @Test
  void catalog_noDriver_hasNoDevicesAndReportsWhy() throws IOException {
    EncoderCatalog catalog = EncoderCatalog.load();

    assertThat(catalog.devices()).isEmpty();
    assertThat(catalog.unavailableReason(Device.cuda(0))).contains(REASON);
    assertThat(catalog.unavailableReason(Device.cpu())).isEmpty();
    assertThat(catalog.unsupportedReason(options().build(), "mp4").orElseThrow()).contains(REASON);
    assertThat(catalog.canEncode(options().fallbackToCpu(true).build(), "mp4")).isTrue();
  }

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(64, 48, 25).device(Device.cuda(0));
  }
}
