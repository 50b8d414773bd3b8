package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
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

  private final NativeScope scope = new NativeScope();
  private final VideoOptions options;
  private final DeviceStream device;
  private final UnaryOperator<EncoderException> explain;
  private final CodecContext codec;
  private final EncoderProfile profile;
  private final FrameFormat format;
  private final LosslessCheck lossless;
  private final FrameTimes times;
  private final PacketRef packet;
  private final FrameFeed feed;
  private final HeldFrame held;
  private final PacketConsumer outlet;
  private final PacketConsumer timed = this::deliver;

  /** Whether the encoder has ever accepted a frame without returning a packet. */
  private boolean encoderHolds;

  private VideoStreamEncoder(
      DeviceStream device,
      VideoOptions options,
      VideoSetup.Opened opened,
      PacketConsumer outlet,
      Notes notes)
      throws EncoderException {
    this.options = options;
    this.device = scope.add(device);
    this.explain = device::explain;
    this.codec = scope.add(opened.codec());
    this.format = opened.format();
    this.outlet = outlet;
    this.profile = opened.profile();
    this.lossless = new LosslessCheck(codec.codec(), options, format, notes);
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
   * @param outlet receives the packets
   * @param notes of this stream
   * @throws IllegalArgumentException if a setting does not fit
   * @throws EncoderException if the encoder refuses, with what to do about it
   */
  public static VideoStreamEncoder open(
      DeviceStream device,
      VideoOptions options,
      Container container,
      PacketConsumer outlet,
      Notes notes)
      throws EncoderException {
    VideoSetup.Opened opened;
    try {
      opened = setUp(device, options, container, notes);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, device);
      throw e;
    }
    return new VideoStreamEncoder(device, options, opened, outlet, notes);
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
      DeviceStream device, VideoOptions options, Container container, Notes notes)
      throws EncoderException {
    try {
      return VideoSetup.open(device, options, container, notes);
    } catch (EncoderException e) {
      throw device.explain(e);
    }
  }

  /**
   * Refuses a frame whose time does not fit, or that lossless encoding would change.
   *
   * @throws IllegalArgumentException with what would fit
   */
  public void check(VideoFrame frame) {
    lossless.check(frame.layout());
    times.check(frame.pts(), frame.duration().isPresent());
  }

  /**
   * Refuses frames in a device's memory that do not fit.
   *
   * @throws IllegalArgumentException with what would
   */
  public void check(DeviceFrames frames) {
    times.check(frames);
    feed.check(frames);
  }

  /** Encodes a frame that has been checked. */
  public void add(VideoFrame frame) throws IOException {
    AVFrame converted =
        held.isEmpty()
            ? convert(frame)
            : HeldFrame.convertWhile(() -> convert(frame), this::encodeHeld);
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
    frame.pts(times.stamp(pts, duration));
    frame.duration(duration);
    frame.pict_type(keyFrame ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    // encoders with a quantizer scale read it from each frame, not from their context
    frame.quality(codec.struct().global_quality());
  }

  /** Encodes what is held here and in the encoder. */
  public void end() throws IOException {
    encodeHeld();
    codec.drain(packet, timed, explain);
  }

  private void encode(AVFrame frame) throws IOException {
    boolean received = codec.encode(frame, packet, timed, explain);
    encoderHolds |= !received;
  }

  private void deliver(AVPacket encoded) throws IOException {
    long duration = times.takeDuration(encoded.pts());
    if (encoded.duration() == 0) {
      // without a duration the last frame is lost in MP4
      encoded.duration(duration);
    }
    profile.repairTimes(encoded, times.frames());
    outlet.accept(encoded);
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
