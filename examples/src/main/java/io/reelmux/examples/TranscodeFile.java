package io.reelmux.examples;

import io.reelmux.Fit;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Encodes a file again: scaled, filtered, or a part of it. {@code audio=copy} keeps the audio's
 * packets.
 *
 * <pre>
 * ./mvnw -q package -Dexample=TranscodeFile \
 *     -Dargs="in.mov out.mp4 size=640x360 filter=hflip trim=3-8 audio=copy"
 * </pre>
 */
public final class TranscodeFile {

  /**
   * Runs the program.
   *
   * @param args the file, the file to write, and settings, each as {@code name=value}
   * @throws IOException if the file cannot be read, or the other one cannot be written
   */
  public static void main(String[] args) throws IOException {
    Transcoder transcoder = Transcoder.of(Path.of(args[0]));
    VideoOutput frames = VideoOutput.source();
    for (String setting : Arrays.asList(args).subList(2, args.length)) {
      String[] parts = setting.split("=", 2);
      String value = parts[parts.length - 1];
      switch (parts[0]) {
        case "size" -> {
          String[] size = value.split("x", 2);
          frames = frames.size(Integer.parseInt(size[0]), Integer.parseInt(size[1]), Fit.CONTAIN);
        }
        case "filter" -> frames = frames.filter(value);
        case "trim" -> {
          String[] times = value.split("-", 2);
          transcoder.trim(seconds(times[0]), seconds(times[1]));
        }
        case "audio" -> {
          if (!value.equals("copy")) {
            throw new IllegalArgumentException(setting + ": must be audio=copy");
          }
          transcoder.copyAudio();
        }
        default -> throw new IllegalArgumentException("there is no setting " + setting);
      }
    }
    TranscodeResult done = transcoder.video(frames).toFile(Path.of(args[1]));
    System.out.printf("%s, %d bytes%n", done.encoding().duration(), done.encoding().bytes());
    done.notes().forEach(System.out::println);
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text)));
  }
}
