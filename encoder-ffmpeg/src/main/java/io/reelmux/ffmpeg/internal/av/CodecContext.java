package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.AVERROR_EAGAIN;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_alloc_context3;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_free_context;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_open2;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_receive_packet;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.reelmux.EncoderException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an AVCodecContext: an encoder. */
public final class CodecContext extends NativeOwner {
  private static final int EAGAIN = AVERROR_EAGAIN();

  private final AVCodecContext struct;
  private final AVCodec codec;
  private final String name;

  /** Operation names, built once: every frame needs them, but only failures read them. */
  private final String encoding;

  private final String draining;
  private final String receiving;

  private CodecContext(AVCodecContext struct, AVCodec codec) {
    this.struct = struct;
    this.codec = codec;
    this.name = Av.string(codec.name());
    this.encoding = "encode with " + name;
    this.draining = "drain the encoder " + name;
    this.receiving = "receive a packet from " + name;
  }

  /** Allocates a context that is not yet open. */
  public static CodecContext allocate(AVCodec codec) throws EncoderException {
    AVCodecContext struct = avcodec_alloc_context3(codec);
    return new CodecContext(Av.allocated(struct, "allocate an encoder"), codec);
  }

  /** Opens the encoder with the values set in its struct. */
  public void open() throws EncoderException {
    int code = avcodec_open2(struct, codec, /* options= */ null);
    Av.check(code, "open the encoder " + name);
  }

  /** Opens an encoder that changes the thread which opens it: on one that ends afterward. */
  public void openApart() throws EncoderException {
    int code =
        ThreadThatEnds.call(
            "reelmux-open-" + name, () -> avcodec_open2(struct, codec, /* options= */ null));
    Av.check(code, "open the encoder " + name);
  }

  /** Sets whether codec headers belong in the container instead of the packets. */
  public void setGlobalHeader(boolean global) {
    int others = struct.flags() & ~AV_CODEC_FLAG_GLOBAL_HEADER;
    struct.flags(global ? others | AV_CODEC_FLAG_GLOBAL_HEADER : others);
  }

  /**
   * Refuses an encoder that changed its settings: it would produce garbage or crash.
   *
   * @param same whether the settings are those from before it was opened
   */
  public void requireUnchanged(boolean same) throws EncoderException {
    if (!same) {
      throw Av.failure(Av.EINVAL, "open the encoder " + name + ": it changed its settings");
    }
  }

  /** As the other {@code encode}, with failures as FFmpeg reports them. */
  public boolean encode(AVFrame frame, PacketRef packet, PacketConsumer consumer)
      throws IOException {
    return encode(frame, packet, consumer, UnaryOperator.identity());
  }

  /**
   * Gives the encoder a frame, and passes on the packets that are ready.
   *
   * @param packet empty; holds one packet at a time meanwhile
   * @param explain explains a failure of the encoder; those of the consumer are thrown as they are
   * @return whether there was a packet
   * @throws IOException if encoding fails, or the consumer does
   */
  public boolean encode(
      AVFrame frame,
      PacketRef packet,
      PacketConsumer consumer,
      UnaryOperator<EncoderException> explain)
      throws IOException {
    check(avcodec_send_frame(struct, frame), encoding, explain);
    return receiveAll(packet, consumer, explain, () -> false);
  }

  /** As the other {@code drain}, with failures as FFmpeg reports them. */
  public void drain(PacketRef packet, PacketConsumer consumer) throws IOException {
    drain(packet, consumer, UnaryOperator.identity());
  }

  /**
   * Ends the stream, and passes on the packets that the encoder still holds. The parameters are
   * those of {@code encode}.
   *
   * @throws IOException if encoding fails, or the consumer does
   */
  public void drain(
      PacketRef packet, PacketConsumer consumer, UnaryOperator<EncoderException> explain)
      throws IOException {
    drain(packet, consumer, explain, () -> false);
  }

  /**
   * Ends the stream, and passes on the packets that the encoder still holds, unless there have been
   * enough of them.
   *
   * @param enough asked after each packet; what the encoder holds then is discarded
   * @throws IOException if encoding fails, or the consumer does
   */
  public void drain(
      PacketRef packet,
      PacketConsumer consumer,
      UnaryOperator<EncoderException> explain,
      BooleanSupplier enough)
      throws IOException {
    int code = avcodec_send_frame(struct, /* frame= */ null);
    // an encoder that was already draining returns EOF, which is not a failure
    if (code != AVERROR_EOF) {
      check(code, draining, explain);
    }
    receiveAll(packet, consumer, explain, enough);
  }

  private boolean receiveAll(
      PacketRef packet,
      PacketConsumer consumer,
      UnaryOperator<EncoderException> explain,
      BooleanSupplier enough)
      throws IOException {
    boolean received = false;
    while (!enough.getAsBoolean() && receive(packet, explain)) {
      received = true;
      try {
        consumer.accept(packet.struct());
      } finally {
        packet.unref();
      }
    }
    return received;
  }

  private boolean receive(PacketRef packet, UnaryOperator<EncoderException> explain)
      throws EncoderException {
    int code = avcodec_receive_packet(struct, packet.struct());
    if (code == EAGAIN || code == AVERROR_EOF) {
      return false;
    }
    check(code, receiving, explain);
    return true;
  }

  private static void check(int code, String operation, UnaryOperator<EncoderException> explain)
      throws EncoderException {
    try {
      Av.check(code, operation);
    } catch (EncoderException e) {
      throw explain.apply(e);
    }
  }

  /** Returns the name of the encoder, such as {@code libx264}. */
  public String name() {
    return name;
  }

  /** Returns the encoder's description. */
  public AVCodec codec() {
    return codec;
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVCodecContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    avcodec_free_context(struct);
  }
}
