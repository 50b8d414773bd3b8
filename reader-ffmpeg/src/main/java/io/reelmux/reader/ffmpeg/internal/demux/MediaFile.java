package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Limits;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.ffmpeg.internal.av.InputContext;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import io.reelmux.reader.spi.OpenRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that has been recognized. Each stream reader gets a demuxer of its own, with its own
 * position. A source that is not seekable has one, which they share.
 */
public final class MediaFile implements AutoCloseable {

  /** How long the last frame may last, or the longest stream may be longer than another. */
  private static final Duration MAX_LAST_FRAME = Duration.ofSeconds(1);

  private static final int PART = 65_536;

  private final OpenRequest request;
  private final Cancellation cancellation;
  private final SessionLog log;
  private final MediaInfo info;

  /** Of each video stream whose end is stated. */
  private final Map<Integer, StatedEnd> ends;

  /** When the last frame is decoded of each video stream whose frames the header lists. */
  private final Map<Integer, Duration> lastListed;

  /** The demuxer that has read the headers, until the first reader takes it. */
  private @Nullable Demuxer first;

  /** The demuxer of a source that is not seekable. */
  private @Nullable SharedDemuxer shared;

  private MediaFile(OpenRequest request, Cancellation cancellation, SessionLog log, Demuxer first)
      throws IOException {
    this.request = request;
    this.cancellation = cancellation;
    this.log = log;
    this.ends = ends(first, request);
    this.lastListed = lastListed(first);
    this.info = StreamInfos.of(first.context(), new FirstFrame(first, request.limits()), ends);
    if (first.seekable()) {
      this.first = first;
    } else {
      this.shared = new SharedDemuxer(first, request.limits().maxMemory());
    }
  }

  /**
   * Opens a file and reads its headers.
   *
   * @throws IllegalArgumentException if a setting is not supported
   * @throws IOException if the source fails, or the file is not recognized or exceeds a limit
   */
  public static MediaFile open(OpenRequest request, Cancellation cancellation, SessionLog log)
      throws IOException {
    Demuxer first = new FileOpener(request, cancellation, log).open();
    if (first.seekable() && Demuxers.needsSize(first.container()) && sizeIsUnknown(request)) {
      first.close();
      readToTheEnd(request.source().orElseThrow(), cancellation);
      first = new FileOpener(request, cancellation, log).open();
    }
    try {
      return new MediaFile(request, cancellation, log, first);
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, first);
      throw e;
    }
  }

  private static Map<Integer, StatedEnd> ends(Demuxer demuxer, OpenRequest request)
      throws IOException {
    Map<Integer, StatedEnd> ends = new HashMap<>();
    if (!demuxer.seekable()) {
      return ends;
    }
    InputContext input = demuxer.context();
    MovTracks tracks = null;
    for (int i = 0; i < input.struct().nb_streams(); i++) {
      AVCodecParameters codec = input.stream(i).codecpar();
      boolean mov = demuxer.container().equals(Demuxers.MOV);
      // without B-frames, the durations that MP4 and MOV state are of showing
      if (codec.codec_type() == AVMEDIA_TYPE_VIDEO && (!mov || codec.video_delay() > 0)) {
        if (mov && tracks == null) {
          tracks = MovTracks.read(request.source().orElseThrow());
        }
        ends.put(i, StatedEnd.of(input, i, tracks));
      }
    }
    ends.values().removeIf(StatedEnd.NONE::equals);
    return ends;
  }

  /** MP4 and MOV list all frames before any is read. */
  private static Map<Integer, Duration> lastListed(Demuxer demuxer) {
    Map<Integer, Duration> last = new HashMap<>();
    InputContext input = demuxer.context();
    for (int i = 0; i < input.struct().nb_streams(); i++) {
      AVStream stream = input.stream(i);
      long frames = stream.nb_frames();
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
          && demuxer.container().equals(Demuxers.MOV)
          && frames > 0
          && frames <= Integer.MAX_VALUE) {
        @Nullable AVIndexEntry entry = avformat_index_get_entry(stream, (int) frames - 1);
        if (entry != null && !entry.isNull()) {
          TimeBase base = StreamInfos.timeBase(stream.time_base());
          last.put(i, base.toDuration(entry.timestamp()));
        }
      }
    }
    return last;
  }

  /** The end of a video stream that the container states. */
  public StatedEnd statedEnd(int stream) {
    return ends.getOrDefault(stream, StatedEnd.NONE);
  }

  private static boolean sizeIsUnknown(OpenRequest request) throws IOException {
    return request.source().isPresent() && request.source().get().size() < 0;
  }

  /** A spooled source knows its size once it has been read. */
  private static void readToTheEnd(ByteSource source, Cancellation cancellation)
      throws IOException {
    ByteBuffer ignored = ByteBuffer.allocate(PART);
    long position = 0;
    int read;
    while ((read = source.read(position, ignored.clear())) >= 0) {
      position += read;
      cancellation.check();
    }
  }

  /** What the headers say. */
  public MediaInfo info() {
    return info;
  }

  /**
   * Compares the last frame of a stream, or the end of its samples, with what the header states:
   * all frames, or an end. If it states an end only, the last frame may last until then: the file
   * is taken to end early if that is over a second.
   *
   * @param last when the last frame is shown, or the samples end
   * @return a sentence if something is missing; empty if not, or if the duration is an estimate
   */
  public Optional<String> endsEarly(StreamInfo stream, Duration last) {
    if (!Demuxers.statesDuration(info.container())) {
      return Optional.empty();
    }
    StreamFacts facts = stream.facts();
    boolean frames = stream instanceof VideoInfo;
    // the file may be longer than its audio
    boolean same = frames || info.streams().size() == 1;
    Optional<Duration> duration =
        facts.duration().or(() -> same ? info.duration() : Optional.empty());
    if (duration.isEmpty()) {
      return Optional.empty();
    }
    Duration end = facts.start().orElse(Duration.ZERO).plus(duration.get());
    Duration latest = lastListed.getOrDefault(stream.index(), end.minus(MAX_LAST_FRAME));
    return last.compareTo(latest) < 0
        ? Optional.of(
            (frames ? "the last frame is at " : "the samples end at ")
                + last
                + ", but the header states an end at "
                + end)
        : Optional.empty();
  }

  /** What tells a stream from those of other files. */
  public StreamIdentity identity(VideoInfo stream) throws IOException {
    return StreamIdentity.of(stream, request.source());
  }

  /** What the file may cost. */
  public Limits limits() {
    return request.limits();
  }

  /** What FFmpeg prints. */
  public SessionLog log() {
    return log;
  }

  /** Whether reading has been given up. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Returns a demuxer at the start that returns the packets of one stream; the caller owns it. */
  public PacketSource packets(int stream) throws IOException {
    SharedDemuxer one = shared;
    if (one != null) {
      return one.packets(stream);
    }
    return new StreamPackets(demuxer(stream), stream);
  }

  /** Returns a demuxer at the start that returns the packets of some streams. */
  public Demuxer demuxer(int... streams) throws IOException {
    SharedDemuxer one = shared;
    if (one != null) {
      return one.take(streams);
    }
    Demuxer demuxer = first;
    first = null;
    if (demuxer == null) {
      demuxer = new FileOpener(request, cancellation, log).open();
    }
    demuxer.select(streams);
    return demuxer;
  }

  /** Whether any position can be read. */
  public boolean seekable() {
    return shared == null;
  }

  @Override
  public void close() {
    try (NativeScope scope = new NativeScope()) {
      if (first != null) {
        scope.add(first);
      }
      if (shared != null) {
        scope.add(shared);
      }
    }
  }
}
