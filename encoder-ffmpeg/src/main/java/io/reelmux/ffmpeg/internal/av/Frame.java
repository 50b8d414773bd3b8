package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_channel_layout_copy;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_get_buffer;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_is_writable;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_make_writable;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_move_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_ref;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_unref;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an AVFrame, and through it a reference to the frame's buffers. */
public final class Frame extends NativeOwner {

  /** The alignment of pointers and strides that zimg requires to work without a copy. */
  public static final int ALIGNMENT = 64;

  private final AVFrame struct;

  /** The size that the buffers are allocated for; at least that of the frame. */
  private int memoryWidth;

  private int memoryHeight;

  private Frame(AVFrame struct) {
    this.struct = struct;
  }

  /** Allocates a frame without buffers. */
  public static Frame allocate() throws EncoderException {
    return new Frame(Av.allocated(av_frame_alloc(), "allocate a frame"));
  }

  /** Allocates a video frame with its own buffers. */
  public static Frame video(int pixelFormat, int width, int height) throws EncoderException {
    return video(pixelFormat, width, height, width, height);
  }

  /**
   * Allocates a video frame with its own buffers, and more memory than it shows.
   *
   * @param memoryWidth pixels of a row that memory is allocated for
   * @param memoryHeight rows that memory is allocated for
   */
  public static Frame video(
      int pixelFormat, int width, int height, int memoryWidth, int memoryHeight)
      throws EncoderException {
    Frame frame = allocate();
    try {
      frame.memoryWidth = memoryWidth;
      frame.memoryHeight = memoryHeight;
      frame.allocateBuffers(pixelFormat, width, height);
      return frame;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, frame);
      throw e;
    }
  }

  /** Allocates an audio frame with its own buffers. */
  public static Frame audio(int sampleFormat, AVChannelLayout layout, int sampleRate, int count)
      throws EncoderException {
    Frame frame = allocate();
    try {
      frame.struct.format(sampleFormat);
      frame.struct.sample_rate(sampleRate);
      frame.struct.nb_samples(count);
      Av.check(av_channel_layout_copy(frame.struct.ch_layout(), layout), "copy a channel layout");
      Av.check(av_frame_get_buffer(frame.struct, 0), "allocate the memory of samples");
      return frame;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, frame);
      throw e;
    }
  }

  /** Ensures exclusive use of the buffers; copies them if something else still reads them. */
  public void makeWritable() throws EncoderException {
    Av.check(av_frame_make_writable(struct), "reuse a frame");
  }

  private void allocateBuffers(int format, int width, int height) throws EncoderException {
    struct.format(format);
    struct.width(memoryWidth);
    struct.height(memoryHeight);
    Av.check(av_frame_get_buffer(struct, ALIGNMENT), "allocate the memory of a frame");
    struct.width(width);
    struct.height(height);
  }

  /**
   * Replaces the buffers if something else, such as an encoder, still reads them.
   *
   * @return whether the buffers are new, with undefined content
   */
  public boolean renewIfShared() throws EncoderException {
    if (av_frame_is_writable(struct) > 0) {
      return false;
    }
    int format = struct.format();
    int width = struct.width();
    int height = struct.height();
    av_frame_unref(struct);
    allocateBuffers(format, width, height);
    return true;
  }

  /** Moves another frame's buffers and properties into this one, which must be empty. */
  public void moveFrom(AVFrame source) {
    av_frame_move_ref(struct, source);
  }

  /** References another frame's buffers, and copies its properties; nothing is held before. */
  public void reference(AVFrame source) throws EncoderException {
    Av.check(av_frame_ref(struct, source), "reference a frame");
  }

  /** Releases the buffers. */
  public void unref() {
    av_frame_unref(struct);
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVFrame struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_frame_free(struct);
  }
}
