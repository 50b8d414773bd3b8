package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.cuda.internal.kernel.FrameKernels;
import io.reelmux.cuda.internal.kernel.SurfaceTarget;
import io.reelmux.cuda.standin.Footage.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose memory is whose, and when: the caller's is free when a call returns, that of surfaces is
 * not written while NVENC still has to read it, and work that the caller queued comes first. The
 * stand-in reads pictures and runs kernels as late as a driver may.
 */
@RequiresStandin
class CallersMemoryStandinTest {
  private static final int COUNT = 30;

  /** More pictures are held back than FFmpeg knows of, or a whole lookahead of them. */
  @ParameterizedTest
  @CsvSource({"DEVICE_RGB24, 2, 0, 0", "DEVICE_RGB24, 3, 0, 2", "HOST_RGB24, 3, 12, 0"})
  void surfaces_areNotReusedWhileHeld(
      Source source, int bFrames, int lookahead, int delay, Standin standin) throws IOException {
    standin.set("DELAY", delay);
    Footage footage = Footage.of(source, 64, 64, COUNT);

    List<Packet> packets =
        footage.encode(
            footage
                .options()
                .maxBFrames(bFrames)
                .option("rc-lookahead", Integer.toString(lookahead))
                .build(),
            Set.of());

    assertFrames(packets, footage);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void hostBuffer_isFreeWhenAddReturns(int bFrames) throws IOException {
    Footage footage = Footage.of(Source.HOST_RGB24, 64, 64, COUNT);
    List<Packet> packets = new ArrayList<>();
    byte[] buffer = new byte[footage.pictures()[0].length];
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(bFrames).build());
      encoder.openPackets(packets::add);
      for (byte[] picture : footage.pictures()) {
        System.arraycopy(picture, 0, buffer, 0, buffer.length);
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 64, buffer));
        Arrays.fill(buffer, (byte) 0x77);
      }
      encoder.finish();
    }

    assertFrames(packets, footage);
  }

  @ParameterizedTest
  @CsvSource({"DEVICE_RGB24, 0", "DEVICE_RGB24, 3", "DEVICE_NV12, 3", "DEVICE_RGB_PLANAR, 2"})
  void deviceBuffer_isFreeWhenAddReturns(Source source, int bFrames) throws IOException {
    Footage footage = Footage.of(source, 64, 64, COUNT);
    int bytes = footage.pictures()[0].length;
    List<Packet> packets = new ArrayList<>();
    try (Gpu board = new Gpu(footage.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(bFrames).build());
      encoder.openPackets(packets::add);
      for (int n = 0; n < COUNT; n++) {
        video.addFrames(footage.batch(board, n, 1));
        long used = board.address() + (long) n * bytes;
        board.run(() -> check(cuMemsetD8(used, (byte) 0x77, bytes)));
      }
      encoder.finish();
    }

    assertFrames(packets, footage);
  }

  /** A kernel of the caller's writes each picture just before it is added, into the same memory. */
  @Test
  void callersStream_isWaitedFor() throws IOException {
    Footage rgb = Footage.of(Source.DEVICE_RGB24, 64, 64, COUNT);
    List<Packet> packets = new ArrayList<>();
    try (Gpu source = new Gpu(rgb.joined());
        Gpu nv12 = new Gpu(new byte[64 * 96]);
        CUstream_st stream = new CUstream_st();
        Encoder encoder = Encoder.create()) {
      FrameKernels kernels = load(source);
      source.run(() -> check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING)));
      VideoStream video = encoder.addVideo(rgb.options().maxBFrames(2).build());
      encoder.openPackets(packets::add);
      for (int n = 0; n < COUNT; n++) {
        long picture = source.address() + (long) n * 3 * 64 * 64;
        source.run(() -> convert(kernels, stream, picture, nv12.address()));
        video.addFrames(
            DeviceFrames.of(Device.cuda(0), PixelLayout.NV12, 64, 64, nv12.address(), 1)
                .withCudaStream(stream.address()));
      }
      encoder.finish();
      source.run(
          () -> {
            check(cuStreamDestroy(stream));
            close(kernels);
          });
    }

    assertFrames(packets, rgb);
  }

  private static FrameKernels load(Gpu board) {
    FrameKernels[] loaded = new FrameKernels[1];
    board.run(
        () -> {
          try {
            loaded[0] = FrameKernels.load();
          } catch (EncoderException e) {
            throw new AssertionError(e);
          }
        });
    return loaded[0];
  }

  private static void close(FrameKernels kernels) {
    try {
      kernels.close();
    } catch (EncoderException e) {
      throw new AssertionError(e);
    }
  }

  private static void convert(FrameKernels kernels, CUstream_st stream, long from, long to) {
    try {
      kernels.convert(
          stream,
          PixelLayout.RGB24,
          new long[] {from},
          new long[] {3 * 64},
          new SurfaceTarget(to, 64, to + 64 * 64, 64, 8),
          64,
          64,
          ColorSpec.BT709_LIMITED);
    } catch (EncoderException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(int code) {
    assertThat(code).isEqualTo(CUDA_SUCCESS);
  }

  private static void assertFrames(List<Packet> packets, Footage footage) {
    assertThat(Decoded.nv12("h264", packets)).isDeepEqualTo(footage.expected());
  }
}
