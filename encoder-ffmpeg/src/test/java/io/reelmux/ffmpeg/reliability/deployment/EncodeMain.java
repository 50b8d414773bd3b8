package io.reelmux.ffmpeg.reliability.deployment;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Encodes small clips, one per thread, all at once; prints the backend and a line per clip.
 * Arguments: threads, layouts ({@code one} or {@code all}).
 */
public final class EncodeMain {

  private EncodeMain() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    int threads = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
    boolean all = arguments.length > 1 && arguments[1].equals("all");
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<String>> clips = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      clips.add(
          pool.submit(
              () -> {
                start.await();
                return all ? encodeAll() : encode(PixelLayout.RGB24, "mp4");
              }));
    }
    boolean failed = false;
    for (Future<String> clip : clips) {
      try {
        System.out.println("encoded " + clip.get());
      } catch (ExecutionException e) {
        failed = true;
        System.out.println(e.getCause());
      }
    }
    pool.shutdown();
    failed |= usesDevices();
    System.exit(failed ? 2 : 0);
  }

  private static boolean usesDevices() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (Files.exists(maps) && Files.readString(maps).contains("avdevice")) {
      System.out.println("avdevice is loaded");
      return true;
    }
    return false;
  }

  private static String encodeAll() throws IOException {
    String last = "";
    String[] formats = {"mp4", "mkv", "mov", "mpegts", "flv"};
    int turn = 0;
    for (PixelLayout layout : PixelLayout.values()) {
      last = encode(layout, formats[turn++ % formats.length]);
    }
    return last;
  }

  private static String encode(PixelLayout layout, String format) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, 25));
      AudioStream audio = encoder.addAudio(AudioOptions.of(44_100, 2));
      encoder.openFileLike(output, format);
      byte[] pixels = new byte[(int) layout.frameBytes(64, 48)];
      for (int i = 0; i < 5; i++) {
        video.addFrame(VideoFrame.of(layout, 64, 48, pixels));
        audio.addSamples(new float[2][1764]);
      }
      result = encoder.finish();
    }
    return output.toByteArray().length + " bytes with " + result.backend();
  }
}
