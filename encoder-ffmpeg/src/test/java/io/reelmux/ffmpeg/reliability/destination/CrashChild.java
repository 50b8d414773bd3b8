package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Encodes into a file at the rate of a camera until it is killed. Prints its progress after each
 * frame: the frames fed, and the time up to which each stream was muxed. Arguments: file, whether
 * there is video, whether there is audio, frames between key frames.
 */
public final class CrashChild {
  static final int RATE = 25;
  private static final int SAMPLES = Clip.AUDIO_RATE / RATE;

  private CrashChild() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    boolean hasVideo = Boolean.parseBoolean(arguments[1]);
    boolean hasAudio = Boolean.parseBoolean(arguments[2]);
    Encoder encoder =
        Encoder.builder()
            .packetListener(
                packet ->
                    line(
                        "muxed",
                        packet.stream().index(),
                        packet.time().toMillis(),
                        packet.stream().timeBase().toDuration(packet.dts()).toMillis()))
            .build();
    VideoStream video =
        hasVideo
            ? encoder.addVideo(
                VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE)
                    .gop(Integer.parseInt(arguments[3]))
                    .threads(1)
                    .build())
            : null;
    AudioStream audio = hasAudio ? encoder.addAudio(AudioOptions.of(Clip.AUDIO_RATE, 1)) : null;
    encoder.openFile(Path.of(arguments[0]));
    long start = System.nanoTime();
    for (int i = 0; ; i++) {
      feed(video, audio, i);
      line("fed", i, 0, 0);
      long due = start + i * (1_000_000_000L / RATE);
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    }
  }

  private static void feed(VideoStream video, AudioStream audio, int i) throws IOException {
    if (video != null) {
      video.addFrame(Clip.frame(i));
    }
    if (audio != null) {
      audio.addSamples(Clip.samples(i * SAMPLES, SAMPLES));
    }
  }

  private static void line(String what, long a, long b, long c) {
    System.out.println(what + " " + a + " " + b + " " + c + " .");
    System.out.flush();
  }
}
