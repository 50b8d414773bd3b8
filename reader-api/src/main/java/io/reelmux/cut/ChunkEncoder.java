package io.reelmux.cut;

import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.Packet;
import io.reelmux.PacketListener;
import io.reelmux.PacketStreamInfo;
import io.reelmux.Progress;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes chunks of a plan, one after another, into MP4 files that a {@link Joiner} joins.
 *
 * <p>One thread at a time; {@link #cancel} may be called by any. Several encoders of one plan may
 * be used at once.
 */
public final class ChunkEncoder {

  /** Keeps times exactly, and all that describes a stream. */
  static final String FORMAT = "mp4";

  private final CutPlan plan;
  private final FrameSource frames;
  private final Object monitor = new Object();
  private LongConsumer progress = frame -> {};
  private @Nullable Encoder running;
  private boolean canceled;

  private ChunkEncoder(CutPlan plan, FrameSource frames) {
    this.plan = plan;
    this.frames = frames;
  }

  /**
   * Returns an encoder of chunks.
   *
   * @param plan the plan
   * @param frames the frames of the video
   * @return an encoder that holds no resources between its calls
   * @throws IllegalArgumentException if the plan is for another video than that of the frames
   */
  public static ChunkEncoder of(CutPlan plan, FrameSource frames) {
    return new ChunkEncoder(plan.forFrames(frames), frames);
  }

  /**
   * Sets who is told about progress.
   *
   * @param listener called after each frame, on the thread that encodes, with the number of frames
   *     of the chunk that have been added
   * @return this
   */
  public ChunkEncoder progress(LongConsumer listener) {
    progress = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Encodes a chunk into a file, which is deleted if that fails.
   *
   * @param chunk one of the plan
   * @param file the file, created or replaced
   * @return what was encoded, with the file's path as its location
   * @throws IllegalArgumentException if the chunk is not of the plan
   * @throws IllegalStateException if the native library is not that of the plan, or the source adds
   *     too many frames
   * @throws CutException if the source does not add all frames of the chunk
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if encoding, the source or the file fails; the source's exception is thrown
   *     unchanged
   */
  public ChunkResult encode(Chunk chunk, Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    ChunkResult result = encode(chunk, file.toString(), DigestTarget.of(file));
    if (result.packets() != chunk.frames()) {
      Files.deleteIfExists(file);
    }
    return checked(result);
  }

  /**
   * Encodes a chunk into a stream, which is neither closed nor undone if that fails.
   *
   * @param chunk one of the plan
   * @param stream receives the file in order, even if it can seek
   * @param location what the result's location is to be
   * @return what was encoded
   * @throws IllegalArgumentException if the chunk is not of the plan
   * @throws IllegalStateException if the native library is not that of the plan, or the source adds
   *     too many frames
   * @throws CutException if the source does not add all frames of the chunk
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if encoding, the source or the stream fails; their exceptions are thrown
   *     unchanged
   */
  public ChunkResult encode(Chunk chunk, OutputStream stream, String location) throws IOException {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(location, "location");
    return checked(encode(chunk, location, DigestTarget.of(stream)));
  }

  private ChunkResult encode(Chunk chunk, String location, DigestTarget target) throws IOException {
    plan.requireOwn(chunk);
    requireBackend();
    Watch watch = new Watch(chunk, plan.fed(chunk));
    try (Encoder encoder =
        Encoder.builder().packetListener(watch).progressListener(watch::count).build()) {
      boolean complete = false;
      try {
        started(encoder);
        VideoStream stream = encoder.addVideo(plan.video(chunk));
        target.open(encoder, FORMAT);
        frames.feed(watch.fed, stream);
        watch.requireAll();
        EncodingResult result = encoder.finish();
        complete = true;
        return new ChunkResult(
            chunk,
            location,
            result.streams().get(0).packets(),
            result.bytes(),
            target.sha256(),
            watch.parameterSets,
            plan.settings(),
            plan.source(),
            result.backend(),
            ResultNotes.ofStreams(result));
      } finally {
        if (!complete) {
          // close() would complete the file, and it would look whole
          encoder.cancel();
        }
        ended();
      }
    }
  }

  private static ChunkResult checked(ChunkResult result) throws CutException {
    long frames = result.chunk().frames();
    if (result.packets() != frames) {
      throw new CutException(
          result.chunk(),
          "the encoder has made "
              + result.packets()
              + " packets of "
              + frames
              + " frames, so that it cannot be joined: use another encoder");
    }
    return result;
  }

  private void requireBackend() throws IOException {
    String own = EncoderCatalog.load().backend();
    if (!own.equals(plan.backend())) {
      throw new IllegalStateException(
          "the plan was made with "
              + plan.backend()
              + ", this is "
              + own
              + ": use the same version and build wherever chunks are encoded");
    }
  }

  private void started(Encoder encoder) {
    synchronized (monitor) {
      running = encoder;
      if (canceled) {
        throw new CancellationException("encode(): the encoder of chunks has been canceled");
      }
    }
  }

  private void ended() {
    synchronized (monitor) {
      running = null;
    }
  }

  /**
   * Ends {@link #encode}, and all later calls of it, with a {@link CancellationException}, from any
   * thread. Returns at once.
   */
  public void cancel() {
    Encoder encoder;
    synchronized (monitor) {
      canceled = true;
      encoder = running;
    }
    if (encoder != null) {
      encoder.cancel();
    }
  }

  /** Counts the frames of a chunk and keeps the description of its stream. */
  private final class Watch implements PacketListener {
    private final Chunk chunk;

    /** With the frames that are only looked at. */
    private final Chunk fed;

    private long added;
    private List<String> parameterSets = List.of();

    Watch(Chunk chunk, Chunk fed) {
      this.chunk = chunk;
      this.fed = fed;
    }

    @Override
    public void onStreams(List<PacketStreamInfo> streams) {
      parameterSets = Forms.parameterSets(streams.get(0));
    }

    @Override
    public void onPacket(Packet packet) {}

    void count(Progress now) {
      if (now.frames() == added) {
        return;
      }
      added = now.frames();
      if (added > fed.frames()) {
        throw new IllegalStateException(
            chunk + ": the source adds more than " + fed.frames() + " frames" + beyond());
      }
      if (added <= chunk.frames()) {
        progress.accept(added);
      }
    }

    private String beyond() {
      long more = fed.frames() - chunk.frames();
      return more == 0
          ? ""
          : ", of which the encoder looks at the last " + more + " only (CutPlan.withLookahead)";
    }

    void requireAll() throws CutException {
      if (added != fed.frames()) {
        throw new CutException(
            chunk, "the source has added " + added + " of " + fed.frames() + " frames" + beyond());
      }
    }
  }
}
