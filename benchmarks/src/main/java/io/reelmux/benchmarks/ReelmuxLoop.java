package io.reelmux.benchmarks;

import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** This library, used as in a program: a frame object over the program's own memory. */
final class ReelmuxLoop implements EncodeLoop {
  private final Job job;
  private final PixelLayout layout;
  private final ByteBuffer[] ring;

  ReelmuxLoop(Job job, PixelLayout layout, ByteBuffer[] ring) {
    this.job = job;
    this.layout = layout;
    this.ring = ring;
  }

  @Override
  public Running start(Path file) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video =
        encoder.addVideo(
            VideoOptions.builder(job.width(), job.height(), Job.RATE)
                .codec(Job.ENCODER)
                .preset(Job.PRESET)
                .crf(Job.CRF)
                .pixelFormat("yuv420p")
                .build());
    encoder.openFile(file);
    return new Running() {
      @Override
      public void add(int index) throws IOException {
        video.addFrame(VideoFrame.of(layout, job.width(), job.height(), ring[index]));
      }

      @Override
      public void close() throws IOException {
        encoder.close();
      }
    };
  }
}
