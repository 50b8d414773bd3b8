package io.reelmux.ffmpeg.reliability.logging;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.TestFrames;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Installs another log callback before this library loads, and prints what it receives. */
public final class LogChild {
  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();

  /** Strongly reachable, as FFmpeg requires. */
  private static final LogCallback THEIRS =
      new LogCallback() {
        @Override
        public void call(int level, BytePointer message) {
          RECEIVED.add(message.getString().strip());
        }
      };

  private LogChild() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    avutil.setLogCallback(THEIRS);
    avutil.av_log_set_level(avutil.AV_LOG_VERBOSE);
    log("before");
    for (int i = 0; i < 3; i++) {
      encode();
      System.gc();
      log("after " + i);
    }
    Thread other = new Thread(() -> log("from another thread"));
    other.start();
    other.join();
    System.out.println("level " + avutil.av_log_get_level());
    RECEIVED.forEach(message -> System.out.println("received " + message));
  }

  private static void log(String text) {
    avutil.av_log((Pointer) null, avutil.AV_LOG_ERROR, "theirs " + text + "\n");
  }

  private static void encode() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(128, 64, 25));
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      for (int i = 0; i < 5; i++) {
        video.addFrame(TestFrames.gradient(128, 64, i));
      }
    }
  }
}
