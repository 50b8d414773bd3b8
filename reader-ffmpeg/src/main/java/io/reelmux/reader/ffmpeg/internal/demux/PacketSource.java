package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The packets of one stream. */
public interface PacketSource extends AutoCloseable {

  /**
   * Reads the next packet.
   *
   * @param packet empty; receives it
   * @return false at the end
   * @throws IOException if the source fails
   */
  boolean read(PacketRef packet) throws IOException;

  /** The stream, which belongs to the demuxer. */
  AVStream stream();

  /** The demuxer, for its position; several streams of a source that is not seekable share one. */
  Demuxer demuxer();

  /** Whether any position can be reached. */
  boolean seekable();

  @Override
  void close();
}
