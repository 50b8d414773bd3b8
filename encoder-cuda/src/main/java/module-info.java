/** Video streams on CUDA devices: frames that stay on the GPU, and NVENC. */
module io.reelmux.cuda {
  requires transitive io.reelmux;
  requires static org.jspecify;
  requires io.reelmux.ffmpeg;
  requires org.bytedeco.javacpp;
  requires transitive org.bytedeco.ffmpeg;
  requires org.bytedeco.cuda;

  exports io.reelmux.cuda;

  provides io.reelmux.ffmpeg.spi.VideoDevice with
      io.reelmux.cuda.internal.NvencVideo;
}
