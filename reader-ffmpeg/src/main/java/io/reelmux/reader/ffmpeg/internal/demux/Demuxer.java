package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.AVERROR_EAGAIN;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_read_frame;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
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
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Reads packets, and moves. One thread at a time. */
public final class Demuxer implements AutoCloseable {
  private static final int EAGAIN = AVERROR_EAGAIN();

  /** Some demuxers ask to be called again after each unit that they skip. */
  private static final int MAX_RETRIES = 100_000;

  private final InputContext context;
  private final @Nullable SourceReader source;
  private final Cancellation cancellation;
  private final NativeScope owners;
  private int[] selected = {};
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
      cancellation.check();
      int code = av_read_frame(context.struct(), packet.struct());
      if (source != null) {
        source.check();
      }
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
    return code >= 0;
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
    owners.close();
  }
}
