package io.reelmux.benchmarks;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.global.avutil;

/** A way to encode the job, and the kind of memory that holds its frames. */
enum Contender {
  FLOOR("Plain FFmpeg calls, yuv420p", PixelLayout.I420, Memory.DIRECT),
  REELMUX_RGB24_HEAP("Reelmux, RGB24 in heap arrays", PixelLayout.RGB24, Memory.HEAP),
  REELMUX_RGB24_DIRECT("Reelmux, RGB24 in direct buffers", PixelLayout.RGB24, Memory.DIRECT),
  REELMUX_RGBA_HEAP("Reelmux, RGBA in heap arrays", PixelLayout.RGBA, Memory.HEAP),
  REELMUX_IMAGE("Reelmux, BufferedImage INT_RGB", PixelLayout.RGBA, Memory.IMAGE),
  REELMUX_PLANAR_HEAP("Reelmux, RGB_PLANAR in heap arrays", PixelLayout.RGB_PLANAR, Memory.HEAP),
  REELMUX_PLANAR_DIRECT(
      "Reelmux, RGB_PLANAR in direct buffers", PixelLayout.RGB_PLANAR, Memory.DIRECT),
  REELMUX_I420_HEAP("Reelmux, I420 in heap arrays", PixelLayout.I420, Memory.HEAP),
  REELMUX_BEFORE("Reelmux, the earlier build, I420", PixelLayout.I420, Memory.HEAP),
  JAVACV_RGB24("JavaCV FFmpegFrameRecorder, RGB24", PixelLayout.RGB24, Memory.DIRECT),
  JAVACV_BGR24("JavaCV FFmpegFrameRecorder, BGR24", PixelLayout.BGR24, Memory.DIRECT),
  FFMPEG_COMMAND("ffmpeg command, RGB24 in a file in memory", PixelLayout.RGB24, Memory.FILE);

  /** Where the frames are before they are encoded. */
  private enum Memory {
    HEAP,
    DIRECT,
    IMAGE,
    FILE
  }

  private final String title;
  private final PixelLayout layout;
  private final Memory memory;

  Contender(String title, PixelLayout layout, Memory memory) {
    this.title = title;
    this.layout = layout;
    this.memory = memory;
  }

  String title() {
    return title;
  }

  /** Returns the size of the ring of frames, in bytes. */
  long ringBytes(Job job) {
    return Job.RING * layout.frameBytes(job.width(), job.height());
  }

  /** Returns the loop, with its frames generated; the command has none. */
  EncodeLoop loop(Job job) throws IOException {
    return switch (this) {
      case JAVACV_RGB24 -> new JavaCvLoop(job, avutil.AV_PIX_FMT_RGB24, ring(job));
      case JAVACV_BGR24 -> new JavaCvLoop(job, avutil.AV_PIX_FMT_BGR24, ring(job));
      case FLOOR -> new RawLoop(job, ring(job));
      case REELMUX_IMAGE -> {
        BufferedImage[] images = images(job);
        yield new ReelmuxLoop(job, index -> VideoFrame.of(images[index]));
      }
      case FFMPEG_COMMAND ->
          throw new IllegalStateException(this + " runs in a process of its own");
      default -> {
        ByteBuffer[] ring = ring(job);
        yield new ReelmuxLoop(
            job, index -> VideoFrame.of(layout, job.width(), job.height(), ring[index]));
      }
    };
  }

  private static BufferedImage[] images(Job job) {
    TestFrames frames = new TestFrames(job);
    return IntStream.range(0, Job.RING).mapToObj(frames::image).toArray(BufferedImage[]::new);
  }

  private ByteBuffer[] ring(Job job) {
    TestFrames frames = new TestFrames(job);
    int bytes = Math.toIntExact(layout.frameBytes(job.width(), job.height()));
    ByteBuffer[] ring = new ByteBuffer[Job.RING];
    for (int i = 0; i < ring.length; i++) {
      ByteBuffer pixels =
          memory == Memory.DIRECT
              ? ByteBuffer.allocateDirect(bytes + JavaCvLoop.SLACK).limit(bytes)
              : ByteBuffer.allocate(bytes);
      switch (layout) {
        case RGB_PLANAR -> frames.planar(i, pixels);
        case I420 -> frames.i420(i, pixels);
        case RGBA -> frames.rgba(i, pixels);
        // the order of the color components makes no difference to the work
        default -> frames.packed(i, pixels);
      }
      ring[i] = pixels;
    }
    return ring;
  }
}
