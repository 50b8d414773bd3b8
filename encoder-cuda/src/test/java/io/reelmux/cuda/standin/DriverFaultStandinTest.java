package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxSetFlags;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.cuda.internal.driver.Cuda;
import io.reelmux.cuda.standin.Footage.Source;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Makes each call of each driver function fail, one at a time. */
@RequiresStandin
class DriverFaultStandinTest {
  private static final Footage DEVICE = Footage.of(Source.DEVICE_RGB24, 64, 64, 4);
  private static final Footage HOST = Footage.of(Source.HOST_RGB24, 64, 64, 4);

  /** Functions that opening an encoder calls. */
  static final List<String> OPENING =
      List.of(
          "cuInit",
          "cuDeviceGet",
          "cuDevicePrimaryCtxGetState",
          "cuDevicePrimaryCtxSetFlags",
          "cuDevicePrimaryCtxRetain",
          "cuDevicePrimaryCtxRelease",
          "cuCtxPushCurrent",
          "cuCtxPopCurrent",
          "cuStreamCreate",
          "cuStreamDestroy",
          "cuEventCreate",
          "cuEventDestroy",
          "cuModuleLoadData",
          "cuModuleGetFunction",
          "cuModuleUnload");

  /** Functions that encoding calls; the context of frames in GPU memory exists already. */
  static final List<String> ENCODING =
      Stream.concat(
              OPENING.stream().filter(name -> !name.equals("cuDevicePrimaryCtxSetFlags")),
              Stream.of(
                  "cuEventRecord", "cuStreamWaitEvent", "cuLaunchKernel", "cuEventSynchronize"))
          .toList();

  /** Functions that list the GPUs. */
  static final List<String> LISTING =
      List.of(
          "cuInit",
          "cuDriverGetVersion",
          "cuDeviceGetCount",
          "cuDeviceGet",
          "cuDeviceGetName",
          "cuDeviceTotalMem");

  /** Functions whose failures need not be reported, at least in some of their calls. */
  private static final Set<String> TOLERATED =
      Set.of(
          "cuDevicePrimaryCtxSetFlags",
          "cuDevicePrimaryCtxRelease",
          "cuCtxPushCurrent",
          "cuCtxPopCurrent",
          "cuStreamDestroy",
          "cuEventDestroy",
          "cuModuleUnload");

  @TempDir Path folder;

  private final Deque<NativeOwner> open = new ArrayDeque<>();
  private final List<String> wrongOrder = new ArrayList<>();
  private long owners;

  @BeforeEach
  void countOwners() {
    owners = NativeOwner.openCount();
  }

  @AfterEach
  void stopObserving() {
    NativeOwner.observe(null);
  }

  @Test
  void functions_areAllTested() {
    Set<String> tested = new HashSet<>(ENCODING);
    tested.addAll(OPENING);
    tested.addAll(LISTING);
    tested.add("cuGetErrorName");

    assertThat(Arrays.stream(Cuda.class.getDeclaredMethods()).map(Method::getName).distinct())
        .containsExactlyInAnyOrderElementsOf(tested);
  }

  @ParameterizedTest
  @FieldSource("ENCODING")
  void encode_eachCallFailingInTurn_freesAllAndNamesTheCall(String function, Standin standin)
      throws IOException {
    int call = 0;
    boolean failed = true;
    while (failed) {
      call++;
      try (Gpu gpu = new Gpu(DEVICE.joined());
          DeviceMemory memory = new DeviceMemory(64, 64, 8, 1)) {
        AVFrame surface = memory.frame(Yuv.numbered(64, 64, 8, 0));
        Map<String, String> alive = standin.live();
        standin.failCall(function, call);

        Throwable thrown = catchThrowable(() -> encode(gpu, surface));

        failed = standin.callFailed();
        standin.unset("FAIL_" + function + "_AT");
        assertReported(thrown, function, call, failed);
        assertThat(NativeOwner.openCount()).as("%s, call %d", function, call).isEqualTo(owners);
        if (!isLeakOfTheDriver(function, thrown)) {
          assertThat(standin.live()).as("%s, call %d", function, call).isEqualTo(alive);
        }
        av_frame_free(surface);
      }
      standin.reset();
    }
    assertThat(call).as("calls of %s, and one more", function).isGreaterThan(1);
  }

  @ParameterizedTest
  @FieldSource("OPENING")
  void open_eachCallFailingInTurn_closesInReverseOrderAndLeavesTheFileUntouched(
      String function, Standin standin) throws IOException {
    Path file = folder.resolve("kept.mp4");
    int call = 0;
    boolean failed = true;
    while (failed) {
      call++;
      Files.writeString(file, "as it was");
      resetPrimaryContextFlags();
      standin.failCall(function, call);
      NativeOwner.observe(this::observe);
      Throwable thrown;
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(DEVICE.options().build());
        thrown = catchThrowable(() -> encoder.openFile(file));
        if (thrown != null) {
          assertThat(open).as("%s, call %d", function, call).isEmpty();
          assertThat(file).hasContent("as it was");
          standin.assertNothingLeft();
        }
      }
      NativeOwner.observe(null);
      failed = standin.callFailed();
      if (!function.startsWith("cuModule")) { // host frames do not need the kernels
        assertReported(thrown, function, call, failed);
      }
      assertThat(open).as("%s, call %d", function, call).isEmpty();
      assertThat(wrongOrder).as("order after %s, call %d", function, call).isEmpty();
      if (!isLeakOfTheDriver(function, thrown)) {
        standin.assertNothingLeft();
      }
      standin.reset();
    }
    assertThat(call).as("calls of %s, and one more", function).isGreaterThan(1);
  }

  @ParameterizedTest
  @FieldSource("LISTING")
  void devices_eachCallFailingInTurn_reportsWhatIsKnown(String function, Standin standin)
      throws IOException {
    standin.set("CODECS", "h264");
    int call = 0;
    boolean failed = true;
    while (failed) {
      call++;
      standin.failCall(function, call);

      List<DeviceInfo> devices = EncoderCatalog.load().devices();

      failed = standin.callFailed();
      assertThat(devices).as("%s, call %d", function, call).hasSize(1);
      assertThat(devices.get(0).encoders()).hasSize(1);
      assertThat(devices.get(0).name()).isIn("Stand-in GPU 0", "CUDA device 0");
      standin.reset();
      standin.set("CODECS", "h264");
    }
    assertThat(call).as("calls of %s, and one more", function).isGreaterThan(1);
  }

  @Test
  void open_failureWithoutName_isReported(Standin standin) throws IOException {
    standin.failCall("cuDevicePrimaryCtxRetain", 1).set("FAIL_cuGetErrorName_AT", 1);
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(DEVICE.options().build());

      assertThatThrownBy(() -> encoder.openPackets(packet -> {}))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("cuDevicePrimaryCtxRetain returned an unknown error");
    }
  }

  /** Otherwise those of an earlier test remain, and need not be set. */
  private static void resetPrimaryContextFlags() {
    assertThat(cuInit(0)).isEqualTo(CUDA_SUCCESS);
    assertThat(cuDevicePrimaryCtxSetFlags(0, 0)).isEqualTo(CUDA_SUCCESS);
  }

  private static void assertReported(
      @Nullable Throwable thrown, String function, int call, boolean failed) {
    if (thrown == null) {
      assertThat(failed && !TOLERATED.contains(function))
          .as("%s, call %d, failed unnoticed", function, call)
          .isFalse();
      return;
    }
    assertThat(failed).as("%s, call %d: %s", function, call, thrown).isTrue();
    EncoderException failure = failure(thrown);
    assertThat(failure.operation()).isNotBlank();
    assertThat(failure.errorCode()).isNotZero();
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

  /** Whether an object could not be freed because its context could not be made current. */
  private static boolean isLeakOfTheDriver(String function, @Nullable Throwable thrown) {
    return function.equals("cuCtxPushCurrent") && thrown == null;
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
