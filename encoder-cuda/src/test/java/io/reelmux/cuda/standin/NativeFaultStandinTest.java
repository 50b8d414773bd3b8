package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes every native allocation, every driver call and every FFmpeg call fail in turn, while frames
 * of all three kinds are encoded on a GPU.
 */
@RequiresStandin
class NativeFaultStandinTest {
  private static final int COUNT = 4;
  private static final Footage DEVICE = Footage.of(Source.DEVICE_RGB24, 64, 64, COUNT);
  private static final Footage HOST = Footage.of(Source.HOST_RGB24, 64, 64, COUNT);

  @TempDir Path folder;

  private final Deque<NativeOwner> open = new ArrayDeque<>();
  private final List<String> wrongOrder = new ArrayList<>();
  private long owners;

  @BeforeEach
  void countOwners() {
    owners = NativeOwner.openCount();
  }

  @AfterEach
  void restore() {
    Av.injectFaults(null);
    NativeOwner.observe(null);
  }

  @Test
  void encode_eachNativeStepFailingInTurn_freesAllAndNamesTheStep(Standin standin)
      throws IOException {
    List<String> steps = new ArrayList<>();
    Set<String> failedSteps = new HashSet<>();
    try (Gpu gpu = new Gpu(DEVICE.joined());
        DeviceMemory memory = new DeviceMemory(64, 64, 8, 1)) {
      AVFrame surface = memory.frame(Yuv.numbered(64, 64, 8, 0));
      Av.injectFaults(
          step -> {
            steps.add(step);
            return false;
          });
      encode(gpu, surface);
      assertThat(steps).hasSizeGreaterThan(100);
      var alive = standin.live();

      for (int k = 0; k < steps.size(); k++) {
        failAt(k);

        Throwable thrown = catchThrowable(() -> encode(gpu, surface));

        Av.injectFaults(null);
        assertThat(thrown).as("step %d, %s", k, steps.get(k)).isNotNull();
        assertThat(failure(thrown).operation()).isNotBlank();
        assertThat(failure(thrown).errorCode()).isNotZero();
        assertThat(NativeOwner.openCount()).as("owners left by %s", steps.get(k)).isEqualTo(owners);
        assertThat(standin.live()).as("left in the driver by %s", steps.get(k)).isEqualTo(alive);
        failedSteps.add(steps.get(k));
      }
      av_frame_free(surface);
    }

    assertThat(failedSteps)
        .contains(
            "cuInit",
            "cuDeviceGet",
            "cuDevicePrimaryCtxGetState",
            "cuDevicePrimaryCtxRetain",
            "cuCtxPushCurrent",
            "cuCtxPopCurrent",
            "cuStreamCreate",
            "cuStreamWaitEvent",
            "cuEventCreate",
            "cuEventRecord",
            "cuEventSynchronize");
  }

  /** Without kernels a stream opens, and frames in GPU memory report what went wrong. */
  private static EncoderException failure(Throwable thrown) {
    if (thrown instanceof IllegalArgumentException) {
      assertThat(thrown)
          .hasMessageStartingWith("frames in GPU memory cannot be encoded: ")
          .hasCauseInstanceOf(EncoderException.class);
      return (EncoderException) Objects.requireNonNull(thrown.getCause());
    }
    assertThat(thrown).isInstanceOf(EncoderException.class).hasMessageStartingWith("could not ");
    return (EncoderException) thrown;
  }

  /** Sets the k-th step to fail. */
  private static void failAt(int k) {
    int[] count = {0};
    Av.injectFaults(step -> count[0]++ == k);
  }

  @Test
  void open_eachNativeStepFailingInTurn_closesInReverseOrderAndLeavesTheFileUntouched(
      Standin standin) throws IOException {
    List<String> steps = new ArrayList<>();
    Av.injectFaults(
        step -> {
          steps.add(step);
          return false;
        });
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(DEVICE.options().build());
      encoder.openFile(folder.resolve("whole.mp4"));
      Av.injectFaults(null);
    }
    assertThat(steps).hasSizeGreaterThan(30);
    Path file = folder.resolve("kept.mp4");

    for (int k = 0; k < steps.size(); k++) {
      Files.writeString(file, "as it was");
      failAt(k);
      NativeOwner.observe(this::observe);
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(DEVICE.options().build());
        Throwable thrown = catchThrowable(() -> encoder.openFile(file));
        Av.injectFaults(null);
        if (thrown == null) {
          // host frames do not need the kernels
          assertThat(steps.get(k)).startsWith("cuCtxP");
        } else {
          assertThat(failure(thrown).operation()).isNotBlank();
          assertThat(open).as("left by %s", steps.get(k)).isEmpty();
          assertThat(file).hasContent("as it was");
          standin.assertNothingLeft();
        }
      }
      NativeOwner.observe(null);
      assertThat(open).as("left by %s", steps.get(k)).isEmpty();
      assertThat(wrongOrder).as("order after %s", steps.get(k)).isEmpty();
      standin.assertNothingLeft();
    }
  }

  private void observe(NativeOwner owner, boolean opened) {
    if (opened) {
      open.push(owner);
    } else if (open.peek() == owner) {
      open.pop();
    } else if (open.remove(owner) && !(owner instanceof CodecContext)) {
      // an encoder refers to surfaces that are created after it, and is closed before them
      wrongOrder.add(owner.getClass().getSimpleName());
    }
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
