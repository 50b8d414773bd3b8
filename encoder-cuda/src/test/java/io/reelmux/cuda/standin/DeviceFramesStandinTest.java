package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_ctx_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_ctx_init;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.DevicePointerFrames;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.testing.RequiresStandin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames in GPU memory: layouts, pitches, CUDA streams, batches, FFmpeg surfaces. */
@RequiresStandin
class DeviceFramesStandinTest {
  private static final Device GPU = Device.cuda(0);
  private static final int WIDTH = 66;
  private static final int HEIGHT = 34;
  private static final int FRAMES = 7;

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {
        "RGB_PLANAR",
        "RGB24",
        "BGR24",
        "RGBA",
        "BGRA",
        "RGB_PLANAR_F32",
        "RGB_PLANAR_F16",
        "GRAY8"
      })
  void addFrames_flatColors_matchTheFormula(PixelLayout layout) throws IOException {
    for (int padding : new int[] {0, 28}) {
      long pitch = layout.rowBytes(0, WIDTH) + padding;
      byte[] bytes = flat(layout, pitch);
      List<Decoded> decoded;
      try (Gpu gpu = new Gpu(bytes)) {
        DevicePointerFrames frames =
            DeviceFrames.of(GPU, layout, WIDTH, HEIGHT, gpu.address(), FRAMES);
        decoded = encode(padding == 0 ? frames : frames.withPitch(pitch));
      }

      assertThat(decoded).hasSize(FRAMES);
      for (int i = 0; i < FRAMES; i++) {
        int[] rgb = layout.isGray() ? gray(i) : color(i);
        assertFlat(decoded.get(i).frame(), rgb);
      }
    }
  }

  private static int[] color(int frame) {
    return new int[] {255 - 30 * frame, 10 + 25 * frame, (frame * 97 + 40) & 255};
  }

  private static int[] gray(int frame) {
    return new int[] {color(frame)[0], color(frame)[0], color(frame)[0]};
  }

  /** BT.709, limited range. */
  private static void assertFlat(Yuv frame, int[] rgb) {
    double r = rgb[0] / 255.0;
    double g = rgb[1] / 255.0;
    double b = rgb[2] / 255.0;
    double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    short luma = (short) Math.round(16 + 219 * y);
    short u = (short) Math.round(128 + 224 * (b - y) / (2 * (1 - 0.0722)));
    short v = (short) Math.round(128 + 224 * (r - y) / (2 * (1 - 0.2126)));
    for (short sample : frame.luma()) {
      assertThat(sample).isEqualTo(luma);
    }
    for (int i = 0; i < frame.chroma().length; i += 2) {
      assertThat(frame.chroma()[i]).isEqualTo(u);
      assertThat(frame.chroma()[i + 1]).isEqualTo(v);
    }
  }

  private static byte[] flat(PixelLayout layout, long pitch) {
    int planes = layout.planeCount();
    int frameBytes = (int) pitch * HEIGHT * planes;
    ByteBuffer bytes = ByteBuffer.allocate(frameBytes * FRAMES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.fill(bytes.array(), (byte) 0x5a);
    for (int frame = 0; frame < FRAMES; frame++) {
      int[] rgb = color(frame);
      for (int plane = 0; plane < planes; plane++) {
        for (int row = 0; row < HEIGHT; row++) {
          bytes.position(frame * frameBytes + (plane * HEIGHT + row) * (int) pitch);
          for (int x = 0; x < WIDTH; x++) {
            pixel(bytes, layout, rgb, plane);
          }
        }
      }
    }
    return bytes.array();
  }

  private static void pixel(ByteBuffer bytes, PixelLayout layout, int[] rgb, int plane) {
    switch (layout) {
      case RGB_PLANAR -> bytes.put((byte) rgb[plane]);
      case RGB_PLANAR_F32 -> bytes.putFloat(rgb[plane] / 255f);
      case RGB_PLANAR_F16 -> bytes.putShort(half(rgb[plane] / 255.0));
      case RGB24 -> bytes.put((byte) rgb[0]).put((byte) rgb[1]).put((byte) rgb[2]);
      case BGR24 -> bytes.put((byte) rgb[2]).put((byte) rgb[1]).put((byte) rgb[0]);
      case RGBA -> bytes.put((byte) rgb[0]).put((byte) rgb[1]).put((byte) rgb[2]).put((byte) 9);
      case BGRA -> bytes.put((byte) rgb[2]).put((byte) rgb[1]).put((byte) rgb[0]).put((byte) 9);
      case GRAY8 -> bytes.put((byte) rgb[0]);
      default -> throw new AssertionError(layout);
    }
  }

  /** Nearest binary16 of a value in [0, 1]. */
  private static short half(double value) {
    if (value == 0) {
      return 0;
    }
    int exponent = Math.max(-14, Math.getExponent(value));
    long mantissa = Math.round(Math.scalb(value, 10 - exponent));
    return (short) (((exponent + 14) << 10) + mantissa);
  }

  @Test
  void addFrames_writtenOnCallersStream_areReadAfterwards() throws IOException {
    Yuv[] frames = Yuv.series(64, 64, 8, FRAMES);
    byte[] bytes = Gpu.bytes(frames);
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(bytes);
        BytePointer host = new BytePointer(bytes);
        CUstream_st stream = new CUstream_st();
        Encoder encoder = Encoder.create()) {
      gpu.run(
          () -> {
            check(cuMemsetD8(gpu.address(), (byte) 1, bytes.length));
            check(cuCtxSynchronize());
            check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING));
          });
      VideoStream video = encoder.addVideo(options(64, 64).build());
      encoder.openPackets(packets::add);
      gpu.run(() -> check(cuMemcpyHtoDAsync(gpu.address(), host, bytes.length, stream)));
      video.addFrames(
          DeviceFrames.of(GPU, PixelLayout.NV12, 64, 64, gpu.address(), FRAMES)
              .withCudaStream(stream.address()));
      // the caller may reuse the memory while the encoder still holds frames
      gpu.run(
          () -> {
            check(cuMemsetD8Async(gpu.address(), (byte) 2, bytes.length, stream));
            check(cuStreamSynchronize(stream));
          });
      encoder.finish();
      gpu.run(() -> check(cuStreamDestroy(stream)));
    }

    assertFrames(decode(packets), frames);
  }

  @Test
  void addFrames_batchesKeysAndHostFrames_keepOrderTimesAndKeys() throws IOException {
    Yuv[] frames = Yuv.series(64, 64, 8, 3 * FRAMES + 1);
    int frameBytes = 64 * 96;
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(Gpu.bytes(frames));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(options(64, 64).variableFrameRate(true).maxBFrames(0).build());
      encoder.openPackets(packets::add);
      video.addFrames(nv12(gpu.address(), FRAMES).withPts(Duration.ofMillis(40)));
      video.addFrames(nv12(gpu.address() + (long) FRAMES * frameBytes, FRAMES).withKeyFrame());
      video.addFrames(nv12(gpu.address(), 0));
      video.addFrame(
          VideoFrame.of(PixelLayout.NV12, 64, 64, Gpu.bytes(new Yuv[] {frames[2 * FRAMES]})));
      video.addFrames(
          nv12(gpu.address() + (2L * FRAMES + 1) * frameBytes, FRAMES)
              .withPts(Duration.ofSeconds(2)));
      encoder.finish();
    }

    List<Decoded> decoded = decode(packets);
    assertFrames(decoded, frames);
    assertThat(decoded.get(0).pts()).isEqualTo(3600);
    assertThat(decoded.get(FRAMES).pts()).isEqualTo(3600 * (FRAMES + 1L));
    assertThat(decoded.get(2 * FRAMES + 1).pts()).isEqualTo(180_000);
    assertThat(packets.stream().filter(Packet::keyFrame).map(Packet::pts))
        .containsExactly(3600L, 3600 * (FRAMES + 1L));
  }

  private static DevicePointerFrames nv12(long address, int count) {
    return DeviceFrames.of(GPU, PixelLayout.NV12, 64, 64, address, count);
  }

  @Test
  void addFrames_timesOfEachFrame_areKept() throws IOException {
    Yuv[] frames = Yuv.series(64, 64, 8, FRAMES);
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(Gpu.bytes(frames));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(options(64, 64).variableFrameRate(true).maxBFrames(0).build());
      encoder.openPackets(packets::add);

      assertThatThrownBy(
              () ->
                  video.addFrames(
                      nv12(gpu.address(), 2).withPts(List.of(Duration.ZERO, Duration.ZERO))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not rise");
      video.addFrames(
          nv12(gpu.address(), FRAMES)
              .withPts(Duration.ofMillis(40), Duration.ofMillis(100))
              .withDuration(Duration.ofMillis(70)));
      encoder.finish();
    }

    assertThat(packets).hasSize(FRAMES);
    assertThat(packets.get(1).time()).isEqualTo(Duration.ofMillis(140));
    assertThat(packets).allMatch(packet -> packet.duration() == 6300);
  }

  @Test
  void addFrames_ffmpegSurfaces_arePassedOn() throws IOException {
    Yuv[] frames = Yuv.series(64, 64, 8, FRAMES);
    List<Packet> packets = new ArrayList<>();
    try (Surfaces surfaces = new Surfaces(64, 64, 1);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(64, 64).maxBFrames(2).build());
      encoder.openPackets(packets::add);
      for (Yuv yuv : frames) {
        AVFrame frame = surfaces.upload(yuv);
        video.addFrames(CudaFrames.of(GPU, frame));
        av_frame_free(frame);
      }
      encoder.finish();
    }

    assertFrames(decode(packets), frames);
  }

  @Test
  void addFrames_unsuitableSurface_isRefusedAndEncodingContinues() throws IOException {
    Yuv[] frames = Yuv.series(64, 64, 8, 1);
    List<Packet> packets = new ArrayList<>();
    try (Surfaces own = new Surfaces(64, 64, 0);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(64, 64).build());
      encoder.openPackets(packets::add);
      AVFrame frame = own.upload(frames[0]);

      assertThatThrownBy(() -> video.addFrames(CudaFrames.of(GPU, frame)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the AVFrame is not in the primary context of the GPU");
      assertThatThrownBy(
              () -> video.addFrames(DeviceFrames.of(GPU, PixelLayout.P010, 64, 64, 1 << 20, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("P010 frames have 10 bits, and the stream encodes 8");
      av_frame_free(frame);
      AVFrame empty = av_frame_alloc();
      assertThatThrownBy(() -> CudaFrames.of(GPU, empty))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the AVFrame is empty, not a surface in CUDA memory");
      av_frame_free(empty);
      video.addFrame(VideoFrame.of(PixelLayout.NV12, 64, 64, Gpu.bytes(frames)));
      encoder.finish();
    }

    assertFrames(decode(packets), frames);
  }

  @Test
  void addFrames_unsupportedFrames_areRefused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(options(64, 64).outputSize(32, 32).alpha(AlphaMode.FLATTEN).build());
      VideoStream tenBit =
          encoder.addVideo(options(64, 64).codec("hevc").color(ColorSpec.BT2020_PQ).build());
      encoder.openPackets(packet -> {});

      assertThatThrownBy(() -> video.addFrames(nv12(1 << 20, 1)))
          .hasMessage(
              "frames of 64x64 in the memory of cuda:0 cannot be scaled to the stream's outputSize"
                  + " 32x32: only frames in host memory can be scaled");
      assertThatThrownBy(
              () -> tenBit.addFrames(DeviceFrames.of(GPU, PixelLayout.I420, 64, 64, 1 << 20, 1)))
          .hasMessage(
              "I420 frames in GPU memory are not supported; supported layouts: RGB24, BGR24, RGBA,"
                  + " BGRA, RGB_PLANAR, GRAY8, P010, RGB_PLANAR_F32, RGB_PLANAR_F16");
      assertThatThrownBy(() -> tenBit.addFrames(nv12(1 << 20, 1)))
          .hasMessageStartingWith("NV12 frames have 8 bits, and the stream encodes 10");
    }
  }

  private static List<Decoded> encode(DeviceFrames frames) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(options(frames.width(), frames.height()).maxBFrames(2).build());
      encoder.openPackets(packets::add);
      video.addFrames(frames);
      encoder.finish();
    }
    return decode(packets);
  }

  private static VideoOptions.Builder options(int width, int height) {
    return VideoOptions.builder(width, height, 25).device(GPU);
  }

  private static List<Decoded> decode(List<Packet> packets) {
    return Decoded.of(
        "h264",
        packets.stream()
            .map(p -> new NvencEncoder.Packet(p.toByteArray(), p.pts(), p.dts(), p.keyFrame()))
            .toList());
  }

  private static void assertFrames(List<Decoded> decoded, Yuv[] frames) {
    assertThat(decoded).hasSize(frames.length);
    for (int i = 0; i < frames.length; i++) {
      assertThat(decoded.get(i).frame().luma()).isEqualTo(frames[i].luma());
      assertThat(decoded.get(i).frame().chroma()).isEqualTo(frames[i].chroma());
    }
  }

  private static void check(int code) {
    assertThat(code).isEqualTo(CUDA_SUCCESS);
  }

  /** The output of a caller's decoder: NV12 surfaces from a pool of its own. */
  private static final class Surfaces implements AutoCloseable {
    private final AVBufferRef device = new AVBufferRef(null);
    private final AVBufferRef frames;
    private final int width;
    private final int height;

    Surfaces(int width, int height, int flags) {
      this.width = width;
      this.height = height;
      check(av_hwdevice_ctx_create(device, AV_HWDEVICE_TYPE_CUDA, "0", (AVDictionary) null, flags));
      frames = av_hwframe_ctx_alloc(device);
      new AVHWFramesContext(frames.data())
          .format(AV_PIX_FMT_CUDA)
          .sw_format(AV_PIX_FMT_NV12)
          .width(width)
          .height(height);
      check(av_hwframe_ctx_init(frames));
    }

    AVFrame upload(Yuv yuv) {
      AVFrame frame = av_frame_alloc();
      check(av_hwframe_get_buffer(frames, frame, 0));
      try (HostMemory host = new HostMemory(width, height, 8)) {
        AVFrame source = host.frame(yuv);
        check(av_hwframe_transfer_data(frame, source, 0));
        av_frame_free(source);
      }
      return frame;
    }

    @Override
    public void close() {
      av_buffer_unref(frames);
      av_buffer_unref(device);
    }
  }
}
