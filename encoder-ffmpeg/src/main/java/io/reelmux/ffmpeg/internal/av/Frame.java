package io.reelmux.ffmpeg.internal.av;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_is_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Owns an AVFrame, and through it a reference to the frame's buffers. */
public final class Frame extends NativeOwner {

  /** What zimg wants of pointers and strides; otherwise it copies the frame first. */
  public static final int ALIGNMENT = 64;

  private final AVFrame struct;

  private Frame(AVFrame struct) {
    this.struct = struct;
  }

  /** A frame without buffers. */
  public static Frame allocate() throws EncoderException {
    return new Frame(
        Av.allocated(Av.fails("av_frame_alloc") ? null : av_frame_alloc(), "allocate a frame"));
  }

  /** A picture with buffers of its own. */
  public static Frame picture(int pixelFormat, int width, int height) throws EncoderException {
    Frame frame = allocate();
    try {
      frame.struct.format(pixelFormat);
      frame.struct.width(width);
      frame.struct.height(height);
      frame.allocateBuffers();
      return frame;
    } catch (EncoderException e) {
      frame.close();
      throw e;
    }
  }

  /** Room for samples, with buffers of its own. */
  public static Frame samples(int sampleFormat, AVChannelLayout layout, int sampleRate, int count)
      throws EncoderException {
    Frame frame = allocate();
    try {
      frame.struct.format(sampleFormat);
      frame.struct.sample_rate(sampleRate);
      frame.struct.nb_samples(count);
      Av.check(av_channel_layout_copy(frame.struct.ch_layout(), layout), "copy a channel layout");
      Av.check(
          Av.fails("av_frame_get_buffer") ? Av.ENOMEM : av_frame_get_buffer(frame.struct, 0),
          "allocate the memory of samples");
      return frame;
    } catch (EncoderException e) {
      frame.close();
      throw e;
    }
  }

  /** Makes sure that nobody else still reads the buffers; copies them if so. */
  public void makeWritable() throws EncoderException {
    Av.check(
        Av.fails("av_frame_make_writable") ? Av.ENOMEM : av_frame_make_writable(struct),
        "reuse a frame");
  }

  private void allocateBuffers() throws EncoderException {
    int code = Av.fails("av_frame_get_buffer") ? Av.ENOMEM : av_frame_get_buffer(struct, ALIGNMENT);
    Av.check(code, "allocate the memory of a frame");
  }

  /**
   * Makes sure that nobody else, such as an encoder, still reads the buffers; takes new ones if so.
   *
   * @return whether there are new buffers, with undefined content
   */
  public boolean renewIfShared() throws EncoderException {
    if (av_frame_is_writable(struct) > 0) {
      return false;
    }
    int format = struct.format();
    int width = struct.width();
    int height = struct.height();
    av_frame_unref(struct);
    struct.format(format);
    struct.width(width);
    struct.height(height);
    allocateBuffers();
    return true;
  }

  /** Takes buffers and properties of another frame, which becomes empty; this one must be. */
  public void take(AVFrame source) {
    av_frame_move_ref(struct, source);
  }

  /** Lets go of the buffers. */
  public void unref() {
    av_frame_unref(struct);
  }

  /** The struct; valid until this is closed. */
  public AVFrame struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_frame_free(struct);
  }
}
