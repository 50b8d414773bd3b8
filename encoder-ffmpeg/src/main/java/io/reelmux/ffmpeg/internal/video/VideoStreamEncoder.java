package io.reelmux.ffmpeg.internal.video;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.NewestPackets;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * A video stream: converts frames, gives them their times, and encodes them.
 *
 * <p><b>Lifetime.</b> {@link #open} opens the encoder and takes over the device's part. Each frame
 * is converted by the {@link FrameFeed} and encoded; one converted frame may be held back, so that
 * it is encoded while the next one is converted. {@link #end} encodes that frame and drains the
 * encoder. {@link #close} frees the feed, the encoder and the device's part, and discards what was
 * not encoded. The pipeline that receives the packets must be closed first, since its muxer refers
 * to the encoder.
 *
 * <p><b>Locks.</b> There are none: one thread at a time uses a stream, except for {@link #frames},
 * which any thread may call. A conversion that overlaps with encoding runs on a thread of the JVM's
 * common pool and has ended when {@link #add(VideoFrame)} returns. Packets are delivered on the
 * calling thread.
 */
public final class VideoStreamEncoder implements AutoCloseable {

  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final DeviceStream device;
  private final UnaryOperator<EncoderException> explain;
  private final CodecContext codec;
  private final EncoderProfile profile;
  private final FrameFormat format;
  private final LosslessCheck lossless;
  private final FrameTimes times;

  /** The clock behind the filters; the same without them. */
  private final FrameTimes encodedTimes;

  private final @Nullable VideoFilter filter;
  private final KeyFrames keyFrames;
  private final PartEnd part;
  private final RateMeter rate;
  private final Notes notes;
  private final PacketRef packet;
  private final FrameFeed feed;
  private final HostFeed host;
  private final HeldFrame held;
  private final NewestPackets newest;
  private final boolean keepsNewest;
  private final PacketConsumer timed = this::deliver;
  private final ParallelStep<VideoFrame, AVFrame> conversion = new ParallelStep<>(this::convert);
  private final ThrowingRunnable<IOException> encodingHeld = this::encodeHeld;

  /** Whether the encoder has ever accepted a frame without returning a packet. */
  private boolean encoderHolds;

  private boolean ended;

  /** Whether filters of the caller make the last frame; not those that make its palette. */
  private final boolean callerFilters;

  /** Whether frames leave the filters at their own times. */
  private final boolean passesTimes;

  /** When the last frame that leaves the filters ends, if the caller has said it. */
  private Optional<Duration> end = Optional.empty();

  /** Set by any thread. */
  private volatile boolean keyFrameRequested;

  private VideoStreamEncoder(
      DeviceStream device,
      VideoSetup.Opened opened,
      boolean callerFilters,
      Container container,
      PacketConsumer outlet,
      Notes notes)
      throws EncoderException {
    this.options = opened.options();
    this.callerFilters = callerFilters;
    this.passesTimes = !callerFilters && options.variableFrameRate();
    this.device = scope.add(device);
    this.explain = device::explain;
    this.codec = scope.add(opened.codec());
    this.filter = opened.filter().isPresent() ? scope.add(opened.filter().get()) : null;
    this.format = opened.format();
    this.notes = notes;
    this.newest = scope.add(new NewestPackets(outlet));
    this.keepsNewest = options.variableFrameRate() && container.storesDurations();
    this.profile = opened.profile();
    this.lossless = new LosslessCheck(codec.codec(), opened.inputOptions(), opened.input(), notes);
    this.keyFrames =
        new KeyFrames(
            opened.gop(),
            profile.marksFixedGops(),
            opened.timeBase(),
            options.variableFrameRate(),
            options.fieldOrder());
    this.part = PartEnd.of(options);
    this.rate = new RateMeter(options.bitRate().orElse(0));
    try {
      this.times = opened.inputTimes();
      this.encodedTimes = opened.encodedTimes(times);
      this.packet = scope.add(PacketRef.allocate());
      this.held = scope.add(HeldFrame.allocate());
      FrameFormat input = opened.input();
      this.host = scope.add(HostFeed.of(input, opened.inputOptions(), notes));
      this.feed = scope.add(device.feed(input, host));
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Opens the encoder of a stream.
   *
   * @param device is closed with the result, or when this fails
   * @param gop where the key frames are
   * @param outlet receives the packets
   * @param notes of this stream
   * @param rules of the stream's filters
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses, with what to do about it
   */
  public static VideoStreamEncoder open(
      DeviceStream device,
      VideoOptions options,
      GopPlan gop,
      Container container,
      PacketConsumer outlet,
      Notes notes,
      FilterRules rules)
      throws EncoderException {
    VideoSetup.Opened opened;
    try {
      opened = VideoSetup.open(device, options, gop, container, notes, rules);
    } catch (EncoderException e) {
      NativeScope.closeAfter(e, device);
      throw device.explain(e);
    } catch (RuntimeException | Error e) {
      NativeScope.closeAfter(e, device);
      throw e;
    }
    return new VideoStreamEncoder(
        device, opened, options.filter().isPresent(), container, outlet, notes);
  }

  /**
   * Refuses a frame whose time does not fit, that cannot be a key frame as marked, or that lossless
   * encoding would change.
   *
   * @throws IllegalArgumentException with what would
   */
  public void check(VideoFrame frame) {
    lossless.check(frame.layout());
    times.check(frame.pts(), frame.duration());
    checkKeyFrame(frame.keyFrame());
  }

  private void checkKeyFrame(boolean marked) {
    if (marked && times.frames() > 0) {
      profile.checkForcedKeyFrame(codec.struct());
      keyFrames.check(times.frames());
    }
  }

  /**
   * Refuses frames in a device's memory that do not fit.
   *
   * @throws IllegalArgumentException with what would
   */
  public void check(DeviceFrames frames) {
    times.check(frames);
    checkKeyFrame(frames.keyFrame());
    feed.check(frames);
  }

  /** Encodes a frame that has been checked. */
  public void add(VideoFrame frame) throws IOException {
    if (part.isOver()) {
      times.stamp(frame.pts(), times.durationOf(frame.duration()));
      return;
    }
    if (filter != null) {
      AVFrame converted = convert(frame);
      long duration = times.durationOf(frame.duration());
      converted.pts(times.stamp(frame.pts(), duration));
      converted.duration(duration);
      filter.run(converted, frame.keyFrame() && times.frames() > 1, this::encodeFiltered);
      return;
    }
    AVFrame converted =
        held.isEmpty() ? convert(frame) : HeldFrame.convertWhile(conversion, frame, encodingHeld);
    newest.release();
    stamp(converted, frame.pts(), times.durationOf(frame.duration()), frame.keyFrame());
    if (mayHold()) {
      held.hold(converted);
    } else {
      encode(converted);
    }
  }

  /** Encodes frames in a device's memory that have been checked. */
  public void add(DeviceFrames frames) throws IOException {
    encodeHeld();
    long duration = times.durationOf(frames.duration());
    try (FrameFeed.Batch batch = explained(() -> feed.begin(frames))) {
      for (int i = 0; i < frames.count(); i++) {
        int index = i;
        AVFrame converted = explained(() -> batch.frame(index));
        newest.release();
        stamp(converted, frames.pts(i), duration, i == 0 && frames.keyFrame());
        encode(converted);
      }
    }
  }

  private AVFrame convert(VideoFrame frame) throws EncoderException {
    try {
      return feed.convert(frame);
    } catch (EncoderException e) {
      throw device.explain(e);
    }
  }

  private <T> T explained(ThrowingSupplier<T, EncoderException> step) throws EncoderException {
    try {
      return step.get();
    } catch (EncoderException e) {
      throw device.explain(e);
    }
  }

  /**
   * Only a frame that took long to convert and that nobody else uses, and only where the encoder
   * holds frames anyway: one that returns a packet for each frame is not delayed.
   */
  private boolean mayHold() {
    return encoderHolds && HeldFrame.isWorthwhile(format) && feed.ownsConvertedFrames();
  }

  private void encodeHeld() throws IOException {
    if (held.isEmpty()) {
      return;
    }
    try {
      encode(held.struct());
    } finally {
      held.release();
    }
  }

  private void stamp(AVFrame frame, Optional<Duration> pts, long duration, boolean keyFrame) {
    long number = times.frames();
    frame.pts(times.stamp(pts, duration));
    frame.duration(duration);
    keyFrames.mark(frame, number, keyFrame || takeRequest(), part.isEnd(number));
  }

  private boolean takeRequest() {
    boolean requested = keyFrameRequested && profile.canForceKeyFrames();
    keyFrameRequested = false;
    return requested;
  }

  /** Reads frames together with other streams that encode the same ones. */
  public void share(SharedLoads loads) {
    host.share(loads);
  }

  /** Makes the next frame a key frame, if the encoder can and has no grid of them. */
  public void requestKeyFrame() {
    keyFrameRequested = true;
  }

  private void encodeFiltered(AVFrame frame, boolean keyFrame) throws IOException {
    newest.release();
    long number = encodedTimes.frames();
    encodedTimes.count(frame);
    keyFrames.mark(frame, number, keyFrame || takeRequest(), /* due= */ false);
    format.tags().applyTo(frame);
    encode(frame);
  }

  /**
   * Refuses an end of the last frame.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public void checkEnd(Duration at) {
    if (callerFilters) {
      throw new IllegalArgumentException(
          "end "
              + at
              + ": filters make the last frame; give it its duration by VideoFrame.withDuration");
    }
    times.checkEnd(at);
  }

  /** Ends the last frame, at a time that has been checked. */
  public void endLastFrame(Duration at) {
    if (filter == null) {
      endEncoded(at);
    } else {
      times.end(at);
      end = Optional.of(at);
    }
  }

  private void endEncoded(Duration at) {
    newest.setDuration(encodedTimes.lastPts(), encodedTimes.end(at));
    if (!keepsNewest && !encodedTimes.endsRegularly()) {
      notes.add(
          "the last frame is to be shown until "
              + at
              + ", but the container does not store durations");
    }
  }

  /**
   * Sets what the container can store.
   *
   * @param unit of the stream in the container
   * @throws IllegalArgumentException if it cannot store the frame rate
   */
  public void limitTimes(Container container, TimeBase unit) {
    int span = profile.reorderSpan(options, codec.struct());
    ContainerTimes limits = ContainerTimes.of(container, unit, span);
    if (frameRate().isPresent()) {
      limits.check(frameRate().get());
    }
    encodedTimes.limit(limits);
    if (filter != null && passesTimes) {
      // refused before a frame that could not be encoded any more enters the filter
      times.limit(ContainerTimes.of(container, unit, span));
      limits.checkDuration(timeBase().toDuration(times.durationOf(Optional.empty())));
    }
  }

  /** Encodes what is held here, in the filters and in the encoder. */
  public void end() throws IOException {
    encodeHeld();
    if (filter != null) {
      endFilter(filter);
    }
    newest.release();
    ended = true;
    if (!part.isOver()) {
      codec.drain(packet, timed, explain, part::isOver);
    }
    rate.report(duration(), notes);
    encodedTimes.report(notes);
  }

  private void endFilter(VideoFilter last) throws IOException {
    last.end(this::encodeFiltered);
    if (last.retimes() && encodedTimes.frames() > 1) {
      newest.setDuration(encodedTimes.lastPts(), encodedTimes.repeatLastDuration());
    }
    end.ifPresent(this::endEncoded);
    last.report(notes);
  }

  /**
   * Refuses a change of the bit rate.
   *
   * @throws IllegalArgumentException with what would do
   */
  public void checkBitRate(long bitsPerSecond) {
    profile.checkLiveBitRate(bitsPerSecond, options);
  }

  /** Changes the bit rate from the next frame on. */
  public void setBitRate(long bitsPerSecond) throws IOException {
    encodeHeld();
    profile.changeBitRate(bitsPerSecond, options, codec.struct());
    rate.change(bitsPerSecond, duration());
  }

  private void encode(AVFrame frame) throws IOException {
    if (part.isOver()) {
      return;
    }
    // encoders with a quantizer scale read it from each frame, not from their context
    frame.quality(codec.struct().global_quality());
    boolean received = codec.encode(frame, packet, timed, explain);
    encoderHolds |= !received;
  }

  private void deliver(AVPacket encoded) throws IOException {
    if (!part.take(encoded.pts())) {
      return;
    }
    long duration = encodedTimes.takeDuration(encoded.pts());
    if (encoded.duration() == 0 || options.variableFrameRate()) {
      // without a duration the last frame is lost in MP4
      encoded.duration(duration);
    }
    rate.add(encoded.size());
    profile.repairTimes(encoded, encodedTimes.frames());
    if (ended) {
      profile
          .repairEnd(encoded, encodedTimes.start(), duration(), encodedTimes.isTimed())
          .ifPresent(notes::add);
    }
    boolean waits = keepsNewest && !ended && encoded.pts() == encodedTimes.lastPts();
    newest.accept(encoded, waits);
  }

  /** Returns the open encoder. */
  public CodecContext codec() {
    return codec;
  }

  /** Returns the options of what is encoded: behind the filters. */
  public VideoOptions options() {
    return options;
  }

  /** Returns the name of the encoder's pixel format. */
  public String formatName() {
    return PixelFormat.name(format.pixelFormat());
  }

  /** Returns what is encoded. */
  public FrameFormat format() {
    return format;
  }

  /** Returns the frame rate of what is encoded; empty if frames come at any time. */
  public Optional<FrameRate> frameRate() {
    return options.variableFrameRate() ? Optional.empty() : Optional.of(options.frameRate());
  }

  /** Returns the unit of the packets' times. */
  public TimeBase timeBase() {
    return encodedTimes.timeBase();
  }

  /** Returns the number of frames added, from any thread. */
  public long frames() {
    return times.frames();
  }

  /** Returns the time from 0 to the end of the last frame that is written. */
  public Duration duration() {
    return part.limit(encodedTimes.duration(), timeBase());
  }

  @Override
  public void close() {
    scope.close();
  }
}
