package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Reports the streams of a container that has been completed without a packet of theirs. */
final class EmptyStreams implements PacketTarget {
  private final PacketTarget target;
  private final List<MuxStream> streams;
  private final boolean[] written;
  private final Notes notes;

  EmptyStreams(PacketTarget target, List<MuxStream> streams, Notes notes) {
    this.target = target;
    this.streams = streams;
    this.written = new boolean[streams.size()];
    this.notes = notes;
  }

  @Override
  public void start() throws IOException {
    target.start();
  }

  @Override
  public List<TimeBase> timeBases() {
    return target.timeBases();
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    target.begin(firsts);
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    target.write(stream, packet);
    written[stream] = true;
  }

  @Override
  public void end(int stream) throws IOException {
    target.end(stream);
  }

  @Override
  public void finish() throws IOException {
    for (int i = 0; i < written.length; i++) {
      if (!written[i]) {
        notes
            .of(streams.get(i).label())
            .add("no packets: the file has no such stream, or an empty one");
      }
    }
    target.finish();
  }

  @Override
  public boolean canFinish() {
    return target.canFinish();
  }

  @Override
  public void cancel() {
    target.cancel();
  }

  @Override
  public long size() {
    return target.size();
  }

  @Override
  public void close() {
    target.close();
  }
}
