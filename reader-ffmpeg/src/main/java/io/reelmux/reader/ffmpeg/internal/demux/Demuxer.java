package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.AVERROR_EAGAIN;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_read_frame;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.ffmpeg.internal.av.InputContext;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import io.reelmux.reader.ffmpeg.internal.source.SourceReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Reads packets, and moves. One thread at a time. */
public final class Demuxer implements AutoCloseable {
  private static final int EAGAIN = AVERROR_EAGAIN();

  /** Some demuxers ask to be called again after each unit that they skip. */
  private static final int MAX_RETRIES = 100_000;

  /** Packets that are read again at most. */
  private static final int MAX_AHEAD = 5_000;

  private final InputContext context;
  private final @Nullable SourceReader source;
  private final Cancellation cancellation;
  private final NativeScope owners;
  private int[] selected = {};

  /** Packets that have been looked at, and are read again. */
  private final Deque<PacketRef> ahead = new ArrayDeque<>();

  /** FFmpeg's code of what was met behind them, which it may report once only; 0 for nothing. */
  private int failedAhead;

  private @Nullable String error;

  Demuxer(
      InputContext context,
      @Nullable SourceReader source,
      Cancellation cancellation,
      NativeScope owners) {
    this.context = context;
    this.source = source;
    this.cancellation = cancellation;
    this.owners = owners;
  }

  /** The context, which belongs to this demuxer. */
  public InputContext context() {
    return context;
  }

  /** FFmpeg's name of the container. */
  public String container() {
    return Av.string(context.struct().iformat().name());
  }

  boolean seekable() {
    return source != null && source.seekable();
  }

  /** Leaves out the packets of all other streams. */
  void select(int... streams) {
    selected = streams.clone();
    AVFormatContext struct = context.struct();
    for (int i = 0; i < struct.nb_streams(); i++) {
      int index = i;
      boolean wanted = Arrays.stream(streams).anyMatch(stream -> stream == index);
      context.stream(i).discard(wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }
  }

  /**
   * Reads the next packet of the selected streams.
   *
   * @param packet empty; receives it
   * @return false at the end, or where the file cannot be read on; {@link #error} tells
   * @throws IOException if the source fails
   */
  public boolean read(PacketRef packet) throws IOException {
    for (int retry = 0; retry < MAX_RETRIES; retry++) {
      int code = readOn(packet);
      if (code >= 0) {
        if (isSelected(packet.struct().stream_index())) {
          if (source != null) {
            source.packetFound();
          }
          return true;
        }
        packet.unref();
      } else if (code != EAGAIN) {
        ended(code);
        return false;
      }
    }
    error = "no packet in " + MAX_RETRIES + " attempts";
    return false;
  }

  /** Reads the next packet of any stream; returns FFmpeg's code. */
  private int readOn(PacketRef packet) throws IOException {
    cancellation.check();
    PacketRef kept = ahead.poll();
    if (kept != null) {
      try (kept) {
        packet.moveFrom(kept.struct());
      }
      return 0;
    }
    if (failedAhead < 0) {
      int code = failedAhead;
      failedAhead = 0;
      return code;
    }
    return readNew(packet);
  }

  private int readNew(PacketRef packet) throws IOException {
    int code = av_read_frame(context.struct(), packet.struct());
    if (source != null) {
      source.check();
    }
    return code;
  }

  /**
   * Looks for the first key packet of a stream. It and all before it are read again.
   *
   * @param maxBytes how much is read at most
   * @return a packet that belongs to this demuxer; null if there is none
   * @throws IOException if the source fails
   */
  @Nullable AVPacket firstKey(int stream, long maxBytes) throws IOException {
    for (PacketRef packet : ahead) {
      if (isKey(packet.struct(), stream)) {
        return packet.struct();
      }
    }
    long bytes = 0;
    while (bytes <= maxBytes && ahead.size() < MAX_AHEAD && failedAhead == 0) {
      cancellation.check();
      PacketRef packet = PacketRef.allocate();
      ahead.add(packet);
      int code = Av.ENOMEM;
      try {
        code = readNew(packet);
      } finally {
        if (code < 0) {
          ahead.removeLast().close();
        }
      }
      if (code < 0) {
        // the next read is to meet it; whoever is to try again does so
        failedAhead = code == EAGAIN ? 0 : code;
        return null;
      }
      if (source != null) {
        source.packetFound();
      }
      if (isKey(packet.struct(), stream)) {
        return packet.struct();
      }
      bytes += packet.struct().size();
    }
    return null;
  }

  private static boolean isKey(AVPacket packet, int stream) {
    return packet.stream_index() == stream && (packet.flags() & AV_PKT_FLAG_KEY) != 0;
  }

  private void ended(int code) throws IOException {
    if (code == AVERROR_EOF) {
      return;
    }
    cancellation.check();
    if (code == AVERROR_EXIT || code == Av.ENOMEM) {
      throw Av.failure(code, "read a packet");
    }
    error = Av.text(code);
  }

  private boolean isSelected(int stream) {
    for (int wanted : selected) {
      if (wanted == stream) {
        return true;
      }
    }
    // a stream that turned up later
    context.stream(stream).discard(AVDISCARD_ALL);
    return false;
  }

  /** What FFmpeg says of the place where the file could not be read on; empty if it ended. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /**
   * Moves to a packet at or before a time, as far as the container's index tells. Where it has
   * moved to, the next packet tells.
   *
   * @return false if the container cannot
   * @throws IOException if the source fails
   */
  public boolean seekToTime(int stream, long time) throws IOException {
    return seek(stream, time, AVSEEK_FLAG_BACKWARD);
  }

  /** As {@link #seekToTime}, by the position of a packet in the file. */
  public boolean seekToByte(long position) throws IOException {
    return seek(-1, position, AVSEEK_FLAG_BYTE);
  }

  private boolean seek(int stream, long target, int flags) throws IOException {
    cancellation.check();
    int code = av_seek_frame(context.struct(), stream, target, flags);
    if (source != null) {
      source.check();
      source.packetFound();
    }
    cancellation.check();
    if (code < 0) {
      return false;
    }
    ahead.forEach(PacketRef::close);
    ahead.clear();
    failedAhead = 0;
    return true;
  }

  /** How a packet of this container is found again. */
  public SeekBy seekBy() {
    boolean raw = (context.struct().iformat().flags() & AVFMT_NOTIMESTAMPS) != 0;
    return Demuxers.seekBy(container(), raw);
  }

  /** The stream at a position, which belongs to this demuxer. */
  public AVStream stream(int index) {
    return context.stream(index);
  }

  @Override
  public void close() {
    ahead.forEach(owners::add);
    owners.close();
  }
}
