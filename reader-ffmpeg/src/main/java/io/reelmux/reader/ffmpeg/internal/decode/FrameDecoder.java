package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import io.reelmux.reader.ffmpeg.internal.index.PacketTable;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Turns packets into frames, each with the ordinal of its packet. One thread at a time. */
final class FrameDecoder implements AutoCloseable {
  private DecoderContext context;
  private final NumberedPackets packets;
  private final DamageCount count;
  private final Cancellation cancellation;
  private final PacketRef packet;
  private final Ordinal ordinal = new Ordinal();

  /** Whether a key packet has been sent since the start or the last move. */
  private boolean started;

  private boolean draining;
  private boolean keysOnly;

  /** The ordinal behind the last packet that is decoded. */
  private int end = Integer.MAX_VALUE;

  /** The ordinal of the packet that was sent last. */
  private int lastSent = -1;

  /** Takes over the decoder and the packets. */
  FrameDecoder(
      DecoderContext context, NumberedPackets packets, DamageCount count, Cancellation cancellation)
      throws IOException {
    this.context = context;
    this.packets = packets;
    this.count = count;
    this.cancellation = cancellation;
    this.packet = PacketRef.allocate();
  }

  /** Packets can be recognized from now on. */
  void recognizeBy(PacketTable table) {
    packets.recognizeBy(table);
  }

  /** Packets are those of a table that was saved: each is compared with it. */
  void checkAgainst(PacketTable table) {
    packets.checkAgainst(table);
  }

  /** Whether only key packets are decoded from now on. */
  void keysOnly(boolean value) {
    keysOnly = value;
  }

  /** Ends before a packet, as if the file ended there. */
  void endAt(int to) {
    end = to;
  }

  /** Forgets everything, and continues at a key packet. */
  void moveTo(int key) throws IOException {
    context.flush();
    ordinal.move();
    draining = false;
    started = false;
    lastSent = -1;
    packets.moveTo(key);
  }

  /** Feeds the decoder until it is known where it decodes. */
  void settle() throws IOException {
    while (!draining && !context.isSettled()) {
      cancellation.check();
      feed(number -> false);
    }
  }

  /**
   * Goes on with another decoder, after a move or from the start.
   *
   * @param other is owned by this from now on
   */
  void replace(DecoderContext other) {
    DecoderContext old = context;
    context = other;
    old.close();
    ordinal.move();
    started = false;
    draining = false;
    lastSent = -1;
  }

  /** Whether all packets so far have been kept for {@link #rewind}. */
  boolean canRewind() {
    return packets.isKept();
  }

  /** Goes back to the start, where no frame has been received. */
  void rewind() throws IOException {
    packets.rewind();
  }

  /** The ordinal of the packet that was sent last; -1 if none has been since a move. */
  int lastSent() {
    return lastSent;
  }

  /**
   * Decodes until there is a frame.
   *
   * @param frame empty; receives it
   * @param unneeded whether a packet's frame is not wanted, unless others refer to it
   * @return the ordinal of its packet; -1 at the end
   */
  int decode(Frame frame, IntPredicate unneeded) throws IOException {
    while (true) {
      cancellation.check();
      switch (context.receive(frame.struct())) {
        case FRAME -> {
          int number = ordinal.of(frame.struct().opaque());
          if (number >= 0) {
            packets.forget();
            count.decoded(1);
            return number;
          }
          frame.unref();
        }
        case ENDED -> {
          return -1;
        }
        case FAILED -> count.failed(AV_NOPTS_VALUE);
        case NOTHING -> {
          if (draining) {
            return -1;
          }
          feed(unneeded);
        }
      }
    }
  }

  private void feed(IntPredicate unneeded) throws IOException {
    int number = packets.read(packet);
    if (number < 0 || number >= end) {
      packet.unref();
      drain();
      return;
    }
    try {
      if (isWanted()) {
        send(number, unneeded);
      }
    } finally {
      packet.unref();
    }
  }

  /** What lies before the first key packet cannot be decoded. */
  private boolean isWanted() {
    boolean key = NumberedPackets.isKey(packet.struct());
    started |= key;
    return started && (key || !keysOnly);
  }

  private void send(int number, IntPredicate unneeded) throws IOException {
    AVPacket struct = packet.struct();
    struct.opaque(ordinal.to(number));
    context.struct().skip_frame(unneeded.test(number) ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
    lastSent = number;
    if (context.send(struct) == DecoderContext.Sent.REFUSED) {
      count.failed(struct.pts());
    }
  }

  private void drain() throws IOException {
    draining = true;
    context.struct().skip_frame(AVDISCARD_DEFAULT);
    context.send(null);
  }

  /** The stream, as its demuxer describes it. */
  AVStream stream() {
    return packets.source().stream();
  }

  /** What FFmpeg says of the place where the file could not be read on; empty if it ended. */
  Optional<String> error() {
    return packets.source().demuxer().error();
  }

  @Override
  public void close() {
    packet.close();
    context.close();
    packets.close();
  }
}
