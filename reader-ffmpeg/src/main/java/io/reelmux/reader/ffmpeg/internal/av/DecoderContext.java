package io.reelmux.reader.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.AVERROR_EAGAIN;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_alloc_context3;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_free_context;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_open2;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_flush_buffers;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_parameters_to_context;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_receive_frame;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_UNKNOWN;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Owns an AVCodecContext: a decoder. */
public final class DecoderContext extends NativeOwner {
  private static final int EAGAIN = AVERROR_EAGAIN();

  private final AVCodecContext struct;
  private final AVCodec codec;
  private final String name;

  /** Set if a device decodes. */
  private @Nullable SurfaceChoice surfaces;

  private DecoderContext(AVCodecContext struct, AVCodec codec) {
    this.struct = struct;
    this.codec = codec;
    this.name = Av.string(codec.name());
  }

  /** Allocates a decoder for a stream; it is not yet open. */
  public static DecoderContext allocate(AVCodec codec, AVCodecParameters stream)
      throws EncoderException {
    AVCodecContext struct = avcodec_alloc_context3(codec);
    DecoderContext context = new DecoderContext(Av.allocated(struct, "allocate a decoder"), codec);
    try {
      int code = avcodec_parameters_to_context(context.struct, stream);
      Av.check(code, "describe the stream to the decoder " + context.name);
      return context;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, context);
      throw e;
    }
  }

  /** Opens the decoder with the values set in its struct. */
  public void open() throws EncoderException {
    Av.check(avcodec_open2(struct, codec, /* options= */ null), "open the decoder " + name);
  }

  /**
   * Lets a device decode, before the decoder is opened. Only the device does: if it cannot, {@link
   * #send} and {@link #receive} throw a {@link DeviceFailure}.
   *
   * @param device may be closed when this returns
   */
  public void useDevice(HardwareDevice device) throws EncoderException {
    struct.hw_device_ctx(device.share());
    surfaces = SurfaceChoice.of(struct);
  }

  /** Whether it is known where frames are decoded. */
  public boolean isSettled() {
    SurfaceChoice choice = surfaces;
    return choice == null || choice.isAsked();
  }

  /** Where a device's messages about the next call begin; null if the CPU decodes. */
  private @Nullable LogPosition start() {
    return surfaces == null ? null : LogPosition.here();
  }

  /** Damage of the stream has other codes. */
  private void checkDevice(int code, @Nullable LogPosition start) throws DeviceFailure {
    SurfaceChoice choice = surfaces;
    if (choice == null || start == null) {
      return;
    }
    boolean failed = code == Av.EXTERNAL || code == AVERROR_UNKNOWN || code == Av.ENOMEM;
    if (choice.isRefused() || failed) {
      int reported = code < 0 ? code : Av.EXTERNAL;
      throw new DeviceFailure(Av.failure(reported, "decode with " + name), start.lines());
    }
  }

  /** The answers of the decoder. */
  public enum Sent {
    /** The packet was accepted. */
    ACCEPTED,
    /** Frames must be received first. */
    FULL,
    /** The packet cannot be decoded. */
    REFUSED,
    /** The decoder has ended. */
    ENDED
  }

  /**
   * Gives the decoder a packet.
   *
   * @param packet null for the end of the stream
   * @throws EncoderException if memory is exhausted
   * @throws DeviceFailure if the device cannot decode
   */
  public Sent send(@Nullable AVPacket packet) throws EncoderException, DeviceFailure {
    LogPosition start = start();
    int code = avcodec_send_packet(struct, packet);
    checkDevice(code, start);
    if (code >= 0) {
      return Sent.ACCEPTED;
    }
    if (code == EAGAIN) {
      return Sent.FULL;
    }
    if (code == AVERROR_EOF) {
      return Sent.ENDED;
    }
    if (code == Av.ENOMEM) {
      throw Av.failure(code, "decode with " + name);
    }
    return Sent.REFUSED;
  }

  /** What the decoder returned. */
  public enum Received {
    /** A frame. */
    FRAME,
    /** It needs another packet first. */
    NOTHING,
    /** All frames have been returned. */
    ENDED,
    /** A packet that was accepted before could not be decoded. */
    FAILED
  }

  /**
   * Receives a frame.
   *
   * @param frame empty
   * @throws EncoderException if memory is exhausted
   * @throws DeviceFailure if the device cannot decode
   */
  public Received receive(AVFrame frame) throws EncoderException, DeviceFailure {
    LogPosition start = start();
    int code = avcodec_receive_frame(struct, frame);
    checkDevice(code, start);
    if (code >= 0) {
      return Received.FRAME;
    }
    if (code == EAGAIN) {
      return Received.NOTHING;
    }
    if (code == AVERROR_EOF) {
      return Received.ENDED;
    }
    if (code == Av.ENOMEM) {
      throw Av.failure(code, "decode with " + name);
    }
    return Received.FAILED;
  }

  /** Forgets everything, before packets from elsewhere in the stream, or after the end. */
  public void flush() {
    avcodec_flush_buffers(struct);
  }

  /** Returns the name of the decoder, such as {@code h264}. */
  public String name() {
    return name;
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVCodecContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    avcodec_free_context(struct);
    if (surfaces != null) {
      surfaces.close();
    }
  }
}
