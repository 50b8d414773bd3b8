package io.reelmux.examples;

import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoOutput;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows images of any size one after another, cross-faded, with music, a title, a chapter for each
 * image, and a cover.
 *
 * <pre>./mvnw -q package -Dexample=SlideShow -Dargs="examples/images music.mp3 show.mp4"</pre>
 */
public final class SlideShow {
  private static final String HELP =
      """
      SlideShow FOLDER AUDIO OUT [SECONDS [WIDTH HEIGHT]]
        FOLDER        PNG and JPEG files, shown in the order of their names
        AUDIO         any file with audio; it is cut at the end of the show
        OUT           the MP4 file to write
        SECONDS       per image, at least 2 (4); in the last one the next image fades in
        WIDTH HEIGHT  of the video (1280 720); images are scaled to fit, on black""";

  private static final int RATE = 25;

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns the exit code. */
  static int run(String... args) {
    boolean help = List.of(args).contains("--help");
    if (help || args.length < 3) {
      (help ? System.out : System.err).println(HELP);
      return help ? 0 : 2;
    }
    try {
      int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 4;
      if (seconds < 2) {
        throw new IllegalArgumentException("SECONDS " + seconds + ": must be at least 2");
      }
      int width = args.length > 5 ? Integer.parseInt(args[4]) : 1280;
      int height = args.length > 5 ? Integer.parseInt(args[5]) : 720;
      write(list(Path.of(args[0])), Path.of(args[1]), Path.of(args[2]), seconds, width, height);
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "SlideShow: SECONDS, WIDTH and HEIGHT must be whole numbers; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("SlideShow: " + e.getMessage());
      return 1;
    }
  }

  private static void write(
      List<Path> images, Path audio, Path out, int seconds, int width, int height)
      throws IOException {
    BufferedImage next = read(images.get(0), width, height);
    Encoder.Builder file =
        Encoder.builder()
            .container(ContainerMode.FAST_START) // the last chapter has its end there
            .metadata("title", "A slide show")
            .cover(Files.readAllBytes(images.get(0)));
    for (int i = 0; i < images.size(); i++) {
      String name = images.get(i).getFileName().toString();
      file.chapter(
          Duration.ofSeconds((long) i * seconds), name.substring(0, name.lastIndexOf('.')));
    }
    try (MediaReader in = MediaReader.open(audio);
        AudioReader music = in.audio();
        Encoder encoder = file.build()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(width, height, RATE));
      AudioStream sound = encoder.addAudio(music.encoding().build());
      encoder.openFile(out);
      // as long as a frame, so that both streams grow at the same pace
      Iterator<AudioSamples> samples = music.chunks(music.sampleRate() / RATE).iterator();
      for (int i = 0; i < images.size(); i++) {
        BufferedImage image = next;
        next = i + 1 < images.size() ? read(images.get(i + 1), width, height) : image;
        for (int n = 0; n < seconds * RATE; n++) {
          int fading = Math.max(0, n - (seconds - 1) * RATE);
          video.addFrame(VideoFrame.of(blend(image, next, (float) fading / RATE)));
          if (samples.hasNext()) {
            Duration time = Duration.ofMillis(1000L * (i * seconds * RATE + n) / RATE);
            sound.addSamples(samples.next().withPts(time)); // from 0, wherever the file begins
          }
        }
      }
      System.out.println(images.size() + " images, " + encoder.finish().duration());
    }
  }

  private static BufferedImage blend(BufferedImage image, BufferedImage next, float opacity) {
    if (opacity == 0) {
      return image;
    }
    BufferedImage both = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
    Graphics2D g = both.createGraphics();
    g.drawImage(image, 0, 0, null);
    g.setComposite(AlphaComposite.SrcOver.derive(opacity));
    g.drawImage(next, 0, 0, null);
    g.dispose();
    return both;
  }

  /** Reads an image, upright as its camera was held, in the middle of a frame. */
  private static BufferedImage read(Path file, int width, int height) throws IOException {
    VideoOutput fitted = VideoOutput.of(PixelLayout.BGR24).size(width, height, Fit.CONTAIN);
    try (MediaReader in = MediaReader.open(file)) {
      return in.video(fitted).frame(0).toImage();
    } catch (ReaderException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not a folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> images =
          files.filter(f -> f.toString().matches("(?i).*\\.(png|jpe?g)")).sorted().toList();
      if (images.isEmpty()) {
        throw new IOException("there are no PNG and JPEG files in " + folder);
      }
      return images;
    }
  }
}
