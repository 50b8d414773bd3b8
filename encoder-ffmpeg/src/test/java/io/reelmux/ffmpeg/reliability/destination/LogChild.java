package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Another library's log callback is there before this one loads; prints what it gets. */
public final class LogChild {
  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();

  /** Kept, as FFmpeg demands. */
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
    say("before");
    for (int i = 0; i < 3; i++) {
      encode();
      System.gc();
      say("after " + i);
    }
    Thread other = new Thread(() -> say("from another thread"));
    other.start();
    other.join();
    System.out.println("level " + avutil.av_log_get_level());
    RECEIVED.forEach(message -> System.out.println("received " + message));
  }

  private static void say(String text) {
    avutil.av_log((Pointer) null, avutil.AV_LOG_ERROR, "theirs " + text + "\n");
  }

  private static void encode() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(Clip.WIDTH, Clip.HEIGHT, 25));
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      for (int i = 0; i < 5; i++) {
        video.addFrame(Clip.frame(i));
      }
    }
  }
}
