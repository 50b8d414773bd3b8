/** The FFmpeg backend of the reader: demuxers and decoders of Bytedeco's native libraries. */
module io.reelmux.reader.ffmpeg {
  requires transitive io.reelmux.reader;
  requires static org.jspecify;
  requires io.reelmux.ffmpeg;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.ffmpeg;

  exports io.reelmux.reader.ffmpeg;

  provides io.reelmux.reader.spi.ReaderBackend with
      io.reelmux.reader.ffmpeg.FfmpegReaderBackend;
}
