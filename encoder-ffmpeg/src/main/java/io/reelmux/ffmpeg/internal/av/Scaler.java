package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_freeContext;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_getContext;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_scale;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Owns an SwsContext that converts the pixel format and keeps the size. It reads up to 64 bytes
 * past its source, so it must only be given frames that this library allocated.
 */
public final class Scaler extends NativeOwner {
  private static final int FLAGS =
      swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

  private final SwsContext struct;

  private Scaler(SwsContext struct) {
    this.struct = struct;
  }

  /** Allocates a converter between two pixel formats at one size. */
  public static Scaler allocate(int width, int height, int from, int to) throws EncoderException {
    SwsContext struct = sws_getContext(width, height, from, width, height, to, FLAGS);
    return new Scaler(Av.allocated(struct, "allocate a pixel format converter"));
  }

  /** Converts a whole frame. */
  public void convert(AVFrame from, AVFrame to) throws EncoderException {
    convertRows(Planes.of(from), 0, from.height(), Planes.of(to));
  }

  /**
   * Converts rows; they must come from top to bottom.
   *
   * @param from starts at the first of these rows
   * @param to starts at the first row of the whole frame
   */
  public void convertRows(Planes from, int row, int rows, Planes to) throws EncoderException {
    int code =
        sws_scale(struct, from.pointers(), from.strides(), row, rows, to.pointers(), to.strides());
    Av.check(code, "convert the pixel format");
  }

  @Override
  protected void free() {
    sws_freeContext(struct);
  }
}
