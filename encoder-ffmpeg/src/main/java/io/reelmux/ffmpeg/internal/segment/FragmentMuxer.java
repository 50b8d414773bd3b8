package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentFormat;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MemoryMuxer;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Makes the fragments of an MP4 with exact times: an edit list cuts the priming of audio and the
 * delay of B-frames, for which the header waits for the first packets.
 *
 * <p>A fragment states how long its last packet is decoded, and the next one starts there, whatever
 * its time is. So a packet is written when the next one of its stream has come.
 */
final class FragmentMuxer implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("movflags", "+frag_custom+delay_moov+default_base_moof");

  private final NativeScope scope = new NativeScope();
  private final MemoryMuxer muxer;
  private final PacketRef[] last;
  private final boolean[] holds;
  private final boolean[] begun;
  private byte[] init = {};
  private long waitingBytes;

  private FragmentMuxer(MemoryMuxer muxer, int streams) throws IOException {
    this.muxer = scope.add(muxer);
    this.last = new PacketRef[streams];
    this.holds = new boolean[streams];
    this.begun = new boolean[streams];
    try {
      for (int i = 0; i < streams; i++) {
        last[i] = scope.add(PacketRef.allocate());
      }
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Opens a muxer.
   *
   * @param streams each must have packets before the first fragment ends; must outlive the muxer
   */
  static FragmentMuxer open(
      List<MuxStream> streams, boolean reproducible, SessionLog log, Notes notes)
      throws IOException {
    return new FragmentMuxer(
        MemoryMuxer.open(
            Container.named(SegmentFormat.CMAF.container()),
            streams,
            OPTIONS,
            reproducible,
            log,
            notes),
        streams.size());
  }

  /** Takes over a packet's payload. */
  void write(int stream, AVPacket packet) throws IOException {
    writeLast(stream, packet.dts());
    waitingBytes += packet.size();
    last[stream].moveFrom(packet);
    holds[stream] = true;
  }

  /** Writes the packet before the one that is decoded at a time. */
  private void writeLast(int stream, long nextDts) throws IOException {
    if (holds[stream]) {
      AVPacket packet = last[stream].struct();
      packet.duration(Math.max(0, nextDts - packet.dts()));
      mux(stream);
    }
  }

  private void mux(int stream) throws IOException {
    holds[stream] = false;
    begun[stream] = true;
    try {
      muxer.write(stream, last[stream].struct());
    } finally {
      last[stream].unref();
    }
  }

  /** Returns whether the header can be written, which requires a packet of each stream. */
  boolean canBegin() {
    for (boolean stream : begun) {
      if (!stream) {
        return false;
      }
    }
    return true;
  }

  /** Returns the bytes of payload since the last fragment. */
  long waitingBytes() {
    return waitingBytes;
  }

  /**
   * Ends a fragment before a packet of a stream. The last packets of other streams wait for the
   * next fragment.
   *
   * @param nextDts when that packet is decoded
   */
  byte[] fragment(int stream, long nextDts) throws IOException {
    writeLast(stream, nextDts);
    return flush();
  }

  /** Returns the last fragment, with all packets. */
  byte[] last() throws IOException {
    for (int stream = 0; stream < last.length; stream++) {
      if (holds[stream]) {
        mux(stream);
      }
    }
    return flush();
  }

  private byte[] flush() throws IOException {
    waitingBytes = 0;
    muxer.flush();
    if (init.length == 0) {
      // the first one writes the header only
      init = muxer.take();
      muxer.flush();
    }
    return muxer.take();
  }

  /** Returns the header; empty until the first fragment has ended. */
  byte[] init() {
    return init.clone();
  }

  @Override
  public void close() {
    scope.close();
  }
}
