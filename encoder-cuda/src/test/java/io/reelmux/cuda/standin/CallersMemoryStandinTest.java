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
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
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
 * Buffer ownership on the GPU: a caller's buffer may be reused as soon as the call returns;
 * surfaces are not overwritten while NVENC reads them; work already queued on the caller's stream
 * completes first. The stand-in reads frames and runs kernels as late as a driver may.
 */
@RequiresStandin
class CallersMemoryStandinTest {
  private static final int COUNT = 30;

  /** The encoder holds back more frames than FFmpeg knows of, or a whole lookahead of them. */
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
  void hostBuffer_isReusableWhenAddReturns(int bFrames) throws IOException {
    Footage footage = Footage.of(Source.HOST_RGB24, 64, 64, COUNT);
    List<Packet> packets = new ArrayList<>();
    byte[] buffer = new byte[footage.frames()[0].length];
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(bFrames).build());
      encoder.openPackets(packets::add);
      for (byte[] frame : footage.frames()) {
        System.arraycopy(frame, 0, buffer, 0, buffer.length);
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 64, buffer));
        Arrays.fill(buffer, (byte) 0x77);
      }
      encoder.finish();
    }

    assertFrames(packets, footage);
  }

  @ParameterizedTest
  @CsvSource({"DEVICE_RGB24, 0", "DEVICE_RGB24, 3", "DEVICE_NV12, 3", "DEVICE_RGB_PLANAR, 2"})
  void deviceBuffer_isReusableWhenAddReturns(Source source, int bFrames) throws IOException {
    Footage footage = Footage.of(source, 64, 64, COUNT);
    int bytes = footage.frames()[0].length;
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(footage.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(bFrames).build());
      encoder.openPackets(packets::add);
      for (int n = 0; n < COUNT; n++) {
        video.addFrames(footage.batch(gpu, n, 1));
        long used = gpu.address() + (long) n * bytes;
        gpu.run(() -> check(cuMemsetD8(used, (byte) 0x77, bytes)));
      }
      encoder.finish();
    }

    assertFrames(packets, footage);
  }

  /** A caller's kernel writes each frame into the same memory just before it is added. */
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
        long frame = source.address() + (long) n * 3 * 64 * 64;
        source.run(() -> convert(kernels, stream, frame, nv12.address()));
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

  private static FrameKernels load(Gpu gpu) {
    FrameKernels[] loaded = new FrameKernels[1];
    gpu.run(
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
