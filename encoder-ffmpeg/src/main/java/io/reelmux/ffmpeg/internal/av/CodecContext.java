package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.reelmux.EncoderException;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Owns an AVCodecContext: an encoder. */
public final class CodecContext extends NativeOwner {
  private static final int EAGAIN = avutil.AVERROR_EAGAIN();

  private final AVCodecContext struct;
  private final AVCodec codec;
  private final String name;

  private CodecContext(AVCodecContext struct, AVCodec codec) {
    this.struct = struct;
    this.codec = codec;
    this.name = Av.string(codec.name());
  }

  /** A context that has not been opened. */
  public static CodecContext allocate(AVCodec codec) throws EncoderException {
    AVCodecContext struct =
        Av.fails("avcodec_alloc_context3") ? null : avcodec_alloc_context3(codec);
    return new CodecContext(Av.allocated(struct, "allocate an encoder"), codec);
  }

  /** Opens the encoder with the values of its struct. */
  public void open() throws EncoderException {
    int code =
        Av.fails("avcodec_open2") ? Av.ENOMEM : avcodec_open2(struct, codec, (AVDictionary) null);
    Av.check(code, "open the encoder " + name);
  }

  /**
   * Encodes a frame and hands out every packet that is ready.
   *
   * @param frame the frame, or null to drain the encoder for good
   * @param packet room for one packet, empty before and after
   */
  public void encode(@Nullable AVFrame frame, PacketRef packet, PacketConsumer consumer)
      throws IOException {
    int sent = Av.fails("avcodec_send_frame") ? Av.ENOMEM : avcodec_send_frame(struct, frame);
    // an encoder that was drained before says EOF: there is nothing more to hand out
    if (frame != null || sent != AVERROR_EOF) {
      Av.check(sent, frame == null ? "drain the encoder " + name : "encode with " + name);
    }
    while (true) {
      int code =
          Av.fails("avcodec_receive_packet")
              ? Av.ENOMEM
              : avcodec_receive_packet(struct, packet.struct());
      if (code == EAGAIN || code == AVERROR_EOF) {
        return;
      }
      Av.check(code, "take a packet from " + name);
      try {
        consumer.accept(packet.struct());
      } finally {
        packet.unref();
      }
    }
  }

  /** Name of the implementation. */
  public String name() {
    return name;
  }

  /** The encoder's description. */
  public AVCodec codec() {
    return codec;
  }

  /** The struct; valid until this is closed. */
  public AVCodecContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    avcodec_free_context(struct);
  }
}
