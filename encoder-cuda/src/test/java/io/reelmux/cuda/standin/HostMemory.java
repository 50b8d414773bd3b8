package io.reelmux.cuda.standin;

import static io.reelmux.cuda.standin.Av.check;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** NV12 or P010 frames in host memory. */
record HostMemory(int width, int height, int bits) implements FrameMemory {

  @Override
  public int pixelFormat() {
    return bits > 8 ? AV_PIX_FMT_P010LE : AV_PIX_FMT_NV12;
  }

  @Override
  public AVBufferRef framesContext() {
    throw new UnsupportedOperationException("frames in host memory");
  }

  @Override
  public AVFrame frame(Yuv yuv) {
    AVFrame frame = av_frame_alloc();
    frame.format(pixelFormat()).width(width).height(height);
    check("av_frame_get_buffer", av_frame_get_buffer(frame, 0));
    put(yuv.luma(), yuv.width(), frame.data(0), frame.linesize(0));
    put(yuv.chroma(), yuv.chromaWidth(), frame.data(1), frame.linesize(1));
    return frame;
  }

  /** Writes rows of samples; 10-bit samples go to the upper bits of two bytes, as in P010. */
  private void put(short[] samples, int width, BytePointer to, int pitch) {
    int sampleBytes = bits > 8 ? 2 : 1;
    byte[] row = new byte[width * sampleBytes];
    BytePointer position = new BytePointer(to);
    for (int y = 0; y < samples.length / width; y++) {
      for (int x = 0; x < width; x++) {
        int sample = samples[y * width + x] << (bits > 8 ? 6 : 0);
        row[x * sampleBytes] = (byte) sample;
        if (bits > 8) {
          row[x * 2 + 1] = (byte) (sample >> 8);
        }
      }
      position.position((long) y * pitch).put(row);
    }
  }

  @Override
  public void close() {
    // Each frame owns its memory.
  }
}
