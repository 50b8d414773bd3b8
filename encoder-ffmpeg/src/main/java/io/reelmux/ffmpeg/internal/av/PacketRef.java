package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_new_packet;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_copy_props;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_move_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_new_side_data;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.reelmux.EncoderException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Owns an AVPacket, and through it a reference to the payload. */
public final class PacketRef extends NativeOwner {
  private final AVPacket struct;

  private PacketRef(AVPacket struct) {
    this.struct = struct;
  }

  /** Allocates an empty packet. */
  public static PacketRef allocate() throws EncoderException {
    return new PacketRef(Av.allocated(av_packet_alloc(), "allocate a packet"));
  }

  /** Moves another packet's payload and times into this one. */
  public void moveFrom(AVPacket source) {
    av_packet_move_ref(struct, source);
  }

  /** Refers to another packet's payload, with its times; this one must be empty. */
  public void refTo(AVPacket source) throws EncoderException {
    Av.check(av_packet_ref(struct, source), "refer to a packet");
  }

  /**
   * Copies another packet, with bytes before its payload; this one must be empty.
   *
   * @param header the bytes
   */
  public void copyBehind(byte[] header, AVPacket source) throws EncoderException {
    Av.check(av_new_packet(struct, header.length + source.size()), "allocate a packet");
    Av.check(av_packet_copy_props(struct, source), "copy a packet");
    struct.data().put(header, 0, header.length);
    BytePointer payload = struct.data().getPointer(header.length);
    Pointer.memcpy(payload, source.data(), source.size());
  }

  /** Copies a payload and its times into this packet, which must be empty. */
  public void fill(byte[] payload, long pts, long dts, long duration, boolean keyFrame)
      throws EncoderException {
    if (payload.length > 0) {
      Av.check(av_new_packet(struct, payload.length), "allocate a packet");
      struct.data().put(payload, 0, payload.length);
    }
    struct.pts(pts).dts(dts).duration(duration).flags(keyFrame ? AV_PKT_FLAG_KEY : 0);
  }

  /**
   * Adds side data.
   *
   * @param type AVPacketSideDataType
   */
  public void addSideData(int type, ByteBuffer data) throws EncoderException {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    BytePointer memory =
        Av.allocated(
            av_packet_new_side_data(struct, type, bytes.length), "allocate side data of a packet");
    memory.put(bytes, 0, bytes.length);
  }

  /** Releases the payload. */
  public void unref() {
    av_packet_unref(struct);
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVPacket struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_packet_free(struct);
  }
}
