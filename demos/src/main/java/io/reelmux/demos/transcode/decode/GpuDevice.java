package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.javacpp.Pointer;

/** Owns a reference to FFmpeg's device context of a GPU (freed by {@code av_buffer_unref}). */
public final class GpuDevice implements NativeOwner {

  /**
   * FFmpeg's AV_CUDA_USE_PRIMARY_CONTEXT: the context that Reelmux uses too. Surfaces of another
   * could not be encoded.
   */
  private static final int PRIMARY_CONTEXT = 1;

  private final AVBufferRef reference;

  private GpuDevice(AVBufferRef reference) {
    this.reference = reference;
  }

  /**
   * Opens a GPU.
   *
   * @param ordinal its number
   */
  public static GpuDevice open(int ordinal) throws IOException {
    AVBufferRef reference = new AVBufferRef((Pointer) null);
    FfmpegCall.check(
        av_hwdevice_ctx_create(
            reference, AV_HWDEVICE_TYPE_CUDA, Integer.toString(ordinal), null, PRIMARY_CONTEXT),
        "open GPU " + ordinal);
    return new GpuDevice(reference);
  }

  /** {@return a new reference, owned by the caller} */
  public AVBufferRef newReference() throws IOException {
    return FfmpegCall.check(av_buffer_ref(reference), "refer to the GPU");
  }

  @Override
  public void close() {
    av_buffer_unref(reference);
  }
}
