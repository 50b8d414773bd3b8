package io.reelmux.reader.ffmpeg.internal.demux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.packet.PacketExporter;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.spi.DemuxedPacket;
import io.reelmux.reader.spi.PacketDemuxer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/** Copies the packets of streams for the caller. */
public final class FfmpegPacketDemuxer implements PacketDemuxer {
  private final MediaFile file;
  private final Demuxer demuxer;
  private final int first;
  private final Map<Integer, PacketExporter> exporters;
  private final PacketRef packet;
  private final DecodingTimes times = new DecodingTimes();
  private final Deque<DemuxedPacket> timed = new ArrayDeque<>();
  private final LastPackets lastPackets;
  private final Deque<DemuxedPacket> ready = new ArrayDeque<>();

  /** When the last frame of each stream of video is shown, and the samples of audio end. */
  private final Map<Integer, Duration> latest = new HashMap<>();

  private final NativeScope owners;
  private boolean ended;

  private FfmpegPacketDemuxer(
      MediaFile file,
      Demuxer demuxer,
      int first,
      Map<Integer, PacketExporter> exporters,
      PacketRef packet,
      NativeScope owners) {
    this.file = file;
    this.demuxer = demuxer;
    this.first = first;
    this.exporters = exporters;
    this.packet = packet;
    this.lastPackets = new LastPackets(ends(file, exporters.keySet()));
    this.owners = owners;
  }

  private static Map<Integer, StatedEnd> ends(MediaFile file, Set<Integer> streams) {
    Map<Integer, StatedEnd> ends = new HashMap<>();
    for (int stream : streams) {
      if (!file.statedEnd(stream).equals(StatedEnd.NONE)) {
        ends.put(stream, file.statedEnd(stream));
      }
    }
    return ends;
  }

  /**
   * Opens a demuxer at the start.
   *
   * @param streams the positions in the file's list of streams, at least one
   * @throws UnsupportedMediaException if the codec of a stream is unknown
   * @throws IOException if the library or the source fails
   */
  public static FfmpegPacketDemuxer open(MediaFile file, int... streams) throws IOException {
    Map<Integer, PacketExporter> exporters = new HashMap<>();
    for (int stream : streams) {
      StreamInfo info = file.info().streams().get(stream);
      PacketStreamInfo described = described(info, stream);
      exporters.put(stream, new PacketExporter(described, /* repeatsHeaders= */ false));
    }
    return Failures.during(
        file.log(),
        () -> {
          NativeScope owners = new NativeScope();
          try {
            Demuxer demuxer = owners.add(file.demuxer(streams));
            PacketRef packet = owners.add(PacketRef.allocate());
            return new FfmpegPacketDemuxer(file, demuxer, streams[0], exporters, packet, owners);
          } catch (IOException | RuntimeException | Error e) {
            NativeScope.closeAfter(e, owners);
            throw e;
          }
        });
  }

  private static PacketStreamInfo described(StreamInfo info, int stream)
      throws UnsupportedMediaException {
    Optional<PacketStreamInfo> described = info.facts().packets();
    if (described.isEmpty()) {
      throw new UnsupportedMediaException(
          "read packets",
          "stream " + stream,
          0,
          "its codec is " + info.codec() + ", which cannot be described: name other streams",
          List.of());
    }
    return described.get();
  }

  @Override
  public @Nullable DemuxedPacket next() throws IOException {
    return Failures.during(file.log(), () -> Optional.ofNullable(read())).orElse(null);
  }

  /** Packets come in the order of the file, some of them later than they are read. */
  private @Nullable DemuxedPacket read() throws IOException {
    while (ready.isEmpty() && demuxer.read(packet)) {
      AVPacket struct = packet.struct();
      PacketExporter exporter = exporters.get(struct.stream_index());
      if (exporter != null) {
        boolean key = (struct.flags() & AV_PKT_FLAG_KEY) != 0;
        boolean discard = (struct.flags() & AV_PKT_FLAG_DISCARD) != 0;
        Packet copy = exporter.export(struct, key);
        note(struct.stream_index(), copy);
        times.add(new DemuxedPacket(struct.stream_index(), copy, discard), timed);
        hold();
      }
      packet.unref();
    }
    if (ready.isEmpty()) {
      ended = true;
      times.end(timed);
      hold();
      lastPackets.end(ready, demuxer.error().isEmpty());
    }
    return ready.poll();
  }

  private void note(int stream, Packet packet) {
    if (packet.pts() != AV_NOPTS_VALUE) {
      boolean video = file.info().streams().get(stream) instanceof VideoInfo;
      Duration time = video ? packet.time() : packet.time().plus(lengthOf(packet));
      latest.merge(stream, time, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }

  private static Duration lengthOf(Packet packet) {
    return packet.stream().timeBase().toDuration(packet.duration());
  }

  @Override
  public Optional<String> cutOff() {
    if (!ended) {
      return Optional.empty();
    }
    return demuxer
        .error()
        .map(text -> "the file cannot be read to its end: " + text)
        .or(
            () ->
                latest.entrySet().stream()
                    .flatMap(each -> endsEarly(each.getKey(), each.getValue()).stream())
                    .findFirst());
  }

  private Optional<String> endsEarly(int stream, Duration last) {
    return file.endsEarly(file.info().streams().get(stream), last);
  }

  private void hold() {
    while (!timed.isEmpty()) {
      lastPackets.add(timed.remove(), ready);
    }
  }

  @Override
  public void seek(Duration time) throws IOException {
    Failures.during(
        file.log(),
        () -> {
          ended = false;
          ready.clear();
          timed.clear();
          times.reset();
          lastPackets.reset();
          long ticks = StreamInfos.timeBase(demuxer.stream(first).time_base()).toTicks(time);
          if (!demuxer.seekToTime(first, ticks)) {
            throw new ReaderException(
                "seek to " + time,
                null,
                0,
                "the container " + demuxer.container() + " cannot be searched by time",
                List.of(),
                null);
          }
          return true;
        });
  }

  @Override
  public void release() {
    owners.close();
  }
}
