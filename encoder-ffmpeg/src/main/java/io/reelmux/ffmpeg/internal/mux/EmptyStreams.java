package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Reports the streams of a container that has been completed without a packet of theirs. */
final class EmptyStreams extends ForwardingTarget {
  private final List<MuxStream> streams;
  private final Container container;
  private final boolean[] written;
  private final Notes notes;

  EmptyStreams(PacketTarget target, List<MuxStream> streams, Container container, Notes notes) {
    super(target);
    this.streams = streams;
    this.container = container;
    this.written = new boolean[streams.size()];
    this.notes = notes;
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    super.write(stream, packet);
    written[stream] = true;
  }

  @Override
  public void finish() throws IOException {
    boolean any = false;
    for (int i = 0; i < written.length; i++) {
      any |= written[i];
      if (!written[i]) {
        notes
            .of(streams.get(i).label())
            .add("no packets: the file has no such stream, or an empty one");
      }
    }
    if (!any && container.isUnreadableIfEmpty()) {
      notes.add("nothing was added: FFmpeg's programs do not open an empty " + container);
    }
    super.finish();
  }
}
