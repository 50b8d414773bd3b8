package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuCtxGetCurrent;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.RequiresStandin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams on a CUDA device through the public API: the decoded frames equal the input. */
@RequiresStandin
class StreamsStandinTest {
  private static final int FRAMES = 12;

  @ParameterizedTest
  @CsvSource({
    "h264, 64, 64, 0",
    "h264, 322, 182, 2",
    "hevc, 322, 182, 0",
    "hevc, 64, 64, 2",
    "av1, 128, 96, 0",
    "h264_nvenc, 1920, 1080, 2"
  })
  void addFrame_hostNv12_decodesToTheInput(String codec, int width, int height, int bFrames)
      throws IOException {
    Yuv[] frames = Yuv.series(width, height, 8, FRAMES);
    VideoOptions options =
        VideoOptions.builder(width, height, 25)
            .device(Device.cuda(0))
            .codec(codec)
            .maxBFrames(bFrames)
            .build();

    List<Packet> packets = new ArrayList<>();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      for (Yuv frame : frames) {
        video.addFrame(
            VideoFrame.of(PixelLayout.NV12, width, height, Gpu.bytes(new Yuv[] {frame})));
      }
      result = encoder.finish();
    }

    assertThat(result.notes()).isEmpty();
    assertThat(result.streams().get(0).codec()).isEqualTo(codec.replaceAll("_.*", "") + "_nvenc");
    assertFrames(codec, packets, frames);
  }

  @ParameterizedTest
  @CsvSource({"h264, 64, 64, 0", "hevc, 322, 182, 2", "av1, 128, 96, 0"})
  void addFrames_deviceNv12_decodesToTheInput(String codec, int width, int height, int bFrames)
      throws IOException {
    Yuv[] frames = Yuv.series(width, height, 8, FRAMES);
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(Gpu.bytes(frames));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(width, height, 25)
                  .device(Device.cuda(0))
                  .codec(codec)
                  .maxBFrames(bFrames)
                  .build());
      encoder.openPackets(packets::add);
      video.addFrames(
          DeviceFrames.of(Device.cuda(0), PixelLayout.NV12, width, height, gpu.address(), FRAMES));
      encoder.finish();
      CUctx_st current = new CUctx_st();
      assertThat(cuCtxGetCurrent(current)).isEqualTo(CUDA_SUCCESS);
      assertThat(current.isNull()).isTrue();
    }

    assertFrames(codec, packets, frames);
  }

  private static void assertFrames(String codec, List<Packet> packets, Yuv[] frames) {
    String decoder = codec.startsWith("av1") ? "libaom-av1" : codec.replaceAll("_.*", "");
    List<Decoded> decoded =
        Decoded.of(
            decoder,
            packets.stream()
                .map(p -> new NvencEncoder.Packet(p.toByteArray(), p.pts(), p.dts(), p.keyFrame()))
                .toList());
    assertThat(decoded).hasSize(frames.length);
    for (int i = 0; i < frames.length; i++) {
      assertThat(decoded.get(i).pts()).isEqualTo(i);
      assertThat(decoded.get(i).frame().luma()).isEqualTo(frames[i].luma());
      assertThat(decoded.get(i).frame().chroma()).isEqualTo(frames[i].chroma());
    }
  }

  @Test
  void times_bFramesAtAnyRate_areValid() throws IOException {
    // dts must not exceed pts, and must increase
    for (double rate : new double[] {25, 29.97}) {
      for (boolean variable : new boolean[] {false, true}) {
        List<Packet> packets = new ArrayList<>();
        try (Encoder encoder = Encoder.create()) {
          VideoStream video =
              encoder.addVideo(
                  VideoOptions.builder(64, 64, rate)
                      .device(Device.cuda(0))
                      .maxBFrames(2)
                      .variableFrameRate(variable)
                      .build());
          encoder.openPackets(packets::add);
          for (Yuv frame : Yuv.series(64, 64, 8, FRAMES)) {
            video.addFrame(VideoFrame.of(PixelLayout.NV12, 64, 64, Gpu.bytes(new Yuv[] {frame})));
          }
          encoder.finish();
        }
        long last = Long.MIN_VALUE;
        for (Packet packet : packets) {
          assertThat(packet.dts()).isGreaterThan(last).isLessThanOrEqualTo(packet.pts());
          last = packet.dts();
        }
      }
    }
  }
}
