package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

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
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** A video stream: converts pictures, gives them their times, and encodes them. */
public final class VideoTrack implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final CodecContext codec;
  private final VideoFormat format;
  private final TimeBase timeBase;
  private final PacketRef packet;

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
  private @Nullable FrameConverter converter;
  private final AtomicLong frames = new AtomicLong();
  private long lastPts = -1;
  private long nextPts;
  private long endTicks;

  private VideoTrack(VideoOptions options, VideoSetup.Opened opened) throws EncoderException {
    this.options = options;
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
    } catch (EncoderException e) {
      scope.close();
      throw e;
    }
  }

  /**
   * Opens the encoder of a stream.
   *
   * @param container null where packets go to a listener
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses
   */
  public static VideoTrack open(AVCodec codec, VideoOptions options, @Nullable Container container)
      throws EncoderException {
    return new VideoTrack(options, VideoSetup.open(codec, options, container));
  }

  /**
   * Refuses a frame whose time does not fit.
   *
   * @throws IllegalArgumentException with both times
   */
  public void check(VideoFrame frame) {
    if (options.variableFrameRate()) {
      long pts = ptsOf(frame);
      if (pts < nextAllowedPts()) {
        throw new IllegalArgumentException(
            "pts %s does not rise: the frame before is at %s, and the encoder's tick is %s of a second"
                .formatted(
                    frame.pts().orElse(Duration.ZERO),
                    timeBase.toDuration(nextAllowedPts() - 1),
                    "1/" + timeBase.denominator()));
      }
    } else if (frame.pts().isPresent() || frame.duration().isPresent()) {
      throw new IllegalArgumentException(
          "the frame has a time of its own, but the stream has a constant frame rate: set"
              + " VideoOptions.variableFrameRate(true)");
    }
  }

  /** Encodes a frame that has been checked. */
  public void add(VideoFrame frame, PacketConsumer consumer) throws IOException {
    AVFrame picture = holding ? convertBeside(frame, consumer) : converterFor(frame).convert(frame);
    stamp(picture, frame);
    if (mayHold()) {
      held.take(picture);
      holding = true;
    } else {
      encode(picture, consumer);
    }
  }

  /**
   * Only a picture that took long to convert, that belongs to nobody else, and only where the
   * encoder keeps pictures back anyway: one that answers each picture at once is not made to wait.
   */
  private boolean mayHold() {
    return encoderHolds
        && (long) format.width() * format.height() >= LEAST_HELD_PIXELS
        && converter != null
        && converter.givesPicturesAway();
  }

  /** Converts a picture while the one before is encoded. */
  private AVFrame convertBeside(VideoFrame frame, PacketConsumer consumer) throws IOException {
    ParallelStep<AVFrame> conversion = ParallelStep.start(() -> converterFor(frame).convert(frame));
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

  private void stamp(AVFrame picture, VideoFrame frame) {
    long pts = options.variableFrameRate() ? ptsOf(frame) : frames.get();
    long duration = durationOf(frame);
    picture.pts(pts);
    picture.duration(duration);
    picture.pict_type(frame.keyFrame() ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
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
    codec.send(picture);
    boolean answered = false;
    while (codec.receive(packet)) {
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

  private long ptsOf(VideoFrame frame) {
    return frame.pts().map(timeBase::toTicks).orElse(nextPts);
  }

  private long durationOf(VideoFrame frame) {
    if (!options.variableFrameRate()) {
      return frameTicks;
    }
    return frame.duration().map(timeBase::toTicks).filter(d -> d > 0).orElse(frameTicks);
  }

  private long nextAllowedPts() {
    return lastPts + 1;
  }

  private FrameConverter converterFor(VideoFrame frame) throws EncoderException {
    FrameConverter current = converter;
    if (current == null || !current.handles(frame)) {
      if (current != null) {
        current.close();
        converter = null;
      }
      current = new FrameConverter(frame, format);
      converter = current;
    }
    return current;
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
    if (converter != null) {
      converter.close();
      converter = null;
    }
    scope.close();
  }
}
