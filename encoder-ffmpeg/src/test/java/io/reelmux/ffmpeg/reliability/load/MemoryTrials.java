package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.media.Demuxer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A child JVM program with a small heap, whose memory must stay bounded. */
public final class MemoryTrials {

  private MemoryTrials() {}

  /** Runs the program. Arguments: the trial, the directory, and its own. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    int first = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "long" -> longEncode(directory, first, Integer.parseInt(arguments[3]));
      case "silent" -> silentStream(directory, first, Integer.parseInt(arguments[3]));
      case "many" -> many(directory, first);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    ChildReport.print("owners", NativeOwner.openCount());
    ChildReport.print("peak", peakKib());
  }

  private static long peakKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  /** Encodes one frame over and over, with audio, as fast as possible. */
  private static void longEncode(Path directory, int frames, int width) throws IOException {
    int height = width * 9 / 32 * 2;
    ProcessWatch watch = new ProcessWatch();
    VideoFrame frame =
        VideoFrame.of(PixelLayout.I420, width, height, new byte[width * height * 3 / 2]);
    float[][] silence = new float[1][1600];
    double heapBefore = 0;
    long handles = 0;
    long threads = 0;
    Path file = directory.resolve("long.mp4");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(fast(width, height).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFile(file);
      int step = Math.max(1, frames / 100);
      for (int i = 0; i < frames; i++) {
        video.addFrame(frame);
        audio.addSamples(silence);
        if (i == frames / 5) {
          heapBefore = usedHeap();
          handles = ProcessWatch.handles();
          threads = ProcessWatch.threads();
        }
        if (i % step == 0 && i >= frames / 5) {
          watch.sample(i);
        }
      }
      ChildReport.print("heapGrowth", usedHeap() - heapBefore);
      ChildReport.print("handles", ProcessWatch.handles() - handles);
      ChildReport.print("threads", ProcessWatch.threads() - threads);
    }
    ChildReport.print("slope", watch.slopeKibPerThousand());
    ChildReport.print("growth", watch.growthMib());
    ChildReport.print("resident", ProcessWatch.residentKib());
    ChildReport.print("packets", Arrays.toString(Demuxer.countPackets(file)));
  }

  private static VideoOptions.Builder fast(int width, int height) {
    VideoOptions.Builder options = VideoOptions.builder(width, height, 30).threads(1);
    return isGpl() ? options.codec("libx264").preset("ultrafast") : options.codec("mpeg4");
  }

  private static boolean isGpl() {
    return "gpl".equals(System.getProperty("reelmux.natives", "gpl"));
  }

  private static double usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
  }

  /** Feeds frames but no audio until the budget is used up. */
  private static void silentStream(Path directory, int budgetMib, int width) throws IOException {
    Path file = directory.resolve("silent.mp4");
    int height = width * 9 / 32 * 2;
    VideoFrame[] inputs = new VideoFrame[8];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = noise(width, height, i);
    }
    Encoder.Builder settings = Encoder.builder();
    if (budgetMib != 256) {
      settings.interleaveBudget((long) budgetMib << 20);
    }
    Encoder encoder = settings.build();
    VideoStream video = encoder.addVideo(many(width, height).build());
    encoder.addAudio(AudioOptions.of(48_000, 1));
    encoder.openFile(file);
    int frames = 0;
    String message = "";
    try {
      while (frames < 1_000_000) {
        video.addFrame(inputs[frames % inputs.length]);
        frames++;
      }
    } catch (EncoderException e) {
      message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
    ChildReport.print("peakWaiting", peakKib());
    encoder.close();
    ChildReport.print("message", message);
    ChildReport.print("frames", frames);
    ChildReport.print("packets", Arrays.toString(Demuxer.countPackets(file)));
    ChildReport.print("mib", Files.size(file) / (double) (1 << 20));
  }

  /** Returns options that leave frames in flight when the budget runs out: x264 looks ahead. */
  private static VideoOptions.Builder many(int width, int height) {
    VideoOptions.Builder options = VideoOptions.builder(width, height, 30);
    return isGpl()
        ? options.codec("libx264").preset("superfast").crf(1)
        : options.codec("mpeg4").quality(Quality.HIGHEST);
  }

  private static VideoFrame noise(int width, int height, int seed) {
    byte[] pixels = new byte[width * height * 3];
    new Random(seed).nextBytes(pixels);
    return VideoFrame.of(PixelLayout.RGB24, width, height, pixels);
  }

  /** Many encoders open at once, then all fed, then all closed. */
  private static void many(Path directory, int count) throws IOException {
    List<Encoder> encoders = new ArrayList<>();
    List<VideoStream> videos = new ArrayList<>();
    List<AudioStream> audios = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Encoder encoder = Encoder.create();
      videos.add(encoder.addVideo(VideoOptions.builder(640, 360, 25).threads(1).build()));
      audios.add(encoder.addAudio(Clips.audio()));
      encoder.openFile(directory.resolve("many" + i + ".mp4"));
      encoders.add(encoder);
    }
    VideoFrame frame = Clips.frame(640, 360, 3);
    float[][] silence = new float[1][Clips.SAMPLES];
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < count; i++) {
        videos.get(i).addFrame(frame);
        audios.get(i).addSamples(silence);
      }
    }
    ChildReport.print("openOwners", NativeOwner.openCount());
    ChildReport.print("resident", ProcessWatch.residentKib());
    int readable = 0;
    for (int i = 0; i < count; i++) {
      encoders.get(i).close();
      readable += Demuxer.countPackets(directory.resolve("many" + i + ".mp4"))[0] == 5 ? 1 : 0;
    }
    ChildReport.print("readable", readable);
  }
}
