package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_move_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_unref;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

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
