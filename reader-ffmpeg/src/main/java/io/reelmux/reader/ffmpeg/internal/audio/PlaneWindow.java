package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.EncoderException;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** The planes of a frame from one of its samples on, as the resampler expects them. */
final class PlaneWindow implements AutoCloseable {

  /** Its array of pointers is used; its own memory is not. */
  private final Frame holder;

  private final PointerPointer<?> pointers;
  private final int planes;

  /** From one sample of a plane to the next. */
  private final int bytes;

  /**
   * Allocates the pointers.
   *
   * @param layout of the frames
   */
  PlaneWindow(SampleLayout layout, AVChannelLayout channels) throws EncoderException {
    int count = channels.nb_channels();
    this.planes = layout.isPlanar() ? count : 1;
    this.bytes = SampleFormats.bytes(layout.type()) * (count / planes);
    this.holder = Frame.audio(SampleFormats.of(layout), channels, /* sampleRate= */ 1, 1);
    this.pointers = holder.struct().extended_data();
  }

  /** Returns the planes of a frame, which is valid as long as the frame is. */
  PointerPointer<?> from(AVFrame frame, int offset) {
    for (int plane = 0; plane < planes; plane++) {
      pointers.put(plane, frame.extended_data(plane).position((long) offset * bytes));
    }
    return pointers;
  }

  @Override
  public void close() {
    holder.close();
  }
}
