package io.reelmux.demos.transcode;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.demos.scene.Scene;
import io.reelmux.demos.scene.Tone;
import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small files to transcode. */
final class Sources {

  private Sources() {}

  /** Two seconds of two sizes, two frame rates, two sample rates. */
  static Path twoVideosTwoAudios(Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream wide =
          encoder.addVideo(VideoOptions.builder(320, 180, 25).language("jpn").build());
      VideoStream narrow =
          encoder.addVideo(
              VideoOptions.builder(160, 120, FrameRate.of(30_000, 1001)).language("eng").build());
      AudioStream stereo = encoder.addAudio(AudioOptions.of(8000, 2));
      AudioStream mono = encoder.addAudio(AudioOptions.of(16_000, 1));
      encoder.openFile(file);
      addFrames(wide, 50);
      addFrames(narrow, 60);
      stereo.addSamples(new Tone(8000).next(16_000));
      mono.addSamples(new float[][] {new Tone(16_000).next(32_000)[0]});
    }
    return file;
  }

  /** A frame at each of these times. */
  static Path framesAt(Path file, double... seconds) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(160, 120, 25).variableFrameRate(true).build());
      encoder.openFile(file);
      Scene scene = new Scene(160, 120);
      for (double time : seconds) {
        video.addFrame(
            VideoFrame.of(scene.draw(time)).withPts(Duration.ofNanos(Math.round(time * 1e9))));
      }
    }
    return file;
  }

  /** Frames of 161x91, which 4:2:0 does not allow. */
  static Path oddSize(Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(161, 91, 24).pixelFormat("yuv444p").build());
      encoder.openFile(file);
      addFrames(video, 12);
    }
    return file;
  }

  /** Adds a subtitle stream. */
  static Path withSubtitles(Path directory, Path video) throws IOException, InterruptedException {
    Path subtitles = directory.resolve("in.srt");
    Files.writeString(subtitles, "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
    Path file = directory.resolve("subtitled.mkv");
    String[] inputs = {
      "-i", video.toString(), "-i", subtitles.toString(), "-map", "0", "-map", "1"
    };
    List<String> arguments = new ArrayList<>(List.of(inputs));
    arguments.addAll(List.of("-c", "copy", file.toString()));
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    return file;
  }

  /** Damages a packet of the first stream: it claims to be longer than it is. */
  static void damagePacket(Path mp4, int index) throws IOException, InterruptedException {
    List<String> positions =
        FfmpegCli.ffprobe(mp4, "-select_streams", "v:0", "-show_entries", "packet=pos");
    long position = Long.parseLong(positions.get(index).replaceAll("\\D", ""));
    try (RandomAccessFile file = new RandomAccessFile(mp4.toFile(), "rw")) {
      file.seek(position);
      file.writeInt(Integer.MAX_VALUE);
    }
  }

  /** Ten frames of 160x120, then ten of 96x64. */
  static Path twoSizes(Path ts) throws IOException {
    for (int[] size : new int[][] {{160, 120}, {96, 64}}) {
      ByteArrayOutput part = new ByteArrayOutput();
      try (Encoder encoder = Encoder.create()) {
        VideoStream video = encoder.addVideo(VideoOptions.of(size[0], size[1], 25));
        encoder.openFileLike(part, "ts");
        addFrames(video, 10);
      }
      Files.write(ts, part.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return ts;
  }

  private static void addFrames(VideoStream video, int count) throws IOException {
    VideoOptions options = video.options();
    Scene scene = new Scene(options.width(), options.height());
    for (int n = 0; n < count; n++) {
      video.addFrame(VideoFrame.of(scene.draw(n / options.frameRate().toDouble())));
    }
    video.end();
  }
}
