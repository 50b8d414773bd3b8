package io.reelmux.examples;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Encodes a drawn picture and a tone into a file, frame by frame. */
@Command(
    name = "EncodeAudioVideo",
    description = "Encodes an animated picture with a tone into a file.",
    mixinStandardHelpOptions = true)
public final class EncodeAudioVideo implements Callable<Integer> {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FRAME_RATE = 30;
  private static final int SAMPLE_RATE = 48_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "the file to write, its extension says in which container (${DEFAULT-VALUE})")
  private Path output = Path.of("out.mp4");

  @Option(names = "--seconds", description = "length (${DEFAULT-VALUE})")
  private int seconds = 10;

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // drawing into memory needs no screen, and must not look for one
    System.setProperty("java.awt.headless", "true");
    System.exit(Program.run(new EncodeAudioVideo(), args));
  }

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    EncodingResult result = encode();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    System.out.print(Report.of(output.toString(), result, wall));
    return 0;
  }

  private EncodingResult encode() throws IOException {
    Scene scene = new Scene(WIDTH, HEIGHT);
    Tone tone = new Tone(SAMPLE_RATE);
    int frames = seconds * FRAME_RATE;
    try (Encoder encoder = Encoder.create();
        ProgressBar progress = new ProgressBar("Encoding", frames)) {
      VideoStream video = encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, FRAME_RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(SAMPLE_RATE, 2));
      encoder.openFile(output);
      for (int n = 0; n < frames; n++) {
        video.addFrame(VideoFrame.of(scene.draw((double) n / FRAME_RATE)));
        audio.addSamples(tone.next(SAMPLE_RATE / FRAME_RATE));
        progress.step();
      }
      return encoder.finish();
    }
  }
}
