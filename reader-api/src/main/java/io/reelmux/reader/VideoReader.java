package io.reelmux.reader;

import io.reelmux.Device;
import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.reader.internal.ConstantRateDecoder;
import io.reelmux.reader.internal.KeptReport;
import io.reelmux.reader.internal.Part;
import io.reelmux.reader.internal.ReaderCalls;
import io.reelmux.reader.spi.DecodedSurface;
import io.reelmux.reader.spi.FrameFacts;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one video stream: by number, by time, or in order. Frame n is the n-th that
 * is shown; the first one is 0. The numbers are those of {@link #index}, which the first call that
 * needs them makes.
 *
 * <p>Numbers and times require a source that can seek, and no filter that changes the number of
 * frames: otherwise all calls but {@link #cursor}, {@link #frames} and {@link
 * MediaReader#interleaved} throw an {@link UnsupportedOperationException} that says why.
 *
 * <p>One thread at a time; further calls wait. After a failure, the reader refuses all calls and
 * names it. {@link IndexOutOfBoundsException}, {@link IllegalArgumentException} and {@link
 * DamagedFrameException} are not failures: the reader remains usable. All calls that read throw
 * {@link java.util.concurrent.CancellationException} after {@link MediaReader#cancel}, {@link
 * LimitException} if they exceed {@link Limits#deadline}, and the source's own exceptions.
 */
public final class VideoReader implements StreamReader {

  /** The last user of the decoder, if it was no cursor. */
  private static final Object BY_NUMBER = new Object();

  /** What an array can hold on every JVM. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final ReaderCalls calls;
  private final Part part;
  private final VideoDecoder decoder;
  private final KeptReport kept;
  private final VideoInfo info;
  private final VideoOutput output;
  private final TimeBase timeBase;
  private final int width;
  private final int height;
  private final PixelLayout layout;
  private final int frameBytes;
  private final @Nullable String sequentialOnly;
  private final @Nullable String hostOnly;

  /** Which cursor has decoded last; null if the decoder is as it was opened. Under the lock. */
  private @Nullable Object user;

  private boolean keyFramesOnly;

  /** A place in the order of the frames, and what was read there. */
  static final class Place {
    private long next;
    private boolean keyFramesOnly;
    private @Nullable FrameFacts facts;

    /** What is known of the frame that was read last; null at the end. */
    @Nullable FrameFacts facts() {
      return facts;
    }

    void keyFramesOnly(boolean value) {
      keyFramesOnly = value;
    }
  }

  private VideoReader(
      ReaderCalls calls,
      Part part,
      VideoDecoder decoder,
      KeptReport kept,
      VideoInfo info,
      VideoOutput output) {
    this.calls = calls;
    this.part = part;
    this.decoder = decoder;
    this.kept = kept;
    this.info = info;
    this.output = output;
    this.timeBase =
        decoder instanceof ConstantRateDecoder constant
            ? constant.timeBase()
            : info.facts().timeBase();
    this.width = decoder.width();
    this.height = decoder.height();
    this.layout = decoder.layout();
    this.frameBytes = (int) layout.frameBytes(width, height);
    this.sequentialOnly = decoder.sequentialOnly();
    this.hostOnly = decoder.hostOnly();
  }

  /** Inside of a call: makes a reader of a decoder, which it releases. */
  static VideoReader of(
      ReaderCalls calls, Part part, VideoDecoder opened, VideoInfo info, VideoOutput output) {
    long bytes = opened.layout().frameBytes(opened.width(), opened.height());
    if (bytes > MAX_BYTES) {
      opened.release();
      throw new IllegalArgumentException(
          "a frame of "
              + opened.layout()
              + " "
              + opened.width()
              + "x"
              + opened.height()
              + " has "
              + bytes
              + " bytes: at most "
              + MAX_BYTES
              + "; VideoOutput.size makes it smaller");
    }
    KeptReport kept = new KeptReport();
    calls.add(part, kept.releasing(opened::report, opened::release));
    VideoDecoder decoder =
        output
            .frameRate()
            .<VideoDecoder>map(
                rate -> new ConstantRateDecoder(opened, info.facts().timeBase(), rate))
            .orElse(opened);
    return new VideoReader(calls, part, decoder, kept, info, output);
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  /** {@return what was asked for when the stream was opened} */
  public VideoOutput output() {
    return output;
  }

  /** {@return the width of the frames that are returned, in pixels} */
  public int width() {
    return width;
  }

  /** {@return the height of the frames that are returned, in pixels} */
  public int height() {
    return height;
  }

  /** {@return the layout of the frames that are returned} */
  public PixelLayout layout() {
    return layout;
  }

  /**
   * {@return where frames are decoded: the CPU if {@link VideoOutput#device} has not been set, or
   * after a fallback; see {@link VideoOutput#fallbackToCpu}}
   */
  public Device device() {
    return decoder.device();
  }

  /**
   * Returns why frames cannot be left on a GPU: they are decoded on the CPU, or a layout, a size or
   * the like has been asked for, which is made on the CPU.
   *
   * @return the reason; empty if {@link #deviceCursor} and {@link #deviceFrame} are possible
   */
  public Optional<String> deviceFramesUnsupportedReason() {
    return Optional.ofNullable(hostOnly);
  }

  /** {@return the bytes of a frame: {@link PixelLayout#frameBytes}} */
  public int frameBytes() {
    return frameBytes;
  }

  /**
   * Returns which frames there are. The first call scans the stream's packets, and decodes where
   * these leave doubts; it may read the whole file.
   *
   * @return the frames as they are returned: those of {@link VideoOutput#frameRate}, if it is set
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public FrameIndex index() throws IOException {
    requireNumbers("index()");
    return calls.call(part, "index()", decoder::index);
  }

  /**
   * Returns the number of frames, which the header of the file does not know: {@code
   * index().count()}.
   *
   * @return the frames that can be decoded
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public long frameCount() throws IOException {
    requireNumbers("frameCount()");
    return calls.call(part, "frameCount()", () -> decoder.index().count());
  }

  /**
   * Returns a frame by its number.
   *
   * @param n 0 to {@code frameCount() - 1}
   * @return the frame, with memory of its own
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if it is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public ReadFrame frame(long n) throws IOException {
    requireNumbers("frame()");
    return calls.call(part, "frame()", () -> decoded(requireFrame(n)));
  }

  /**
   * Returns the frame that is shown at a time: from its own time on, until that of the next one.
   *
   * @param time a time on the file's timeline
   * @return the frame, with memory of its own
   * @throws IndexOutOfBoundsException if the time is before the first frame, or at or after the end
   *     of the last
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if it is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public ReadFrame frameShownAt(Duration time) throws IOException {
    Objects.requireNonNull(time, "time");
    requireNumbers("frameShownAt()");
    return calls.call(part, "frameShownAt()", () -> decoded(decoder.index().at(time)));
  }

  private ReadFrame decoded(int n) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(frameBytes);
    return frame(decode(n, pixels), pixels, null);
  }

  private FrameFacts decode(int n, ByteBuffer target) throws IOException {
    user = BY_NUMBER;
    return decoder.frame(n, target);
  }

  /** Returns a frame over memory that has been filled. */
  ReadFrame frame(FrameFacts facts, ByteBuffer pixels, ReadFrame.@Nullable Lease lease) {
    return new ReadFrame(facts, timeBase, layout, width, height, pixels, lease);
  }

  /**
   * Returns frames by their numbers. Each is decoded once, in the order of the file; one that is
   * asked for again is copied.
   *
   * @param indices 0 to {@code frameCount() - 1}, in any order, also repeatedly; may be empty
   * @return the frames in the order of {@code indices}
   * @throws IllegalArgumentException if they exceed 2 GiB together
   * @throws IndexOutOfBoundsException if there is no such frame; none is decoded then
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if one is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public FrameBatch framesAt(long... indices) throws IOException {
    requireNumbers("framesAt()");
    long[] wanted = indices.clone();
    requireBatch(wanted.length);
    return calls.call(part, "framesAt()", () -> batch(wanted));
  }

  private FrameBatch batch(long[] indices) throws IOException {
    int[] frames = requireFrames(indices);
    ByteBuffer data = ByteBuffer.allocate(frames.length * frameBytes);
    List<FrameFacts> facts = decodeAll(frames, data);
    return new FrameBatch(facts, timeBase, layout, width, height, data);
  }

  /**
   * Returns the frames of a range of numbers.
   *
   * @param from the first frame
   * @param to the frame after the last one, at most {@code frameCount()}
   * @param step 1 for every frame, 2 for every other one, and so on
   * @return the frames {@code from}, {@code from + step}, ... that are before {@code to}
   * @throws IllegalArgumentException if {@code from} is after {@code to}, {@code step} is not
   *     positive, or they exceed 2 GiB together
   * @throws IndexOutOfBoundsException if the range exceeds the stream
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if one is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public FrameBatch framesIn(long from, long to, long step) throws IOException {
    requireNumbers("framesIn()");
    if (step < 1) {
      throw new IllegalArgumentException("step " + step + ": must be positive");
    }
    if (from > to) {
      throw new IllegalArgumentException("from " + from + " is after to " + to);
    }
    return calls.call(part, "framesIn()", () -> range(from, to, step));
  }

  private FrameBatch range(long from, long to, long step) throws IOException {
    int count = decoder.index().count();
    if (from < 0 || to > count) {
      throw new IndexOutOfBoundsException(
          "frames " + from + " to " + to + ": the stream has " + count);
    }
    int frames = Math.toIntExact((to - from) / step + ((to - from) % step == 0 ? 0 : 1));
    requireBatch(frames);
    return batch(LongStream.range(0, frames).map(i -> from + i * step).toArray());
  }

  /**
   * Returns the frames that are shown at times, as {@link #frameShownAt} does.
   *
   * @param times on the file's timeline, in any order, also repeatedly; may be empty
   * @return the frames in the order of {@code times}
   * @throws IllegalArgumentException if they exceed 2 GiB together
   * @throws IndexOutOfBoundsException if no frame is shown at one of them; none is decoded then
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if one is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public FrameBatch framesShownAt(List<Duration> times) throws IOException {
    requireNumbers("framesShownAt()");
    List<Duration> wanted = List.copyOf(times);
    requireBatch(wanted.size());
    return calls.call(
        part,
        "framesShownAt()",
        () -> {
          FrameIndex all = decoder.index();
          return batch(wanted.stream().mapToLong(all::at).toArray());
        });
  }

  /**
   * Returns the frames that are shown in a range of time: the one that is shown at its start, and
   * all that begin before its end.
   *
   * @param from a time at which a frame is shown
   * @param to a time after {@code from} or the same, at most the end of the last frame
   * @return the frames in order; none if {@code to} is {@code from}
   * @throws IllegalArgumentException if {@code to} is before {@code from}, or they exceed 2 GiB
   *     together
   * @throws IndexOutOfBoundsException if the range exceeds the stream
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if one is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public FrameBatch framesShownIn(Duration from, Duration to) throws IOException {
    requireNumbers("framesShownIn()");
    if (to.compareTo(from) < 0) {
      throw new IllegalArgumentException("to " + to + " is before from " + from);
    }
    return calls.call(part, "framesShownIn()", () -> shownIn(from, to));
  }

  private FrameBatch shownIn(Duration from, Duration to) throws IOException {
    FrameIndex all = decoder.index();
    int first = all.at(from);
    if (to.compareTo(all.end()) > 0) {
      throw new IndexOutOfBoundsException(
          "no frame is shown from " + all.end() + " on: to " + to + " must not be after it");
    }
    if (to.equals(from)) {
      return range(first, first, 1);
    }
    int end = to.equals(all.end()) ? all.count() : all.at(to);
    return range(first, end < all.count() && all.time(end).compareTo(to) < 0 ? end + 1 : end, 1);
  }

  /**
   * Reads frames into the caller's memory, as {@link #framesAt} does. If the call fails, what the
   * target holds is not defined.
   *
   * @param indices 0 to {@code frameCount() - 1}, in any order, also repeatedly; may be empty
   * @param target heap, direct or mapped; receives {@code indices.length} times {@link #frameBytes}
   *     bytes from its position on, which does not change; components wider than a byte are
   *     little-endian, whatever its byte order
   * @throws IllegalArgumentException if the target is read-only or too small
   * @throws IndexOutOfBoundsException if there is no such frame; none is decoded then
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if one is damaged, unless {@link Damage#KEEP} is set
   * @throws IOException if the library or the source fails
   */
  public void readAt(long[] indices, ByteBuffer target) throws IOException {
    requireNumbers("readAt()");
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the target is read-only");
    }
    long[] wanted = indices.clone();
    long bytes = (long) wanted.length * frameBytes;
    if (target.remaining() < bytes) {
      throw new IllegalArgumentException(
          wanted.length
              + " frames have "
              + bytes
              + " bytes, the target has "
              + target.remaining()
              + " remaining");
    }
    ByteBuffer memory = target.slice(target.position(), (int) bytes);
    calls.call(part, "readAt()", () -> decodeAll(requireFrames(wanted), memory));
  }

  private int requireFrame(long n) throws IOException {
    return requireFrame(n, decoder.index().count());
  }

  private static int requireFrame(long n, int count) {
    if (n < 0 || n >= count) {
      throw new IndexOutOfBoundsException("frame " + n + ": the stream has " + count + " frames");
    }
    return (int) n;
  }

  private int[] requireFrames(long[] indices) throws IOException {
    int count = decoder.index().count();
    return Arrays.stream(indices).mapToInt(n -> requireFrame(n, count)).toArray();
  }

  private void requireBatch(int count) {
    if ((long) count * frameBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          count
              + " frames of "
              + frameBytes
              + " bytes exceed a buffer: at most "
              + MAX_BYTES / frameBytes
              + " at once");
    }
  }

  /** Decodes each frame once, in rising order, and copies it to where it is wanted again. */
  private List<FrameFacts> decodeAll(int[] frames, ByteBuffer data) throws IOException {
    FrameFacts[] facts = new FrameFacts[frames.length];
    int[] rising =
        IntStream.range(0, frames.length)
            .boxed()
            .sorted(Comparator.comparingInt(slot -> frames[slot]))
            .mapToInt(Integer::intValue)
            .toArray();
    int last = -1;
    for (int slot : rising) {
      if (last >= 0 && frames[last] == frames[slot]) {
        data.put(slot * frameBytes, data, last * frameBytes, frameBytes);
        facts[slot] = facts[last];
      } else {
        facts[slot] = decode(frames[slot], data.slice(slot * frameBytes, frameBytes));
        last = slot;
      }
    }
    return List.of(facts);
  }

  /**
   * Returns a cursor, which reads frames in order into memory of its own: the fastest way. It
   * starts before the first frame.
   *
   * <p>All cursors of a reader, and calls that read by number, share one decoder: reading on behind
   * another one costs a seek. Where frames can only be read in order, only the cursor that was used
   * last can go on.
   *
   * @return a new cursor
   */
  public FrameCursor cursor() {
    return new FrameCursor(this);
  }

  /**
   * Returns a cursor over frames that are left on the GPU. It starts before the first frame, and
   * shares the decoder as a {@link #cursor} does.
   *
   * @return a new cursor
   * @throws IllegalStateException if that is not possible: {@link #deviceFramesUnsupportedReason}
   */
  public DeviceCursor deviceCursor() {
    requireSurfaces("deviceCursor()");
    return new DeviceCursor(this);
  }

  /**
   * Returns a frame by its number, and leaves it on the GPU.
   *
   * @param n 0 to {@code frameCount() - 1}
   * @return the frame, to be closed; at most 32 may be open at once
   * @throws IndexOutOfBoundsException if there is no such frame
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws DamagedFrameException if it is damaged, unless {@link Damage#KEEP} is set
   * @throws IllegalStateException if that is not possible: {@link #deviceFramesUnsupportedReason};
   *     or too many frames are open
   * @throws IOException if the library or the source fails
   */
  public DeviceFrame deviceFrame(long n) throws IOException {
    requireSurfaces("deviceFrame()");
    requireNumbers("deviceFrame()");
    return deviceFrame(
        calls.call(
            part,
            "deviceFrame()",
            () -> {
              int frame = requireFrame(n);
              user = BY_NUMBER;
              return decoder.surface(frame);
            }));
  }

  DeviceFrame deviceFrame(DecodedSurface surface) {
    return new DeviceFrame(this, surface, timeBase);
  }

  private void requireSurfaces(String call) {
    if (hostOnly != null) {
      throw new IllegalStateException(call + ": frames cannot be left on a GPU: " + hostOnly);
    }
  }

  /** Reads the frame after a place, and leaves it where it is decoded; null at the end. */
  @Nullable DecodedSurface nextSurface(Place place) throws IOException {
    return calls
        .call(
            part,
            "next()",
            () -> {
              place.facts = null;
              takeOver(place);
              try {
                DecodedSurface surface = decoder.nextSurface();
                place.facts = surface == null ? null : surface.facts();
                place.next = surface == null ? place.next : surface.facts().index() + 1;
                return Optional.ofNullable(surface);
              } catch (DamagedFrameException e) {
                place.next = (e.index() < 0 ? place.next : e.index()) + 1;
                throw e;
              }
            })
        .orElse(null);
  }

  /** Copies a frame into host memory. */
  ReadFrame download(DecodedSurface surface) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(frameBytes);
    return calls.call(
        part,
        "download()",
        () -> {
          surface.render(pixels);
          return frame(surface.facts(), pixels, null);
        });
  }

  /**
   * Returns all frames in order, each with memory of its own. Every iterator starts before the
   * first frame, and uses the decoder as a {@link #cursor} does. Where a call would throw an {@link
   * IOException}, iterators throw an {@link UncheckedIOException} with that cause.
   *
   * @return the frames, decoded while iterating
   */
  public Iterable<ReadFrame> frames() {
    return () -> new FrameIterator(this);
  }

  /** Reads the frame after a place, or finds the end; {@code place} tells which. */
  boolean next(Place place, ByteBuffer target) throws IOException {
    return calls.call(
        part,
        "next()",
        () -> {
          place.facts = null;
          takeOver(place);
          try {
            place.facts = decoder.next(target);
          } catch (DamagedFrameException e) {
            place.next = (e.index() < 0 ? place.next : e.index()) + 1;
            throw e;
          }
          FrameFacts facts = place.facts;
          place.next = facts == null ? place.next : facts.index() + 1;
          return facts != null;
        });
  }

  /** Moves the decoder to where the place is, if it has been used elsewhere. */
  private void takeOver(Place place) throws IOException {
    if (user != place) {
      if (user != null || place.next != 0) {
        moveTo(place.next);
      }
      user = place;
    }
    if (keyFramesOnly != place.keyFramesOnly) {
      keyFramesOnly = place.keyFramesOnly;
      decoder.keyFramesOnly(keyFramesOnly);
    }
  }

  private void moveTo(long frame) throws IOException {
    if (frame == 0) {
      decoder.position(0);
      return;
    }
    if (sequentialOnly != null) {
      throw new IllegalStateException(
          "another cursor of "
              + part
              + " has been used since, and frames can only be read in"
              + " order: "
              + sequentialOnly);
    }
    decoder.position((int) Math.min(frame, decoder.index().count()));
  }

  void seek(Place place, long frame) throws IOException {
    requireNumbers("seek()");
    calls.call(part, "seek()", () -> seekTo(place, requireFrame(frame)));
  }

  void seek(Place place, Duration time) throws IOException {
    requireNumbers("seek()");
    calls.call(part, "seek()", () -> seekTo(place, decoder.index().at(time)));
  }

  /**
   * Moves a place, which has read nothing yet, to the frame that is shown at a time, or to the
   * start or the end if none is; where frames are not numbered, it stays at the start.
   */
  void seekNear(Place place, Duration time) throws IOException {
    if (sequentialOnly == null) {
      calls.call(
          part,
          "seek()",
          () -> {
            FrameIndex all = decoder.index();
            if (all.count() > 0 && time.compareTo(all.time(0)) > 0) {
              place.next = time.compareTo(all.end()) < 0 ? all.at(time) : all.count();
            }
            return place;
          });
    }
  }

  private Place seekTo(Place place, int frame) throws IOException {
    place.next = frame;
    place.facts = null;
    // the next frame is read from there, even if this cursor has used the decoder last
    user = BY_NUMBER;
    takeOver(place);
    return place;
  }

  private void requireNumbers(String call) {
    if (sequentialOnly != null) {
      throw new UnsupportedOperationException(
          call
              + " requires frames that are numbered, and these can only be read in order: "
              + sequentialOnly);
    }
  }

  @Override
  public ReadReport report() {
    try {
      return calls.ask(part, decoder::report, kept::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns options for encoding the frames again: their size, colors and HDR metadata, the exact
   * frame rate if it is constant, the rotation unless it has been applied, the shape of pixels,
   * language, title, dispositions and tags. A depth of more than 8 bits is preferred ({@link
   * VideoOptions.Builder#preferredBitDepth}), unless HDR becomes SDR. Frames have their own times
   * ({@link VideoOptions.Builder#variableFrameRate}), as {@link ReadFrame#toVideoFrame()} returns
   * them: so video and audio remain together wherever they start. What the encoder's codec and
   * pixel format require, such as even sizes, is left to the encoder.
   *
   * @return options that can be changed
   * @throws IllegalArgumentException if the size exceeds what can be encoded
   * @throws IOException if the library or the source fails while the index is made
   */
  public VideoOptions.Builder encoding() throws IOException {
    return VideoEncoding.options(this, indexIfNumbered().orElse(null));
  }

  /** Returns the index, unless frames can only be read in order. */
  Optional<FrameIndex> indexIfNumbered() throws IOException {
    return sequentialOnly == null ? Optional.of(index()) : Optional.empty();
  }

  @Override
  public void close() {
    calls.close(part);
  }

  /** Whether this reads with the calls of a reader. */
  boolean belongsTo(ReaderCalls other) {
    return calls == other;
  }

  /** {@code video 0: h264, RGB24 1280x720}. */
  @Override
  public String toString() {
    return part + ": " + info.codec() + ", " + layout + " " + width + "x" + height;
  }
}
