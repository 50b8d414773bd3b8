package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelmux.ByteArrayOutput;
import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.DeviceEncoder;
import io.reelmux.DeviceInfo;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each failure of a GPU has its own message, and leaks nothing. */
@RequiresStandin
class FailuresStandinTest {
  private long owners;

  @BeforeEach
  void countOwners() {
    owners = NativeOwner.openCount();
  }

  @AfterEach
  void assertNoOwnerLeft() {
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CUINIT=100 | the NVIDIA driver finds no GPU",
        "DEVICES=0 | there is no GPU cuda:0",
        "CUINIT=803 | the NVIDIA driver does not work (CUDA_ERROR_SYSTEM_DRIVER_MISMATCH)",
        "NVENC_VERSION=0xc2 | the NVIDIA driver is too old: it supports NVENC API 12.2",
        "NVENC_VERSION=0xd0 | the NVIDIA driver is too old: it supports NVENC API 13.0, and 13.1",
        "FAIL_OPEN=2 | cuda:0 has no encoder (NVENC)",
        "FAIL_OPEN=1 | cuda:0 has no encoder (NVENC)",
        "FAIL_OPEN=10 | no more encoding sessions are available on cuda:0",
        "FAIL_OPEN=21 | no more encoding sessions are available on cuda:0",
        "CODECS=hevc | cuda:0 does not support this codec",
        "CAP_16=48 | cuda:0 supports frames up to 48 pixels wide, not 64",
        "CAP_17=48 | cuda:0 supports frames up to 48 pixels high, not 64",
        "FAIL_BITSTREAM_AT=1+ | cuda:0 is out of memory",
        "FAIL_INIT=8 | NVENC rejects the settings or the size",
        "CUCTX=2 | cuda:0 is out of memory",
      })
  void open_unusableGpu_reportsWhy(String setting, String expected, Standin standin)
      throws IOException {
    set(standin, setting);
    ByteArrayOutput out = new ByteArrayOutput();
    EncoderException failure;
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options().build());

      failure =
          catchThrowableOfType(EncoderException.class, () -> encoder.openFileLike(out, "mp4"));
    }

    assertThat(failure).hasMessageContaining(expected).hasMessageContaining("(video 0)");
    assertThat(out.toByteArray()).isEmpty();
    assertThat(EncoderCatalog.load().unsupportedReason(options().build(), "mp4"))
        .hasValueSatisfying(reason -> assertThat(reason).contains(expected));
  }

  @Test
  void open_missingGpu_reportsThatThereIsNone() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options().device(Device.cuda(3)).build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mp4"))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("there is no GPU cuda:3");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAP_0=0 | h264 | 2 | cuda:0 supports up to 0 consecutive B-frames",
        "CAP_39=0 | hevc | 0 | cuda:0 does not support 10 bits with this codec",
      })
  void open_missingCapability_reportsWhich(
      String setting, String codec, int bFrames, String expected, Standin standin)
      throws IOException {
    set(standin, setting);
    VideoOptions.Builder options = options().codec(codec).maxBFrames(bFrames);
    if (codec.equals("hevc")) {
      options.color(ColorSpec.BT2020_PQ);
    }
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options.build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mp4"))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAIL_ENCODE_AT=3 | cuda:0 is out of memory",
        "FAIL_REGISTER_AT=2 | NVENC does not accept the surface",
        "FAIL_MAP_AT=2 | NVENC cannot read the surface",
        "FAIL_LOCK_AT=2 | NVENC did not return an encoded frame (generic error (20)",
        "FAIL_ALLOC_AT=2 | cuda:0 is out of memory",
      })
  void addFrame_gpuFailsMidway_reportsWhy(String setting, String expected, Standin standin)
      throws IOException {
    set(standin, setting);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options().build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");

      assertThatThrownBy(() -> feed(video, encoder, 20))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining(expected)
          .hasMessageContaining("(video 0)");
    }
  }

  private static void feed(VideoStream video, Encoder encoder, int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      video.addFrame(VideoFrame.of(PixelLayout.NV12, 64, 64, new byte[64 * 96]));
    }
    encoder.finish();
  }

  @Test
  void open_fallbackAllowed_encodesOnTheCpuAndNotesIt(Standin standin) throws IOException {
    set(standin, "FAIL_OPEN=2");
    ByteArrayOutput out = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              options()
                  .codec("h264_nvenc")
                  .preset("p5")
                  .option("spatial-aq", "1")
                  .fallbackToCpu(true)
                  .build());
      encoder.openFileLike(out, "mp4");
      for (int i = 0; i < 3; i++) {
        video.addFrame(VideoFrame.of(PixelLayout.NV12, 64, 64, new byte[64 * 96]));
      }
      result = encoder.finish();
    }

    assertThat(result.streams().get(0).codec()).isEqualTo("libx264");
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith(
            "video 0: encoded on the CPU by libx264 without preset p5, option spatial-aq=1, because"
                + " cuda:0 cannot: cuda:0 has no encoder (NVENC)");
  }

  @Test
  void devices_oneGpu_listsItsEncoders(Standin standin) throws IOException {
    standin.set("CAP_45", 146).set("CAP_46", 50).set("CODECS", "h264 hevc");

    List<DeviceInfo> devices = EncoderCatalog.load().devices();

    assertThat(devices).hasSize(1);
    DeviceInfo gpu = devices.get(0);
    assertThat(gpu.device()).isEqualTo(Device.cuda(0));
    assertThat(gpu.name()).isEqualTo("Stand-in GPU 0");
    assertThat(gpu.memoryBytes()).hasValue(8L << 30);
    assertThat(gpu.driver()).contains("CUDA 13.3");
    assertThat(gpu.unavailableReason()).isEmpty();
    assertThat(gpu.encoders())
        .containsExactly(
            new DeviceEncoder("h264_nvenc", "h264", 146, 50, 4096, 4096, false, true),
            new DeviceEncoder("hevc_nvenc", "hevc", 146, 50, 8192, 8192, true, true));
    assertThat(EncoderCatalog.load().unavailableReason(Device.cuda(0))).isEmpty();
    assertThat(EncoderCatalog.load().unavailableReason(Device.cuda(1)).orElseThrow())
        .startsWith("there is no GPU cuda:1");
  }

  @Test
  void devices_severalGpus_eachReportsItsOwnState(Standin standin) throws IOException {
    standin.set("DEVICES", 2).set("FAIL_OPEN_0", 2);

    List<DeviceInfo> devices = EncoderCatalog.load().devices();

    assertThat(devices).hasSize(2);
    assertThat(devices.get(0).unavailableReason().orElseThrow())
        .startsWith("cuda:0 has no encoder (NVENC)");
    assertThat(devices.get(0).encoders()).isEmpty();
    assertThat(devices.get(1).unavailableReason()).isEmpty();
    assertThat(devices.get(1).encoders()).hasSize(3);
  }

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(64, 64, 25).device(Device.cuda(0));
  }

  private static void set(Standin standin, String setting) {
    String[] pair = setting.split("=");
    standin.set(pair[0], pair[1]);
  }
}
