package io.reelmux.cuda.standin;

import static io.reelmux.cuda.standin.Av.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_MEMORYTYPE_DEVICE;
import static org.bytedeco.cuda.global.cudart.CU_MEMORYTYPE_HOST;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuMemcpy2D;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_ctx_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_ctx_init;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_get_buffer;

import org.bytedeco.cuda.cudart.CUDA_MEMCPY2D_v2;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWDeviceContext;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Frames in the memory of CUDA device 0, from FFmpeg's pool. */
final class DeviceMemory implements FrameMemory {
  private final HostMemory host;
  private final AVBufferRef device = new AVBufferRef(null);
  private final AVBufferRef frames;
  private final CUctx_st context;

  /** Uses a context of its own. */
  DeviceMemory(int width, int height, int bits) {
    this(width, height, bits, 0);
  }

  /** Uses the GPU's primary context if the flags are 1 (AV_CUDA_USE_PRIMARY_CONTEXT). */
  DeviceMemory(int width, int height, int bits, int flags) {
    host = new HostMemory(width, height, bits);
    check(
        "av_hwdevice_ctx_create",
        av_hwdevice_ctx_create(device, AV_HWDEVICE_TYPE_CUDA, "0", (AVDictionary) null, flags));
    // The CUcontext is the first member of AVCUDADeviceContext.
    AVHWDeviceContext cuda = new AVHWDeviceContext(device.data());
    context = new CUctx_st(new PointerPointer<>(cuda.hwctx()).get(0));
    frames = av_hwframe_ctx_alloc(device);
    new AVHWFramesContext(frames.data())
        .format(AV_PIX_FMT_CUDA)
        .sw_format(host.pixelFormat())
        .width(width)
        .height(height);
    check("av_hwframe_ctx_init", av_hwframe_ctx_init(frames));
  }

  CUctx_st context() {
    return context;
  }

  @Override
  public int width() {
    return host.width();
  }

  @Override
  public int height() {
    return host.height();
  }

  @Override
  public int pixelFormat() {
    return AV_PIX_FMT_CUDA;
  }

  @Override
  public AVBufferRef framesContext() {
    return frames;
  }

  @Override
  public AVFrame frame(Yuv yuv) {
    AVFrame frame = av_frame_alloc();
    check("av_hwframe_get_buffer", av_hwframe_get_buffer(frames, frame, 0));
    put(yuv, frame);
    return frame;
  }

  /**
   * Copies a frame; {@code av_hwframe_transfer_data} omits the last chroma row of an odd height.
   */
  void put(Yuv yuv, AVFrame frame) {
    AVFrame source = host.frame(yuv);
    assertThat(cuCtxPushCurrent(context)).isEqualTo(CUDA_SUCCESS);
    try {
      int sampleBytes = yuv.bits() > 8 ? 2 : 1;
      copy(source, frame, 0, yuv.width() * sampleBytes, yuv.height());
      copy(source, frame, 1, yuv.chromaWidth() * sampleBytes, yuv.chromaHeight());
    } finally {
      assertThat(cuCtxPopCurrent(new CUctx_st())).isEqualTo(CUDA_SUCCESS);
      av_frame_free(source);
    }
  }

  private static void copy(AVFrame source, AVFrame target, int plane, int width, int height) {
    try (CUDA_MEMCPY2D_v2 copy = new CUDA_MEMCPY2D_v2()) {
      Pointer.memset(copy, 0, copy.sizeof());
      copy.srcMemoryType(CU_MEMORYTYPE_HOST)
          .srcHost(source.data(plane))
          .srcPitch(source.linesize(plane))
          .dstMemoryType(CU_MEMORYTYPE_DEVICE)
          .dstDevice(target.data(plane).address())
          .dstPitch(target.linesize(plane))
          .WidthInBytes(width)
          .Height(height);
      assertThat(cuMemcpy2D(copy)).isEqualTo(CUDA_SUCCESS);
    }
  }

  @Override
  public void close() {
    av_buffer_unref(frames);
    av_buffer_unref(device);
  }
}
