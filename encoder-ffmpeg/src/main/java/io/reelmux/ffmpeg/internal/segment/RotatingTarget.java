package io.reelmux.ffmpeg.internal.segment;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.ContainerMode;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.PacketTimes;
import io.reelmux.spi.Destination;
import io.reelmux.spi.FileMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that can be played on their own. A new file begins with a key frame of the first
 * video stream; the packets of other streams go to the file to whose time they belong, so two files
 * may be open for a moment. Not thread-safe, except for {@link #cancel} and {@link #size}.
 */
final class RotatingTarget extends StoreTarget {
  private static final String TRACK = "file";

  /** For how long a file waits for a stream. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<MuxStream> streams;
  private final SegmentOptions options;
  private final Container container;
  private final Names names;
  private final FileMetadata metadata;
  private final boolean reproducible;
  private final SessionLog log;
  private final Notes notes;
  private final PacketOrder order;
  private final int reference;
  private final boolean[] active;

  /** One for each stream. */
  private final List<FilesWithout> without;

  private @Nullable RotatingFile current;

  /** The file before, whose last packets may still come. */
  private @Nullable RotatingFile previous;

  private long number;

  RotatingTarget(
      List<MuxStream> streams,
      SegmentStore store,
      SegmentOptions options,
      FileMetadata metadata,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    super(new GuardedStore(store));
    this.streams = List.copyOf(streams);
    this.options = options;
    this.container = Container.named(options.format().container());
    this.names = Names.checked(options, List.of(TRACK));
    this.metadata = metadata.withoutChapters();
    this.reproducible = reproducible;
    this.log = log;
    this.notes = notes;
    if (!metadata.chapters().isEmpty()) {
      notes.add("the chapters are not stored: the times of each file start at zero");
    }
    if (streams.stream().anyMatch(stream -> stream.timecode().isPresent())) {
      notes.add("each file states the timecode of the first one");
    }
    this.active = new boolean[streams.size()];
    this.without = streams.stream().map(stream -> new FilesWithout()).toList();
    this.reference =
        IntStream.range(0, streams.size())
            .filter(i -> streams.get(i).kind() == StreamKind.VIDEO)
            .findFirst()
            .orElse(0);
    prepare(new EntryDestination("", info(Duration.ZERO))).close();
    List<TimeBase> bases = streams.stream().map(MuxStream::timeBase).toList();
    this.order = new PacketOrder(bases, reference, this::accept);
  }

  private Muxer prepare(Destination destination) throws IOException {
    ContainerMode mode = options.format() == SegmentFormat.MP4 ? ContainerMode.FRAGMENTED : null;
    return log.during(
        () ->
            Muxer.prepare(
                container,
                mode,
                destination,
                streams,
                metadata,
                Map.of(),
                reproducible,
                log,
                notes));
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) {
    for (int i = 0; i < active.length; i++) {
      active[i] = firsts.get(i).isPresent();
    }
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    order.add(stream, packet);
  }

  private void accept(int stream, AVPacket packet) throws IOException {
    Ticks time = new Ticks(packet.pts(), streams.get(stream).timeBase());
    RotatingFile file = current;
    if (file == null) {
      file = open(packet.pts() < 0 ? new Ticks(0, time.base()) : time);
    } else if (stream == reference
        && (packet.flags() & AV_PKT_FLAG_KEY) != 0
        && isFull(file, time)) {
      endPrevious();
      previous = file;
      file = open(time);
    }
    RotatingFile older = previous;
    if (older != null && stream != reference && time.isBefore(file.start())) {
      older.write(stream, packet);
      return;
    }
    file.write(stream, packet);
    if (hasAll(file) || seconds(file.start(), time) > PATIENCE.toSeconds()) {
      endPrevious();
      file.begin();
    }
  }

  private boolean isFull(RotatingFile file, Ticks time) {
    return file.bytes() >= options.fileBytes().orElseThrow()
        || time.toDuration().minus(file.start().toDuration()).compareTo(options.length()) >= 0;
  }

  private boolean hasAll(RotatingFile file) {
    return IntStream.range(0, active.length).allMatch(i -> !active[i] || file.has(i));
  }

  private static double seconds(Ticks from, Ticks to) {
    return to.toDouble() - from.toDouble();
  }

  private RotatingFile open(Ticks start) throws IOException {
    String name = names.segment(TRACK, number);
    Muxer muxer = prepare(new EntryDestination(name, info(start.toDuration())));
    try {
      muxer.start();
      number++;
      RotatingFile file = new RotatingFile(name, muxer, streams, start, reference);
      current = file;
      return file;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, muxer);
      throw e;
    }
  }

  private SegmentInfo info(Duration start) {
    String kind = streams.get(reference).kind() == StreamKind.VIDEO ? "video/" : "audio/";
    String contentType = kind + options.format().subtype();
    return new SegmentInfo(SegmentKind.SEGMENT, contentType, TRACK, number, 0, start);
  }

  private void endPrevious() throws IOException {
    RotatingFile file = previous;
    RotatingFile next = current;
    if (file != null && next != null) {
      try (file) {
        previous = null;
        file.finish(next.start());
        ended(file);
      }
    }
  }

  @Override
  void complete() throws IOException {
    order.finish();
    endPrevious();
    RotatingFile file = current;
    if (file != null) {
      try (file) {
        current = null;
        file.finish();
        ended(file);
      }
    }
    for (int i = 0; i < without.size(); i++) {
      without.get(i).note().ifPresent(notes.of(streams.get(i).label())::add);
    }
  }

  /** Subtitles are pauses for the most part. */
  private void ended(RotatingFile file) {
    for (int i = 0; i < without.size(); i++) {
      if (!file.has(i) && streams.get(i).kind() != StreamKind.SUBTITLE) {
        without.get(i).add(file.name());
      }
    }
  }

  @Override
  public void close() {
    super.close();
    order.close();
    if (previous != null) {
      previous.close();
    }
    if (current != null) {
      current.close();
    }
  }

  /** Appends to an object of the store. */
  private final class EntryDestination implements Destination {
    private final String name;
    private final SegmentInfo info;
    private GuardedStore.@Nullable Open entry;

    EntryDestination(String name, SegmentInfo info) {
      this.name = name;
      this.info = info;
    }

    private GuardedStore.Open entry() {
      GuardedStore.Open open = entry;
      if (open == null) {
        throw new IllegalStateException("start() comes first");
      }
      return open;
    }

    @Override
    public boolean seekable() {
      return false;
    }

    @Override
    public boolean readable() {
      return false;
    }

    @Override
    public void start() throws IOException {
      entry = store().open(name, info);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      entry().write(bytes);
    }

    @Override
    public void seek(long position) {
      throw new UnsupportedOperationException("appends only");
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException("appends only");
    }

    @Override
    public void complete() throws IOException {
      entry().commit();
    }
  }
}
