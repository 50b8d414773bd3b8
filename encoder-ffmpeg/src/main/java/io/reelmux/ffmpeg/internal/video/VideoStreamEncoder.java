package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_INTERLACED;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.ffmpeg.spi.FrameFeed;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

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

  private static final int FIELD_FLAGS = AV_FRAME_FLAG_INTERLACED | AV_FRAME_FLAG_TOP_FIELD_FIRST;

  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final DeviceStream device;
  private final UnaryOperator<EncoderException> explain;
  private final CodecContext codec;
  private final EncoderProfile profile;
  private final FrameFormat format;
  private final LosslessCheck lossless;
  private final FrameTimes times;
  private final KeyFrames keyFrames;
  private final RateMeter rate;
  private final Notes notes;
  private final PacketRef packet;
  private final FrameFeed feed;
  private final HeldFrame held;
  private final NewestPackets newest;
  private final boolean keepsNewest;
  private final PacketConsumer timed = this::deliver;

  /** Whether the encoder has ever accepted a frame without returning a packet. */
  private boolean encoderHolds;

  private boolean ended;

  private VideoStreamEncoder(
      DeviceStream device,
      VideoOptions options,
      GopPlan gop,
      Container container,
      VideoSetup.Opened opened,
      PacketConsumer outlet,
      Notes notes)
      throws EncoderException {
    this.options = options;
    this.device = scope.add(device);
    this.explain = device::explain;
    this.codec = scope.add(opened.codec());
    this.format = opened.format();
    this.notes = notes;
    this.newest = scope.add(new NewestPackets(outlet));
    this.keepsNewest = options.variableFrameRate() && container.storesDurations();
    this.profile = opened.profile();
    this.lossless = new LosslessCheck(codec.codec(), options, format, notes);
    this.keyFrames = new KeyFrames(gop, profile.marksFixedGops(), opened.timeBase());
    this.rate = new RateMeter(options.bitRate().orElse(0));
    try {
      this.times =
          new FrameTimes(opened.timeBase(), options.frameRate(), options.variableFrameRate());
      this.packet = scope.add(PacketRef.allocate());
      this.held = scope.add(HeldFrame.allocate());
      FrameFeed host = scope.add(hostFeed(notes));
      this.feed = scope.add(device.feed(format, host));
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
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses, with what to do about it
   */
  public static VideoStreamEncoder open(
      DeviceStream device,
      VideoOptions options,
      GopPlan gop,
      Container container,
      PacketConsumer outlet,
      Notes notes)
      throws EncoderException {
    VideoSetup.Opened opened;
    try {
      opened = setUp(device, options, gop, container, notes);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, device);
      throw e;
    }
    return new VideoStreamEncoder(device, options, gop, container, opened, outlet, notes);
  }

  private HostFeed hostFeed(Notes notes) {
    boolean asked = options.alpha().isPresent();
    return new HostFeed(format, options.fit(), asked ? null : () -> noteTransparency(notes));
  }

  private void noteTransparency(Notes notes) {
    notes.add(
        "frames had transparency, which "
            + formatName()
            + (PixelFormat.hasAlpha(format.pixelFormat())
                ? " holds but was"
                : " cannot hold and was")
            + " not kept: set alpha(AlphaMode.FLATTEN) to blend over a background, "
            + "alpha(AlphaMode.KEEP) for a pixel format with alpha, or alpha(AlphaMode.DROP) if it "
            + "means nothing");
  }

  private static VideoSetup.Opened setUp(
      DeviceStream device, VideoOptions options, GopPlan gop, Container container, Notes notes)
      throws EncoderException {
    try {
      return VideoSetup.open(device, options, gop, container, notes);
    } catch (EncoderException e) {
      throw device.explain(e);
    }
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
    AVFrame converted =
        held.isEmpty()
            ? convert(frame)
            : HeldFrame.convertWhile(() -> convert(frame), this::encodeHeld);
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
    try (FrameFeed.Batch batch = begin(frames)) {
      for (int i = 0; i < frames.count(); i++) {
        AVFrame converted = convert(batch, i);
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

  private FrameFeed.Batch begin(DeviceFrames frames) throws EncoderException {
    try {
      return feed.begin(frames);
    } catch (EncoderException e) {
      throw device.explain(e);
    }
  }

  private AVFrame convert(FrameFeed.Batch batch, int index) throws EncoderException {
    try {
      return batch.frame(index);
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
    boolean marked = keyFrames.next(number, frame.pts(), keyFrame);
    frame.pict_type(marked ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.flags((frame.flags() & ~FIELD_FLAGS) | fieldFlags(options.fieldOrder()));
    // encoders with a quantizer scale read it from each frame, not from their context
    frame.quality(codec.struct().global_quality());
  }

  private static int fieldFlags(FieldOrder order) {
    return switch (order) {
      case PROGRESSIVE -> 0;
      case TOP_FIRST -> FIELD_FLAGS;
      case BOTTOM_FIRST -> AV_FRAME_FLAG_INTERLACED;
    };
  }

  /**
   * Refuses an end of the last frame.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public void checkEnd(Duration at) {
    times.checkEnd(at);
  }

  /** Ends the last frame, at a time that has been checked. */
  public void endLastFrame(Duration at) {
    long duration = times.end(at);
    newest.setDuration(times.lastPts(), duration);
    if (!keepsNewest) {
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
    times.limit(ContainerTimes.of(container, unit, span), options.frameRate());
  }

  /** Encodes what is held here and in the encoder. */
  public void end() throws IOException {
    newest.release();
    ended = true;
    encodeHeld();
    codec.drain(packet, timed, explain);
    rate.report(times.duration(), notes);
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
    rate.change(bitsPerSecond, times.duration());
  }

  private void encode(AVFrame frame) throws IOException {
    boolean received = codec.encode(frame, packet, timed, explain);
    encoderHolds |= !received;
  }

  private void deliver(AVPacket encoded) throws IOException {
    long duration = times.takeDuration(encoded.pts());
    if (encoded.duration() == 0 || options.variableFrameRate()) {
      // without a duration the last frame is lost in MP4
      encoded.duration(duration);
    }
    rate.add(encoded.size());
    profile.repairTimes(encoded, times.frames());
    boolean waits = keepsNewest && !ended && encoded.pts() == times.lastPts();
    newest.accept(encoded, waits);
  }

  /** Returns the open encoder. */
  public CodecContext codec() {
    return codec;
  }

  /** Returns the options that the stream was added with. */
  public VideoOptions options() {
    return options;
  }

  /** Returns the name of the encoder's pixel format. */
  public String formatName() {
    return PixelFormat.name(format.pixelFormat());
  }

  /** Returns the unit of the packets' times. */
  public TimeBase timeBase() {
    return times.timeBase();
  }

  /** Returns the number of frames added, from any thread. */
  public long frames() {
    return times.frames();
  }

  /** Returns the time from 0 to the end of the last frame. */
  public Duration duration() {
    return times.duration();
  }

  @Override
  public void close() {
    scope.close();
  }
}
