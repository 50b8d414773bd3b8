package io.reelmux.cuda.standin;

import com.sun.management.ThreadMXBean;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** Encodes many frames, and prints the memory used after the warm-up. */
public final class StableMemoryMain {
  private static final int WARM_UP = 200;
  private static final int FRAMES = 500;
  private static final int WIDTH = 128;
  private static final int HEIGHT = 96;

  private StableMemoryMain() {}

  /** Runs the program. Argument: a {@link Footage.Source}. */
  public static void main(String[] arguments) throws IOException {
    Standin.load();
    Footage footage = Footage.of(Footage.Source.valueOf(arguments[0]), WIDTH, HEIGHT, 2);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Gpu gpu = new Gpu(footage.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(2).build());
      encoder.openFileLike(OutputStream.nullOutputStream(), "mkv");
      DeviceFrames onGpu = footage.batch(gpu, 0, 1);
      VideoFrame inHost = VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, footage.frames()[0]);
      feed(video, footage, onGpu, inHost, WARM_UP);
      long pointers = Pointer.totalBytes() + Pointer.totalCount();
      long process = Pointer.physicalBytes();
      long heap = threads.getCurrentThreadAllocatedBytes();
      feed(video, footage, onGpu, inHost, FRAMES);
      heap = threads.getCurrentThreadAllocatedBytes() - heap;
      print("javacpp", Pointer.totalBytes() + Pointer.totalCount() - pointers);
      print("growth", Pointer.physicalBytes() - process);
      print("bytesPerFrame", heap / FRAMES);
      print("frames", encoder.finish().streams().get(0).framesIn() - WARM_UP);
    }
    print("owners", NativeOwner.openCount());
    Standin.load().assertNothingLeft();
  }

  private static void feed(
      VideoStream video, Footage footage, DeviceFrames onGpu, VideoFrame inHost, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      if (footage.onDevice()) {
        video.addFrames(onGpu);
      } else {
        video.addFrame(inHost);
      }
    }
  }

  private static void print(String name, long value) {
    System.out.println(name + "=" + value);
  }
}
