package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.TimeBase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Passes everything on to another target; a subclass changes what it is there for. */
abstract class ForwardingTarget implements PacketTarget {
  private final PacketTarget target;

  /**
   * Forwards to a target.
   *
   * @param target is closed with this
   */
  ForwardingTarget(PacketTarget target) {
    this.target = target;
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
  }

  @Override
  public void end(int stream) throws IOException {
    target.end(stream);
  }

  @Override
  public void finish() throws IOException {
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
  public List<String> files() {
    return target.files();
  }

  @Override
  public void close() {
    target.close();
  }
}
