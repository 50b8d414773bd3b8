package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.ParallelStep;
import io.reelmux.ffmpeg.internal.choose.Container;
import io.reelmux.ffmpeg.internal.choose.PixelFormats;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** A video stream: converts pictures, gives them their times, and encodes them. */
public final class VideoStreamEncoder implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final CodecContext codec;
  private final FrameFormat format;
  private final TimeBase timeBase;
  private final PacketRef packet;
  private final FrameFeed feed;
  private final @Nullable DeviceStream device;

  /** Durations of frames in the encoder, by pts; used where frames have their own times. */
  private final Map<Long, Long> durations = new HashMap<>();

  /**
   * x265 reckons decoding times from the third picture on, by memory that it sets when that one
   * comes. Shorter streams cannot be out of order.
   */
  private static final int X265_FIRST_TIMED = 3;

  /** Below this, about 640x360, handing a picture over costs what it saves. */
  private static final long LEAST_HELD_PIXELS = 200_000;

  private final boolean x265;

  /** A converted picture that is encoded while the next one is converted. */
  private final Frame held;

  private boolean holding;

  /** Whether the encoder has ever taken a picture without giving a packet. */
  private boolean encoderHolds;

  private final long frameTicks;
  private final AtomicLong frames = new AtomicLong();
  private long lastPts = -1;
  private long nextPts;
  private long endTicks;

  private VideoStreamEncoder(
      VideoOptions options, VideoSetup.Opened opened, @Nullable DeviceStream device)
      throws EncoderException {
    this.options = options;
    this.device = device;
    if (device != null) {
      scope.add(device);
    }
    this.codec = scope.add(opened.codec());
    this.format = opened.format();
    this.timeBase = opened.timeBase();
    this.x265 = codec.name().equals("libx265");
    FrameRate rate = options.frameRate();
    double seconds = 1 / rate.toDouble();
    this.frameTicks =
        options.variableFrameRate()
            ? Math.max(1, Math.round(seconds * timeBase.denominator() / timeBase.numerator()))
            : 1;
    try {
      this.packet = scope.add(PacketRef.allocate());
      this.held = scope.add(Frame.allocate());
      this.feed = scope.add(device == null ? new HostFeed(format) : device.feed(format));
    } catch (EncoderException | RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /**
   * Opens the encoder of a stream on the CPU.
   *
   * @param container null where packets go to a listener
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses
   */
  public static VideoStreamEncoder open(
      AVCodec codec, VideoOptions options, @Nullable Container container) throws EncoderException {
    return new VideoStreamEncoder(options, VideoSetup.open(codec, options, container, null), null);
  }

  /**
   * Opens the encoder of a stream on a device.
   *
   * @param device becomes the track's, also when this fails
   * @param container null where packets go to a listener
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses, with what to do about it
   */
  public static VideoStreamEncoder open(
      DeviceStream device, VideoOptions options, @Nullable Container container)
      throws EncoderException {
    VideoSetup.Opened opened;
    try {
      opened = VideoSetup.open(device.codec(), options, container, device);
    } catch (EncoderException e) {
      EncoderException explained = device.explain(e);
      device.close();
      throw explained;
    } catch (RuntimeException | Error e) {
      device.close();
      throw e;
    }
    return new VideoStreamEncoder(options, opened, device);
  }

  /**
   * Refuses a frame whose time does not fit.
   *
   * @throws IllegalArgumentException with both times
   */
  public void check(VideoFrame frame) {
    checkTime(frame.pts(), frame.duration().isPresent(), lastPts, nextPts);
  }

  /**
   * Refuses frames in a device's memory that do not fit.
   *
   * @throws IllegalArgumentException with what would
   */
  public void check(DeviceFrames batch) {
    long last = lastPts;
    long next = nextPts;
    for (int i = 0; i < batch.count(); i++) {
      last = checkTime(batch.pts(i), batch.duration().isPresent(), last, next);
      next = last + durationOf(batch.duration());
    }
    feed.check(batch);
  }

  /**
   * Checks the time of a frame, and returns it in ticks.
   *
   * @param last time of the frame before
   * @param next where that frame ends
   */
  private long checkTime(Optional<Duration> pts, boolean hasDuration, long last, long next) {
    long ticks = pts.map(timeBase::toTicks).orElse(next);
    if (options.variableFrameRate()) {
      if (ticks <= last) {
        throw new IllegalArgumentException(
            "pts %s does not rise: the frame before is at %s, and the encoder's tick is %s of a second"
                .formatted(
                    pts.orElse(Duration.ZERO),
                    timeBase.toDuration(last),
                    "1/" + timeBase.denominator()));
      }
    } else if (pts.isPresent() || hasDuration) {
      throw new IllegalArgumentException(
          "the frame has a time of its own, but the stream has a constant frame rate: set"
              + " VideoOptions.variableFrameRate(true)");
    }
    return ticks;
  }

  /** Encodes a frame that has been checked. */
  public void add(VideoFrame frame, PacketConsumer consumer) throws IOException {
    AVFrame picture =
        holding ? convertBeside(frame, consumer) : explained(() -> feed.convert(frame));
    stamp(picture, frame.pts(), durationOf(frame.duration()), frame.keyFrame());
    if (mayHold()) {
      held.take(picture);
      holding = true;
    } else {
      encode(picture, consumer);
    }
  }

  /** Encodes frames in a device's memory that have been checked. */
  public void add(DeviceFrames batch, PacketConsumer consumer) throws IOException {
    if (holding) {
      encodeHeld(consumer);
    }
    try (FrameFeed.Batch pictures = explained(() -> feed.begin(batch))) {
      for (int i = 0; i < batch.count(); i++) {
        int index = i;
        AVFrame picture = explained(() -> pictures.picture(index));
        stamp(picture, batch.pts(i), durationOf(batch.duration()), i == 0 && batch.keyFrame());
        encode(picture, consumer);
      }
    }
  }

  /**
   * Only a picture that took long to convert, that belongs to nobody else, and only where the
   * encoder keeps pictures back anyway: one that answers each picture at once is not made to wait.
   */
  private boolean mayHold() {
    return encoderHolds
        && (long) format.width() * format.height() >= LEAST_HELD_PIXELS
        && feed.ownsConvertedFrames();
  }

  /** Converts a picture while the one before is encoded. */
  private AVFrame convertBeside(VideoFrame frame, PacketConsumer consumer) throws IOException {
    ParallelStep<AVFrame> conversion = ParallelStep.start(() -> feed.convert(frame));
    try {
      encodeHeld(consumer);
    } catch (IOException | RuntimeException | Error e) {
      try {
        conversion.join();
      } catch (IOException | RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    return conversion.join();
  }

  private void encodeHeld(PacketConsumer consumer) throws IOException {
    holding = false;
    try {
      encode(held.struct(), consumer);
    } finally {
      held.unref();
    }
  }

  private void stamp(AVFrame picture, Optional<Duration> time, long duration, boolean keyFrame) {
    long pts = options.variableFrameRate() ? ptsOf(time) : frames.get();
    picture.pts(pts);
    picture.duration(duration);
    picture.pict_type(keyFrame ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    if (options.variableFrameRate()) {
      durations.put(pts, duration);
    }
    frames.incrementAndGet();
    lastPts = pts;
    nextPts = pts + duration;
    endTicks = Math.max(endTicks, nextPts);
  }

  /** Encodes what is held here and in the encoder. */
  public void end(PacketConsumer consumer) throws IOException {
    if (holding) {
      encodeHeld(consumer);
    }
    encode(null, consumer);
  }

  private void encode(@Nullable AVFrame picture, PacketConsumer consumer) throws IOException {
    send(picture);
    boolean answered = false;
    while (receive()) {
      answered = true;
      try {
        setTimes(packet.struct());
        consumer.accept(packet.struct());
      } finally {
        packet.unref();
      }
    }
    encoderHolds |= !answered;
  }

  /** A step of which a device knows what its failure means. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws EncoderException;
  }

  private <T> T explained(Step<T> step) throws EncoderException {
    try {
      return step.run();
    } catch (EncoderException e) {
      throw device == null ? e : device.explain(e);
    }
  }

  private void send(@Nullable AVFrame picture) throws EncoderException {
    try {
      codec.send(picture);
    } catch (EncoderException e) {
      throw device == null ? e : device.explain(e);
    }
  }

  private boolean receive() throws EncoderException {
    try {
      return codec.receive(packet);
    } catch (EncoderException e) {
      throw device == null ? e : device.explain(e);
    }
  }

  /** Without a duration the last frame is lost in MP4. */
  private void setTimes(AVPacket made) {
    Long own = options.variableFrameRate() ? durations.remove(made.pts()) : null;
    if (made.duration() == 0) {
      made.duration(own == null ? frameTicks : own);
    }
    if (x265 && frames.get() < X265_FIRST_TIMED) {
      made.dts(made.pts());
    }
  }

  private long ptsOf(Optional<Duration> time) {
    return time.map(timeBase::toTicks).orElse(nextPts);
  }

  private long durationOf(Optional<Duration> duration) {
    if (!options.variableFrameRate()) {
      return frameTicks;
    }
    return duration.map(timeBase::toTicks).filter(d -> d > 0).orElse(frameTicks);
  }

  /** The open encoder. */
  public CodecContext codec() {
    return codec;
  }

  /** What the stream was added with. */
  public VideoOptions options() {
    return options;
  }

  /** Name of the encoder's pixel format. */
  public String formatName() {
    return PixelFormats.name(format.pixelFormat());
  }

  /** Unit of the packets' times. */
  public TimeBase timeBase() {
    return timeBase;
  }

  /** Frames taken in. */
  public long frames() {
    return frames.get();
  }

  /** From 0 to the end of the last frame. */
  public Duration duration() {
    return timeBase.toDuration(endTicks);
  }

  @Override
  public void close() {
    scope.close();
  }
}
