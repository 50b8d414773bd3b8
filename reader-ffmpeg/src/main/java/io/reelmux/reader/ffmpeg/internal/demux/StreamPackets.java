package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The packets of one stream from a demuxer of its own. */
record StreamPackets(Demuxer demuxer, int index) implements PacketSource {

  @Override
  public boolean read(PacketRef packet) throws IOException {
    return demuxer.read(packet);
  }

  @Override
  public AVStream stream() {
    return demuxer.context().stream(index);
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void close() {
    demuxer.close();
  }
}
