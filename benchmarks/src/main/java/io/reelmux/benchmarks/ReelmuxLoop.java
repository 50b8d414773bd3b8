package io.reelmux.benchmarks;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** This library, used as in a program: a frame object over the program's own memory. */
final class ReelmuxLoop implements EncodeLoop {
  private final Job job;
  private final IntFunction<VideoFrame> frames;

  /**
   * Creates a loop.
   *
   * @param frames returns the frame at an index of the ring
   */
  ReelmuxLoop(Job job, IntFunction<VideoFrame> frames) {
    this.job = job;
    this.frames = frames;
  }

  @Override
  public Running start(Path file) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(options());
    encoder.openFile(file);
    return running(encoder, video);
  }

  @Override
  public Running startInMemory() throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(options());
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    return running(encoder, video);
  }

  private VideoOptions options() {
    VideoOptions.Builder options =
        VideoOptions.builder(job.width(), job.height(), Job.RATE).pixelFormat("yuv420p");
    job.codec().apply(job.preset(), options);
    return options.build();
  }

  private Running running(Encoder encoder, VideoStream video) {
    return new Running() {
      @Override
      public void add(int index) throws IOException {
        video.addFrame(frames.apply(index));
      }

      @Override
      public void close() throws IOException {
        encoder.close();
      }
    };
  }
}
