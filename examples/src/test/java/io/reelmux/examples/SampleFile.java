package io.reelmux.examples;

import io.reelmux.testing.FfmpegCli;
import java.nio.file.Path;

/** A file to read, which the ffmpeg command makes. */
final class SampleFile {
  private SampleFile() {}

  /**
   * Writes 75 frames, 160x90, 25 per second, a key frame each second, and a tone of 440 Hz that is
   * quiet until second 1 and loud from then on.
   */
  static Path write(Path file) throws Exception {
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=160x90:rate=25:duration=3",
        "-f",
        "lavfi",
        "-i",
        "aevalsrc='(0.1+0.8*gte(t,1))*sin(880*PI*t)':s=48000:d=3",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-g",
        "25",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        file.toString());
    return file;
  }
}
