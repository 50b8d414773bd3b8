package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuCtxGetCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;

import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams on a CUDA device through the public API: the pictures that come out are those put in. */
@RequiresStandin
class TracksStandinTest {
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
  void addFrame_hostNv12_isTheDecodedPicture(String codec, int width, int height, int bFrames)
      throws IOException {
    Yuv[] pictures = Yuv.series(width, height, 8, FRAMES);
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
      for (Yuv picture : pictures) {
        video.addFrame(VideoFrame.of(PixelLayout.NV12, width, height, bytes(picture)));
      }
      result = encoder.finish();
    }

    assertThat(result.notes()).isEmpty();
    assertThat(result.streams().get(0).codec()).isEqualTo(codec.replaceAll("_.*", "") + "_nvenc");
    assertPictures(codec, packets, pictures);
  }

  @ParameterizedTest
  @CsvSource({"h264, 64, 64, 0", "hevc, 322, 182, 2", "av1, 128, 96, 0"})
  void addFrames_deviceNv12_isTheDecodedPicture(String codec, int width, int height, int bFrames)
      throws IOException {
    Yuv[] pictures = Yuv.series(width, height, 8, FRAMES);
    List<Packet> packets = new ArrayList<>();
    try (Board board = new Board(concat(pictures));
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
          VideoFrames.onDevice(
              Device.cuda(0), PixelLayout.NV12, width, height, board.address, FRAMES));
      encoder.finish();
      assertThat(cuCtxGetCurrent(board.popped)).isEqualTo(CUDA_SUCCESS);
      assertThat(board.popped.isNull()).isTrue();
    }

    assertPictures(codec, packets, pictures);
  }

  private static void assertPictures(String codec, List<Packet> packets, Yuv[] pictures) {
    String decoder = codec.startsWith("av1") ? "libaom-av1" : codec.replaceAll("_.*", "");
    List<Decoded> decoded =
        Decoded.of(
            decoder,
            packets.stream()
                .map(p -> new NvencEncoder.Packet(p.toByteArray(), p.pts(), p.dts(), p.keyFrame()))
                .toList());
    assertThat(decoded).hasSize(pictures.length);
    for (int i = 0; i < pictures.length; i++) {
      assertThat(decoded.get(i).pts()).isEqualTo(i);
      assertThat(decoded.get(i).picture().luma()).isEqualTo(pictures[i].luma());
      assertThat(decoded.get(i).picture().chroma()).isEqualTo(pictures[i].chroma());
    }
  }

  @Test
  void times_variableRateWithBFrames_arePlausible() throws IOException {
    // dts may not be after pts, and must rise
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
          for (Yuv picture : Yuv.series(64, 64, 8, FRAMES)) {
            video.addFrame(VideoFrame.of(PixelLayout.NV12, 64, 64, bytes(picture)));
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

  private static byte[] bytes(Yuv picture) {
    byte[] bytes = new byte[picture.luma().length + picture.chroma().length];
    for (int i = 0; i < bytes.length; i++) {
      int chroma = i - picture.luma().length;
      bytes[i] = (byte) (chroma < 0 ? picture.luma()[i] : picture.chroma()[chroma]);
    }
    return bytes;
  }

  private static byte[] concat(Yuv[] pictures) {
    byte[] first = bytes(pictures[0]);
    byte[] all = new byte[first.length * pictures.length];
    for (int i = 0; i < pictures.length; i++) {
      System.arraycopy(bytes(pictures[i]), 0, all, i * first.length, first.length);
    }
    return Arrays.copyOf(all, all.length);
  }

  /** Memory of board 0 in its primary context, which is not left current. */
  private static final class Board implements AutoCloseable {
    final CUctx_st context = new CUctx_st();
    final CUctx_st popped = new CUctx_st();
    final int[] device = new int[1];
    final long address;

    Board(byte[] bytes) {
      check(cuInit(0));
      check(cuDeviceGet(device, 0));
      check(cuDevicePrimaryCtxRetain(context, device[0]));
      check(cuCtxPushCurrent(context));
      long[] result = new long[1];
      check(cuMemAlloc(result, bytes.length));
      address = result[0];
      try (BytePointer host = new BytePointer(bytes)) {
        check(cuMemcpyHtoD(address, host, bytes.length));
      }
      check(cuCtxPopCurrent(popped));
    }

    private static void check(int code) {
      assertThat(code).isEqualTo(CUDA_SUCCESS);
    }

    @Override
    public void close() {
      check(cuCtxPushCurrent(context));
      check(cuMemFree(address));
      check(cuCtxPopCurrent(popped));
      check(cuDevicePrimaryCtxRelease(device[0]));
    }
  }
}
