package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_get_audio_frame_duration2;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import io.reelmux.reader.ffmpeg.internal.decode.NumberedPackets;
import io.reelmux.reader.ffmpeg.internal.decode.Ordinal;
import io.reelmux.reader.ffmpeg.internal.index.PacketTable;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Decodes packets one after another into pieces: the frames of a packet, usually one. Each has a
 * place: the ordinal of its packet, and which of the packet's pieces it is. One thread at a time.
 */
final class PieceDecoder implements AutoCloseable {

  /** The place before all pieces. */
  static final long BEFORE_ALL = -1;

  /** The place behind all pieces, and that of a decoder which is nowhere. */
  private static final long BEHIND_ALL = Long.MAX_VALUE;

  /** A lost packet lasts no longer than so many seconds, whatever the file says. */
  private static final int MAX_LOST_SECONDS = 2;

  private final ContextOpener opener;
  private final NumberedPackets packets;
  private final Cancellation cancellation;
  private final int sampleRate;
  private final PacketRef packet;
  private final Ordinal opaque = new Ordinal();

  private DecoderContext context;
  private long place = BEFORE_ALL;
  private boolean draining;
  private int lastSent;
  private long pts = AV_NOPTS_VALUE;

  /** How long the packet that was sent last should last, in samples. */
  private int expected;

  /** The samples of the last frame. */
  private int usual;

  private int lost;

  /** Opens decoders. */
  interface ContextOpener {
    /** Returns a new decoder for a stream. */
    DecoderContext open(AVStream stream) throws IOException;
  }

  /** What was decoded. */
  enum Result {
    /** A frame. */
    FRAME,
    /** A packet that could not be decoded, with as many samples as {@link #lostSamples} says. */
    LOST,
    /** There are no more packets. */
    END
  }

  /** Decodes from the start; the packets remain the caller's. */
  PieceDecoder(
      ContextOpener opener, NumberedPackets packets, Cancellation cancellation, int sampleRate)
      throws IOException {
    this.opener = opener;
    this.packets = packets;
    this.cancellation = cancellation;
    this.sampleRate = sampleRate;
    this.packet = PacketRef.allocate();
    try {
      this.context = opener.open(packets.source().stream());
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, packet);
      throw e;
    }
  }

  /** The place of the first piece of a packet. */
  static long placeOf(int ordinal) {
    return (long) ordinal << Integer.SIZE;
  }

  /** The ordinal of the packet of a place. */
  static int ordinalOf(long place) {
    return (int) (place >> Integer.SIZE);
  }

  /** The place of the last result; after a move, the one before the next packet. */
  long place() {
    return place;
  }

  /** The time of the last result, in ticks; AV_NOPTS_VALUE if it has none. */
  long pts() {
    return pts;
  }

  /** The number of samples that were lost. */
  int lostSamples() {
    return lost;
  }

  /** Whether any packet can be moved to. */
  boolean seekable() {
    return packets.source().seekable();
  }

  /** The codec's profile, as far as the stream has told. */
  int profile() {
    return context.struct().profile();
  }

  /** Packets can be recognized from now on. */
  void recognizeBy(PacketTable table) {
    packets.recognizeBy(table);
  }

  /** What FFmpeg says of the place where the file could not be read on; empty if it ended. */
  Optional<String> error() {
    return packets.source().demuxer().error();
  }

  /** Forgets everything, and continues at a packet. */
  void moveTo(int ordinal) throws IOException {
    place = BEHIND_ALL;
    packets.moveTo(ordinal);
    if (ordinal == 0) {
      renew();
    } else {
      context.flush();
    }
    draining = false;
    place = placeOf(ordinal) - 1;
  }

  /** The first packet is decoded as by a new decoder: a flush leaves the shape of AAC's window. */
  private void renew() throws IOException {
    DecoderContext old = context;
    context = opener.open(packets.source().stream());
    old.close();
  }

  /**
   * Decodes the next piece.
   *
   * @param frame receives it; what it held is released
   */
  Result next(Frame frame) throws IOException {
    frame.unref();
    while (true) {
      cancellation.check();
      switch (context.receive(frame.struct())) {
        case FRAME:
          moveOn(opaque.of(frame.struct().opaque()));
          pts = frame.struct().pts();
          usual = frame.struct().nb_samples();
          return Result.FRAME;
        case FAILED:
          return lose();
        case ENDED:
          place = BEHIND_ALL;
          return Result.END;
        case NOTHING:
          if (draining) {
            place = BEHIND_ALL;
            return Result.END;
          }
          if (!feed()) {
            return lose();
          }
          break;
      }
    }
  }

  /** A packet's further pieces count on; frames that do not tell belong to the last packet. */
  private void moveOn(int ordinal) {
    place = ordinal > ordinalOf(place) ? placeOf(ordinal) : place + 1;
  }

  private Result lose() {
    boolean whole = lastSent > ordinalOf(place);
    moveOn(lastSent);
    lost = whole ? expected : 0;
    return Result.LOST;
  }

  /** Returns false if the decoder refuses the packet. */
  private boolean feed() throws IOException {
    int number = packets.read(packet);
    if (number < 0) {
      draining = true;
      context.send(null);
      return true;
    }
    try {
      AVPacket struct = packet.struct();
      if (struct.size() <= 0) {
        // to a decoder, nothing would mean the end
        return true;
      }
      struct.opaque(opaque.to(number));
      lastSent = number;
      pts = struct.pts();
      expected = samples(struct);
      return context.send(struct) != DecoderContext.Sent.REFUSED;
    } finally {
      packet.unref();
    }
  }

  private int samples(AVPacket struct) {
    AVCodecParameters parameters = packets.source().stream().codecpar();
    if (AudioCodecs.isConstant(parameters.codec_id())) {
      int samples = av_get_audio_frame_duration2(parameters, struct.size());
      if (samples > 0) {
        return bounded(samples);
      }
    }
    AVRational base = packets.source().stream().time_base();
    double tick = (double) base.num() / base.den() * sampleRate;
    double samples = struct.duration() * tick;
    // times may be coarser than samples
    boolean asUsual = samples <= 0 || Math.abs(samples - usual) <= tick;
    return asUsual ? usual : bounded(Math.round(samples));
  }

  private int bounded(long samples) {
    return (int) Math.min(samples, (long) MAX_LOST_SECONDS * sampleRate);
  }

  @Override
  public void close() {
    packet.close();
    context.close();
  }
}
