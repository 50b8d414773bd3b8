package io.reelmux.ffmpeg.internal.packet;

import io.reelmux.EncoderException;
import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SideDataType;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream of packets that are encoded already: checks them, brings them into the form that the
 * container stores, and passes them on. Used by one thread at a time.
 */
public final class PacketCopier implements AutoCloseable {

  /** Codecs without whose global header no player can decode what a container holds. */
  private static final Set<String> NEED_EXTRADATA =
      Set.of("h264", "hevc", "aac", "av1", "flac", "opus", "vorbis", "alac");

  /** A limit far from any overflow in FFmpeg's arithmetic. */
  private static final long MAX_SECONDS = 1L << 31;

  /** More than any priming, and than the frames that an edit list hides up to a key frame. */
  private static final Duration MAX_HIDDEN = Duration.ofSeconds(30);

  private static final int STREAMINFO_BYTES = 34;

  private static final long NO_TIME = Long.MIN_VALUE;

  private final NativeScope scope = new NativeScope();
  private final PacketStreamInfo info;
  private final byte[] extradata;
  private final @Nullable NalConverter nal;
  private final boolean stripsAdts;
  private final StreamParameters parameters;
  private final PacketRef packet;
  private final PacketConsumer outlet;
  private final long maxTicks;
  private long lastDts = NO_TIME;

  /** Read by any thread. */
  private volatile long end;

  private byte[] payload = {};

  private PacketCopier(PacketStreamInfo info, Container container, PacketConsumer outlet)
      throws EncoderException {
    this.info = info;
    this.outlet = outlet;
    TimeBase base = info.timeBase();
    this.maxTicks =
        Math.min(Long.MAX_VALUE / 4, MAX_SECONDS * base.denominator() / base.numerator());
    byte[] given = givenExtradata(info, container);
    nal =
        ParameterSets.areUsedBy(info.codec())
            ? new NalConverter(info.codec(), given, container.globalHeader())
            : null;
    extradata = nal == null ? given : nal.extradata(given);
    stripsAdts = info.codec().equals("aac") && extradata.length > 0;
    try {
      parameters = scope.add(StreamParameters.allocate());
      StreamDescriptions.fill(parameters, info, extradata);
      packet = scope.add(PacketRef.allocate());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Prepares a stream.
   *
   * @param outlet receives the packets
   * @throws IllegalArgumentException if the description is not complete or does not fit
   * @throws EncoderException if memory is exhausted
   */
  public static PacketCopier open(PacketStreamInfo info, Container container, PacketConsumer outlet)
      throws EncoderException {
    return new PacketCopier(info, container, outlet);
  }

  private static byte[] givenExtradata(PacketStreamInfo info, Container container) {
    byte[] given = bytes(info.extradata());
    byte[] first = bytes(info.firstPacket());
    if (given.length == 0 && first.length > 0) {
      given = found(info.codec(), first);
    }
    if (given.length == 0 && container.globalHeader() && NEED_EXTRADATA.contains(info.codec())) {
      throw new IllegalArgumentException(
          "container "
              + container
              + " stores the global header of "
              + info.codec()
              + (first.length == 0
                  ? ", which is missing: set extradata or firstPacket of PacketStreamInfo"
                  : ", which is not in firstPacket: set extradata of PacketStreamInfo"));
    }
    return given;
  }

  private static byte[] found(String codec, byte[] first) {
    return switch (codec) {
      case "h264", "hevc" -> ParameterSets.inPacket(codec, first).toAnnexB();
      case "aac" -> Adts.startsWithHeader(first) ? Adts.config(first) : new byte[0];
      case "av1" -> Av1Sequence.in(first).map(Av1Sequence::obu).orElse(new byte[0]);
      default -> new byte[0];
    };
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /**
   * Refuses a packet that does not fit.
   *
   * @throws IllegalArgumentException with what is expected
   */
  public void check(Packet next) {
    checkTimes(next);
    Map<SideDataType, ByteBuffer> sideData = sideData(next);
    sideData.forEach((type, data) -> SideDataTypes.check(type, data.remaining()));
    ByteBuffer header = sideData.get(SideDataType.NEW_EXTRADATA);
    if (header != null && !acceptsNew(header, next)) {
      throw new IllegalArgumentException(
          "a packet changes the extradata of "
              + info.codec()
              + ", which a stream that is copied cannot: encode it, or write another file");
    }
    if (next.size() == 0) {
      if (!isFinalOfFlac(next)) {
        // muxers read the payload of all others
        throw new IllegalArgumentException(
            "a packet has no payload: only the last one of FLAC, with its final header, has none");
      }
      payload = new byte[0];
      return;
    }
    if (lastDts == NO_TIME && !next.keyFrame()) {
      throw new IllegalArgumentException(
          "the first packet is not a key frame: decoding could not start there");
    }
    payload = convert(next);
  }

  /** Without what names a place in the container that the packet comes from. */
  private static Map<SideDataType, ByteBuffer> sideData(Packet next) {
    Map<SideDataType, ByteBuffer> all = next.sideData();
    if (all.containsKey(SideDataType.MPEGTS_STREAM_ID)) {
      all = new EnumMap<>(all);
      all.remove(SideDataType.MPEGTS_STREAM_ID);
    }
    return all;
  }

  private boolean acceptsNew(ByteBuffer header, Packet next) {
    return isFinalOfFlac(next) || Arrays.equals(bytes(header.duplicate()), extradata);
  }

  private boolean isFinalOfFlac(Packet next) {
    ByteBuffer header = next.sideData().get(SideDataType.NEW_EXTRADATA);
    return info.codec().equals("flac")
        && next.size() == 0
        && header != null
        && header.remaining() == STREAMINFO_BYTES;
  }

  private void checkTimes(Packet next) {
    TimeBase base = next.stream().timeBase();
    if (!base.equals(info.timeBase())) {
      throw new IllegalArgumentException(
          "a packet has times in "
              + base.numerator()
              + "/"
              + base.denominator()
              + " s: the stream was added with "
              + info.timeBase().numerator()
              + "/"
              + info.timeBase().denominator());
    }
    if (next.pts() == NO_TIME || next.dts() == NO_TIME) {
      throw new IllegalArgumentException(
          "a packet has no "
              + (next.pts() == NO_TIME ? "pts" : "dts")
              + ": the file that it comes from stores none; set it with Packet.withTimes, or encode"
              + " the stream again");
    }
    if (next.pts() < -info.timeBase().toTicks(MAX_HIDDEN)) {
      throw new IllegalArgumentException(
          "pts "
              + next.pts()
              + " is more than "
              + MAX_HIDDEN.toSeconds()
              + " s before 0, and what is before 0 is not shown: shift the times of all streams"
              + " with Packet.withTimes");
    }
    if (next.dts() > maxTicks
        || next.dts() < -maxTicks
        || next.pts() > maxTicks
        || next.pts() < -maxTicks) {
      throw new IllegalArgumentException(
          "pts " + next.pts() + ", dts " + next.dts() + ": must be within " + maxTicks + " ticks");
    }
    if (next.duration() < 0 || next.duration() > maxTicks) {
      throw new IllegalArgumentException(
          "duration " + next.duration() + ": must be from 0 to " + maxTicks + " ticks");
    }
    if (next.size() == 0) {
      return;
    }
    if (next.pts() < next.dts()) {
      throw new IllegalArgumentException(
          "pts " + next.pts() + " is before dts " + next.dts() + ": shown before it is decoded");
    }
    boolean rises =
        info.kind() == StreamKind.SUBTITLE ? next.dts() >= lastDts : next.dts() > lastDts;
    if (!rises) {
      throw new IllegalArgumentException(
          "dts "
              + next.dts()
              + " does not rise: the packet before has "
              + lastDts
              + "; where times start again, as in joined recordings, shift later packets with"
              + " Packet.withTimes, or encode the stream again");
    }
  }

  private byte[] convert(Packet next) {
    if (nal != null) {
      return nal.convert(next);
    }
    byte[] data = next.toByteArray();
    return stripsAdts && Adts.startsWithHeader(data) ? Adts.strip(data) : data;
  }

  /** Passes on a packet that has been checked. */
  public void add(Packet next) throws IOException {
    packet.fill(payload, next.pts(), next.dts(), next.duration(), next.keyFrame());
    try {
      for (Map.Entry<SideDataType, ByteBuffer> entry : sideData(next).entrySet()) {
        packet.addSideData(SideDataTypes.number(entry.getKey()), entry.getValue());
      }
      outlet.accept(packet.struct());
    } finally {
      packet.unref();
    }
    if (payload.length > 0) {
      lastDts = next.dts();
      end = Math.max(end, next.pts() + next.duration());
      if (nal != null) {
        nal.written();
      }
    }
  }

  /** Returns the description that the stream was added with. */
  public PacketStreamInfo info() {
    return info;
  }

  /** Returns the codec as the container stores it. */
  public StreamParameters parameters() {
    return parameters;
  }

  /** Returns whether no packet has been added. */
  public boolean isEmpty() {
    return lastDts == NO_TIME;
  }

  /** Returns the time from 0 to the end of the packet that is shown last. */
  public Duration duration() {
    return info.timeBase().toDuration(end);
  }

  @Override
  public void close() {
    scope.close();
  }
}
