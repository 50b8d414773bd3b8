package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_set;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_frame;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_write_header;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avio_flush;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.OutputContext;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * A muxer whose bytes are taken from memory piece by piece, for segments. It has no end: what has
 * been flushed is complete. Not thread-safe.
 *
 * <p>{@link Muxer#check} says whether the container supports the streams.
 */
public final class MemoryMuxer implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final MemoryDestination memory = new MemoryDestination();
  private final Sink sink = new Sink(/* seekable= */ false);
  private final List<TickScale> scales = new ArrayList<>();
  private final IoContext io;
  private final OutputContext output;

  private MemoryMuxer(Container container) throws IOException {
    try {
      io = scope.add(IoContext.writing(sink));
      output = scope.add(OutputContext.allocate(container.format()));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Opens a muxer and writes its header.
   *
   * @param streams must outlive the muxer
   * @param options of the muxer
   * @param reproducible whether to leave out what differs each time
   * @param notes receives what the container does not store
   */
  public static MemoryMuxer open(
      Container container,
      List<MuxStream> streams,
      Map<String, String> options,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    MemoryMuxer muxer = new MemoryMuxer(container);
    try {
      AVFormatContext struct = muxer.output.struct();
      log.own(struct);
      if (reproducible) {
        struct.flags(struct.flags() | AVFMT_FLAG_BITEXACT);
      }
      log.run(() -> muxer.writeHeader(container, streams, options, notes));
      return muxer;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, muxer);
      throw e;
    }
  }

  private void writeHeader(
      Container container, List<MuxStream> streams, Map<String, String> options, Notes notes)
      throws IOException {
    AVFormatContext struct = output.struct();
    struct.pb(io.struct());
    struct.max_delay(container.maxDelay());
    List<AVRational> muxerBases = new ArrayList<>();
    for (MuxStream stream : streams) {
      Map<String, String> tags = StreamTags.of(streams, stream, container, notes);
      muxerBases.add(StreamSetup.add(output, stream, container, tags).time_base());
    }
    Map<String, String> all = new LinkedHashMap<>(options);
    int unit = OwnTimes.commonUnit(streams);
    if (container.isMov() && unit > 1) {
      all.put("movie_timescale", Integer.toString(unit));
    }
    new OptionSetter(struct, "container " + container, Map.of()).setAll(all);
    Av.check(
        avformat_write_header(struct, /* options= */ null),
        "write the header of container " + container);
    // the muxer has chosen its units by now
    for (int i = 0; i < streams.size(); i++) {
      scales.add(new TickScale(streams.get(i).timeBase(), muxerBases.get(i)));
    }
    avio_flush(io.struct());
    sink.check();
    sink.start(memory);
    sink.releaseHeader(UnaryOperator.identity());
  }

  /**
   * Writes a packet, whose payload may be moved out.
   *
   * @param packet times in the stream's own time base; they are changed
   */
  public void write(int stream, AVPacket packet) throws IOException {
    packet.stream_index(stream);
    scales.get(stream).apply(packet);
    int code = av_write_frame(output.struct(), packet);
    sink.check();
    Av.check(code, "write a packet into a segment");
  }

  /** Writes out what the muxer holds back, as a fragment if the container has fragments. */
  public void flush() throws IOException {
    int code = av_write_frame(output.struct(), /* packet= */ null);
    avio_flush(io.struct());
    sink.check();
    Av.check(code, "end a segment");
  }

  /** Sets an option between packets. */
  public void set(String name, String value) throws IOException {
    Av.check(
        av_opt_set(output.struct(), name, value, AV_OPT_SEARCH_CHILDREN), "set option " + name);
  }

  /** Returns the bytes since the last call. */
  public byte[] take() {
    avio_flush(io.struct());
    return memory.take();
  }

  @Override
  public void close() {
    scope.close();
  }
}
