package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_audio_fifo_alloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_audio_fifo_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_audio_fifo_read;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_audio_fifo_size;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_audio_fifo_write;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.javacpp.PointerPointer;

/** Owns an AVAudioFifo: collects samples until they fill an encoder frame. */
public final class SampleFifo extends NativeOwner {
  private final AVAudioFifo struct;

  private SampleFifo(AVAudioFifo struct) {
    this.struct = struct;
  }

  /** Allocates an empty queue that grows. */
  public static SampleFifo allocate(int sampleFormat, int channels, int samples)
      throws EncoderException {
    AVAudioFifo struct = av_audio_fifo_alloc(sampleFormat, channels, samples);
    return new SampleFifo(Av.allocated(struct, "allocate a sample queue"));
  }

  /** Returns the number of queued samples. */
  public int size() {
    return av_audio_fifo_size(struct);
  }

  /** Appends samples. */
  public void write(PointerPointer<?> planes, int samples) throws EncoderException {
    int code = av_audio_fifo_write(struct, planes, samples);
    Av.check(code, "queue samples");
  }

  /** Removes samples. */
  public void read(PointerPointer<?> planes, int samples) throws EncoderException {
    int code = av_audio_fifo_read(struct, planes, samples);
    Av.check(code, "read samples from the queue");
  }

  @Override
  protected void free() {
    av_audio_fifo_free(struct);
  }
}
