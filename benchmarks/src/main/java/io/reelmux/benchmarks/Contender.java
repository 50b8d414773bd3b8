package io.reelmux.benchmarks;

import io.reelmux.PixelLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;

/** A way to encode the job, and the kind of memory that holds its frames. */
enum Contender {
  REELMUX_RGB24_HEAP("Reelmux, RGB24 in heap arrays", PixelLayout.RGB24, false),
  REELMUX_RGB24_DIRECT("Reelmux, RGB24 in direct buffers", PixelLayout.RGB24, true),
  REELMUX_PLANAR_HEAP("Reelmux, RGB_PLANAR in heap arrays", PixelLayout.RGB_PLANAR, false),
  REELMUX_PLANAR_DIRECT("Reelmux, RGB_PLANAR in direct buffers", PixelLayout.RGB_PLANAR, true),
  REELMUX_I420_HEAP("Reelmux, I420 in heap arrays", PixelLayout.I420, false),
  JAVACV_RGB24("JavaCV FFmpegFrameRecorder, RGB24", PixelLayout.RGB24, true),
  JAVACV_BGR24("JavaCV FFmpegFrameRecorder, BGR24", PixelLayout.BGR24, true),
  FLOOR("Plain FFmpeg calls, yuv420p", PixelLayout.I420, true);

  /** The contender that throughput is compared with. */
  static final Contender BASELINE = JAVACV_RGB24;

  private final String title;
  private final PixelLayout layout;
  private final boolean direct;

  Contender(String title, PixelLayout layout, boolean direct) {
    this.title = title;
    this.layout = layout;
    this.direct = direct;
  }

  String title() {
    return title;
  }

  /** Returns the size of the ring of frames, in bytes. */
  long ringBytes(Job job) {
    return Job.RING * layout.frameBytes(job.width(), job.height());
  }

  /** Returns the loop, with its frames generated. */
  EncodeLoop loop(Job job) throws IOException {
    ByteBuffer[] ring = ring(job);
    return switch (this) {
      case JAVACV_RGB24 -> new JavaCvLoop(job, avutil.AV_PIX_FMT_RGB24, ring);
      case JAVACV_BGR24 -> new JavaCvLoop(job, avutil.AV_PIX_FMT_BGR24, ring);
      case FLOOR -> new RawLoop(job, ring);
      default -> new ReelmuxLoop(job, layout, ring);
    };
  }

  private ByteBuffer[] ring(Job job) {
    TestFrames frames = new TestFrames(job);
    int bytes = Math.toIntExact(layout.frameBytes(job.width(), job.height()));
    ByteBuffer[] ring = new ByteBuffer[Job.RING];
    for (int i = 0; i < ring.length; i++) {
      ByteBuffer memory =
          direct
              ? ByteBuffer.allocateDirect(bytes + JavaCvLoop.SLACK).limit(bytes)
              : ByteBuffer.allocate(bytes);
      switch (layout) {
        case RGB_PLANAR -> frames.planar(i, memory);
        case I420 -> frames.i420(i, memory);
        // the order of the color components makes no difference to the work
        default -> frames.packed(i, memory);
      }
      ring[i] = memory;
    }
    return ring;
  }
}
