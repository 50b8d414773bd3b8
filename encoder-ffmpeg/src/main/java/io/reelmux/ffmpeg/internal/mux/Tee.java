package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Passes each packet to several targets, in their order. */
final class Tee implements PacketTarget {
  private final List<PacketTarget> targets;

  /**
   * A tee.
   *
   * @param targets only the last one may change packets
   */
  Tee(List<PacketTarget> targets) {
    this.targets = List.copyOf(targets);
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    for (PacketTarget target : targets) {
      target.begin(firsts);
    }
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    // for each packet, so without an iterator
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).write(stream, packet);
    }
  }

  @Override
  public void end(int stream) throws IOException {
    for (PacketTarget target : targets) {
      target.end(stream);
    }
  }

  @Override
  public void finish() throws IOException {
    for (PacketTarget target : targets) {
      target.finish();
    }
  }

  @Override
  public boolean canFinish() {
    return targets.stream().anyMatch(PacketTarget::canFinish);
  }

  @Override
  public void cancel() {
    targets.forEach(PacketTarget::cancel);
  }

  @Override
  public long size() {
    return targets.stream().mapToLong(PacketTarget::size).sum();
  }

  @Override
  public void close() {
    targets.forEach(PacketTarget::close);
  }
}
