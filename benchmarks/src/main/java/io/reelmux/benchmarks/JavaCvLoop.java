package io.reelmux.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** JavaCV's recorder, used as in its examples: packed frames in direct buffers. */
final class JavaCvLoop implements EncodeLoop {

  /** JavaCV reads up to 64 bytes past a frame; without room for that it can crash the JVM. */
  static final int SLACK = 128;

  private final Job job;
  private final int pixelFormat;
  private final Frame[] ring;

  /**
   * Creates a loop.
   *
   * @param pixelFormat an FFmpeg pixel format of three bytes per pixel
   * @param ring direct buffers
   */
  JavaCvLoop(Job job, int pixelFormat, ByteBuffer[] ring) {
    this.job = job;
    this.pixelFormat = pixelFormat;
    this.ring = new Frame[ring.length];
    for (int i = 0; i < ring.length; i++) {
      this.ring[i] = frame(ring[i]);
    }
  }

  private Frame frame(ByteBuffer pixels) {
    Frame frame = new Frame();
    frame.imageWidth = job.width();
    frame.imageHeight = job.height();
    frame.imageDepth = Frame.DEPTH_UBYTE;
    frame.imageChannels = 3;
    frame.imageStride = 3 * job.width();
    frame.image = new Buffer[] {pixels};
    return frame;
  }

  @Override
  public Running start(Path file) throws IOException {
    return start(new FFmpegFrameRecorder(file.toFile(), job.width(), job.height()));
  }

  /** JavaCV cannot seek in memory, which a plain MP4 requires: it writes a fragmented one. */
  @Override
  public Running startInMemory() throws IOException {
    OutputStream memory = new ByteArrayOutputStream();
    FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(memory, job.width(), job.height());
    recorder.setOption("movflags", "frag_keyframe+empty_moov");
    return start(recorder);
  }

  private Running start(FFmpegFrameRecorder recorder) throws IOException {
    recorder.setFormat("mp4");
    recorder.setFrameRate(Job.RATE);
    recorder.setVideoCodecName(job.codec().encoder());
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
    // its default of 400 kbit/s would limit constant quality
    recorder.setVideoBitrate(Math.toIntExact(job.codec().bitRate().orElse(0)));
    job.codec().options(job.preset()).forEach(recorder::setVideoOption);
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    recorder.start();
    return new Running() {
      @Override
      public void add(int index) throws IOException {
        recorder.record(ring[index], pixelFormat);
      }

      @Override
      public void close() throws IOException {
        recorder.close();
      }
    };
  }
}
