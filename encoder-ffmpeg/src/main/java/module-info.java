/** The CPU backend: FFmpeg's encoders and muxers through the Bytedeco natives. */
module io.reelmux.ffmpeg {
  requires transitive io.reelmux;
  requires static org.jspecify;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.ffmpeg;

  exports io.reelmux.ffmpeg;

  provides io.reelmux.spi.EncoderBackend with
      io.reelmux.ffmpeg.FfmpegBackend;
}
