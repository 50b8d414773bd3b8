package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** The same program as {@link ColdReelmux} with JavaCV's recorder. */
final class ColdJavaCv {
  private ColdJavaCv() {}

  /** Runs the program. Arguments: file of the frames, file to write, width, height. */
  public static void main(String[] args) throws IOException {
    int width = Integer.parseInt(args[2]);
    int height = Integer.parseInt(args[3]);
    int bytes = 3 * width * height;
    ByteBuffer pixels = ByteBuffer.allocateDirect(bytes + JavaCvLoop.SLACK).limit(bytes);
    Frame frame = new Frame();
    frame.imageWidth = width;
    frame.imageHeight = height;
    frame.imageDepth = Frame.DEPTH_UBYTE;
    frame.imageChannels = 3;
    frame.imageStride = 3 * width;
    frame.image = new Buffer[] {pixels};
    boolean first = true;
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FileChannel frames = FileChannel.open(Path.of(args[0]));
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(args[1], width, height)) {
      recorder.setFormat("mp4");
      recorder.setFrameRate(Job.RATE);
      recorder.setVideoCodecName("libx264");
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setVideoOption("preset", "ultrafast");
      recorder.setVideoOption("crf", "23");
      recorder.start();
      while (ColdStep.read(frames, pixels)) {
        recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
        if (first) {
          ColdStep.report();
          first = false;
        }
      }
    }
    ColdStep.report();
  }
}
