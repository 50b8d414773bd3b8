package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.standin.Footage.Source;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.NativeFaults;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Makes every call of FFmpeg that can fail do so, one after another, while host frames, device
 * frames and FFmpeg's own frames are encoded on a GPU.
 */
@RequiresStandin
class FfmpegFaultStandinTest {
  private static final int COUNT = 4;
  private static final Footage DEVICE = Footage.of(Source.DEVICE_RGB24, 64, 64, COUNT);
  private static final Footage HOST = Footage.of(Source.HOST_RGB24, 64, 64, COUNT);

  /** Only called without CUDA's bindings; see {@link #open_fails_throws}. */
  private static final String CREATE = "av_hwdevice_ctx_create";

  private long owners;

  @BeforeEach
  void countOwners() {
    owners = NativeOwner.openCount();
  }

  @AfterEach
  void restore() {
    NativeFaults.clear();
  }

  @Test
  void encode_withEachCallFailingInTurn_freesAllAndNamesTheStep(Standin standin)
      throws IOException {
    Set<String> failedFunctions = new TreeSet<>();
    try (Gpu gpu = new Gpu(DEVICE.joined());
        DeviceMemory memory = new DeviceMemory(64, 64, 8, 1)) {
      AVFrame surface = memory.frame(Yuv.numbered(64, 64, 8, 0));
      List<String> calls = new ArrayList<>();
      NativeFaults.inject(
          function -> {
            calls.add(function);
            return false;
          });
      encode(gpu, surface);
      var alive = standin.live();

      for (int k = 0; k < calls.size(); k++) {
        String call = "call %d, %s".formatted(k, calls.get(k));
        NativeFaults.failCall(k);

        Throwable thrown = catchThrowable(() -> encode(gpu, surface));

        NativeFaults.clear();
        assertThat(thrown).as(call).isInstanceOf(EncoderException.class);
        assertThat(thrown).hasMessageStartingWith("could not ");
        assertThat(((EncoderException) thrown).errorCode()).as(call).isEqualTo(Av.ENOMEM);
        assertThat(NativeOwner.openCount()).as("owners left by %s", call).isEqualTo(owners);
        assertThat(standin.live()).as("left in the driver by %s", call).isEqualTo(alive);
        failedFunctions.add(calls.get(k));
      }
      av_frame_free(surface);
    }

    Set<String> expected = NativeFaults.onDevice();
    expected.remove(CREATE);
    assertThat(failedFunctions).containsAll(expected);
  }

  @Test
  void open_fails_throws() {
    NativeFaults.inject(CREATE::equals);

    assertThatThrownBy(() -> HardwareDevice.open(0)).isInstanceOf(EncoderException.class);
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  private static void encode(Gpu gpu, AVFrame surface) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(DEVICE.options().maxBFrames(2).build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      DEVICE.add(video, gpu, Set.of());
      video.addFrame(VideoFrame.of(HOST.layout(), 64, 64, HOST.frames()[0]));
      video.addFrames(CudaFrames.of(Device.cuda(0), surface));
      encoder.finish();
    }
  }
}
