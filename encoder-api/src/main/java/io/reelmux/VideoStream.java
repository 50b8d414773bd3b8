package io.reelmux;

import io.reelmux.internal.EncoderCalls;
import io.reelmux.internal.StreamSlot;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A video stream of an {@link Encoder}: the handle that accepts frames. One thread at a time;
 * different streams may be fed from different threads at once.
 */
public final class VideoStream implements MediaStream {
  private final Encoder encoder;
  private final EncoderCalls calls;
  private final StreamSlot slot;
  private final VideoOptions options;
  private final List<RenditionStream> renditions;

  /** Set when the encoder is opened. */
  private volatile @Nullable VideoInput connected;

  VideoStream(
      Encoder encoder,
      EncoderCalls calls,
      StreamSlot slot,
      VideoOptions options,
      List<RenditionStream> renditions) {
    this.encoder = encoder;
    this.calls = calls;
    this.slot = slot;
    this.options = options;
    this.renditions = List.copyOf(renditions);
  }

  StreamSlot slot() {
    return slot;
  }

  void connect(EncodingSession session) {
    connected =
        renditions.isEmpty()
            ? session.video(slot.number())
            : session.renditions(slot.number(), renditions.size());
  }

  /** The options of each encoded stream. */
  List<VideoOptions> encoded() {
    return renditions.isEmpty()
        ? List.of(options)
        : renditions.stream().map(RenditionStream::options).toList();
  }

  /** {@return the renditions, in the order of the container; empty if it was added without} */
  public List<RenditionStream> renditions() {
    return renditions;
  }

  /**
   * Returns a rendition.
   *
   * @param name the name of the rendition
   * @return the stream, for {@link Output#only}
   * @throws IllegalArgumentException if there is none
   */
  public RenditionStream rendition(String name) {
    return renditions.stream()
        .filter(rendition -> rendition.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    slot
                        + " has no rendition '"
                        + name
                        + "'; it has: "
                        + renditions.stream().map(RenditionStream::name).toList()));
  }

  private VideoInput input() {
    return Objects.requireNonNull(connected, "input");
  }

  /** {@return the options that the stream was added with} */
  public VideoOptions options() {
    return options;
  }

  /**
   * Encodes a frame.
   *
   * @param frame a frame of the stream's size, or of any size if {@link VideoOptions#fit} says how
   *     it is fitted; its memory may be reused when the call returns
   * @throws IllegalArgumentException if the size is not the stream's and {@link VideoOptions#fit}
   *     is {@link Fit#DENY}, the frame's time does not increase, or the encoder cannot make it a
   *     key frame as marked; the encoder stays open
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails; the destination's exception is
   *     thrown unchanged
   */
  public void addFrame(VideoFrame frame) throws IOException {
    Objects.requireNonNull(frame, "frame");
    checkSize(frame);
    calls.begin(slot, "addFrame()");
    try {
      VideoInput input = input();
      input.check(frame);
      calls.add(input, frame);
    } finally {
      calls.leave(slot);
    }
    encoder.reportProgress();
  }

  /**
   * Encodes frames in host memory, in order. If one fails, those before it have been added.
   *
   * @param frames frames of the stream's size, or of any size if {@link VideoOptions#fit} says how
   *     they are fitted; may be empty; their memory may be reused when the call returns
   * @throws IllegalArgumentException if the size is not the stream's and {@link VideoOptions#fit}
   *     is {@link Fit#DENY}, or a frame's time does not increase
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails
   */
  public void addFrames(VideoFrames frames) throws IOException {
    Objects.requireNonNull(frames, "frames");
    if (options.fit() == Fit.DENY) {
      checkSize(frames.width(), frames.height());
    }
    calls.requireOpen(slot, "addFrames()");
    for (int i = 0; i < frames.count(); i++) {
      addFrame(frames.frame(i));
    }
  }

  /**
   * Encodes frames in GPU memory, in order.
   *
   * @param frames frames of the stream's size; may be empty; their memory may be reused when the
   *     call returns
   * @throws IllegalArgumentException if the size is not the stream's, the memory is not on the
   *     stream's device, or a frame's time does not increase; no frame is added then
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails
   */
  public void addFrames(DeviceFrames frames) throws IOException {
    Objects.requireNonNull(frames, "frames");
    checkSize(frames.width(), frames.height());
    if (!frames.device().equals(options.device())) {
      throw new IllegalArgumentException(
          "frames are on " + frames.device() + ", the stream is on " + options.device());
    }
    calls.begin(slot, "addFrames()");
    try {
      VideoInput input = input();
      input.check(frames);
      calls.add("addFrames()", () -> input.add(frames));
    } finally {
      calls.leave(slot);
    }
    encoder.reportProgress();
  }

  /**
   * Changes the bit rate from the next frame on, in the stream's rate control mode. A buffer of one
   * second, the default of a constant bit rate, remains one second.
   *
   * @param bitsPerSecond bits per second, 1 to 2^31-1
   * @throws IllegalArgumentException if out of range, if the stream has no {@link
   *     VideoOptions#bitRate}, or if the encoder cannot change it while it runs: libx264 can with
   *     {@link RateControl#CONSTANT_BIT_RATE}, NVENC with that and a variable one
   * @throws IllegalStateException if the encoder is not open, or the stream was ended
   * @throws IOException if the destination or the encoder fails
   */
  public void setBitRate(long bitsPerSecond) throws IOException {
    Checks.inRange("bitRate", bitsPerSecond, 1, Integer.MAX_VALUE);
    calls.begin(slot, "setBitRate()");
    try {
      VideoInput input = input();
      input.checkBitRate(bitsPerSecond);
      calls.run("setBitRate()", () -> input.setBitRate(bitsPerSecond));
    } finally {
      calls.leave(slot);
    }
  }

  /**
   * Returns a subscriber that encodes the frames of a publisher, one after another, and then ends
   * this stream.
   *
   * @return a new subscriber, for one publisher
   */
  public FrameSubscriber subscriber() {
    return new FrameSubscriber(this);
  }

  /**
   * Ends the stream, so that the other streams need not wait for it. Encodes what the encoder still
   * holds. Calling it again does nothing.
   *
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the encoder fails
   */
  public void end() throws IOException {
    calls.end(slot, () -> input().end());
  }

  /**
   * Ends the stream and says when its last frame ends, as {@link #end()} otherwise.
   *
   * @param at the time from the start of the stream until which the last frame is shown; after the
   *     last frame's time, at most {@link VideoFrame#MAX_TIME}
   * @throws IllegalArgumentException if the stream has a constant frame rate or no frame, the time
   *     is not after that of the last frame, or {@link VideoOptions.Builder#filter} makes the last
   *     frame, which {@link VideoFrame#withDuration} ends then; the stream stays open
   * @throws IllegalStateException if the encoder is not open
   * @throws IOException if the destination or the encoder fails
   */
  public void end(Duration at) throws IOException {
    VideoFrame.notNegative("end", at);
    calls.end(slot, () -> input().checkEnd(at), () -> input().end(at));
  }

  private void checkSize(VideoFrame frame) {
    if (options.fit() == Fit.DENY) {
      checkSize(frame.width(), frame.height());
    }
    if ((long) frame.width() * frame.height() > VideoOptions.MAX_PIXELS) {
      throw new IllegalArgumentException(
          sizeOf(frame.width(), frame.height())
              + ": at most "
              + VideoOptions.MAX_PIXELS
              + " pixels");
    }
  }

  /** {@code video 0: 1280x720 at 30}. */
  @Override
  public String toString() {
    return slot + ": " + options;
  }

  private void checkSize(int width, int height) {
    if (width != options.width() || height != options.height()) {
      throw new IllegalArgumentException(
          sizeOf(width, height)
              + ": the stream accepts "
              + options.width()
              + "x"
              + options.height()
              + "; VideoOptions.fit accepts any size, for frames in host memory");
    }
  }

  private static String sizeOf(int width, int height) {
    return "frame of " + width + "x" + height;
  }
}
