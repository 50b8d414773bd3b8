/** The FFmpeg backend: encoders and muxers of Bytedeco's native libraries, on the CPU. */
@SuppressWarnings("module") // two modules that are built after this one
module io.reelmux.ffmpeg {
  requires transitive io.reelmux;
  requires static org.jspecify;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.ffmpeg;

  exports io.reelmux.ffmpeg;
  exports io.reelmux.ffmpeg.spi to
      io.reelmux.cuda,
      io.reelmux.reader.ffmpeg;
  exports io.reelmux.ffmpeg.internal.av to
      io.reelmux.cuda,
      io.reelmux.reader.ffmpeg;
  exports io.reelmux.ffmpeg.internal.codec to
      io.reelmux.cuda;
  exports io.reelmux.ffmpeg.internal.container to
      io.reelmux.cuda;
  exports io.reelmux.ffmpeg.internal.option to
      io.reelmux.reader.ffmpeg;
  exports io.reelmux.ffmpeg.internal.packet to
      io.reelmux.reader.ffmpeg;
  exports io.reelmux.ffmpeg.internal.video to
      io.reelmux.reader.ffmpeg;

  uses io.reelmux.ffmpeg.spi.VideoDevice;

  provides io.reelmux.spi.EncoderBackend with
      io.reelmux.ffmpeg.FfmpegBackend;
}
