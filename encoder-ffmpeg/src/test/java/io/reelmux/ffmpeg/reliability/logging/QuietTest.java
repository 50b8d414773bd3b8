package io.reelmux.ffmpeg.reliability.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.TestFrames;
import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing is printed and no device library is loaded, as observed from outside a child JVM. */
class QuietTest {

  @Test
  void encodeAndRefuse_anyEncoderButSvt_nothingPrinted() throws Exception {
    ChildJvm.Result child = run(ChildJvm.of(Programs.class));

    assertThat(child.err()).isEmpty();
    assertThat(child.out()).isEmpty();
    assertThat(child.exit()).isZero();
  }

  @Test
  void encode_svtLogDisabled_nothingPrinted() throws Exception {
    ChildJvm.Result child = run(ChildJvm.of(Svt.class).environment("SVT_LOG", "0"));

    assertThat(child.err()).isEmpty();
    assertThat(child.out()).isEmpty();
    assertThat(child.exit()).isZero();
  }

  @Test
  void encode_withoutUtf8AsDefault_tagsKept() throws Exception {
    Path file = Files.createTempFile("tags", ".mkv");
    try {
      ChildJvm.Result child =
          run(
              ChildJvm.of(Tagger.class)
                  .environment("LC_ALL", "C")
                  .jvm("-Dfile.encoding=ISO-8859-1")
                  .with(file));

      assertThat(child).isEqualTo(new ChildJvm.Result(0, "", ""));
      assertThat(MediaReader.demux(file).metadata()).containsEntry("title", Tagger.TITLE);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void encode_linux_avdeviceIsNotLoaded() throws Exception {
    ChildJvm.Result child = run(ChildJvm.of(Maps.class));

    assertThat(child.exit()).as(child.err()).isZero();
    assertThat(child.out()).contains("libavcodec").contains("libavfilter");
    // avdevice would require libpulse, which servers lack
    assertThat(child.out())
        .doesNotContain("libavdevice")
        .doesNotContain("libjniavdevice")
        .doesNotContain("libpulse");
  }

  private static ChildJvm.Result run(ChildJvm child) {
    return child.jvm("-Xmx256m").run(Duration.ofSeconds(100));
  }

  /** Encodes with many encoders and provokes many refusals. */
  static final class Programs {
    private Programs() {}

    public static void main(String[] arguments) throws IOException {
      boolean gpl = EncoderCatalog.load().encoder("libx264").isPresent();
      for (String codec : List.of("libx264", "libx265")) {
        if (gpl) {
          video(VideoOptions.builder(64, 48, 25).codec(codec).build());
          refused("mp4", e -> e.addVideo(VideoOptions.builder(8, 8, 25).codec(codec).build()));
          for (String option : List.of("preset", "tune", "profile", "level", "zzz")) {
            refused(
                "mp4",
                e ->
                    e.addVideo(
                        VideoOptions.builder(64, 48, 25)
                            .codec(codec)
                            .option(option, "zzz")
                            .build()));
          }
          refused(
              "mp4",
              e ->
                  e.addVideo(
                      VideoOptions.builder(64, 48, 25)
                          .codec(codec)
                          .pixelFormat("yuv444p")
                          .profile(codec.equals("libx264") ? "baseline" : "main")
                          .build()));
        }
      }
      for (String codec : List.of("libopenh264", "libvpx-vp9", "libvpx", "mpeg4", "mjpeg")) {
        video(VideoOptions.builder(64, 48, 25).codec(codec).build());
        for (String format : List.of("wav", "zzz", "hls")) {
          refused(format, e -> e.addVideo(VideoOptions.builder(64, 48, 25).codec(codec).build()));
        }
        for (String option : List.of("g", "qmin", "profile", "zzz", "video_size")) {
          refused(
              "mkv",
              e ->
                  e.addVideo(
                      VideoOptions.builder(64, 48, 25).codec(codec).option(option, "x").build()));
        }
        refused(
            "mkv", e -> e.addVideo(VideoOptions.builder(32_766, 8_190, 25).codec(codec).build()));
      }
      for (String codec : List.of("aac", "libopus", "libmp3lame", "flac", "ac3")) {
        audio(codec, "mkv");
        refused("gif", e -> e.addAudio(AudioOptions.builder(48_000, 2).codec(codec).build()));
        refused("mkv", e -> e.addAudio(AudioOptions.builder(48_000, 33).codec(codec).build()));
        refused(
            "mkv",
            e ->
                e.addAudio(
                    AudioOptions.builder(48_000, 2).codec(codec).option("cutoff", "x").build()));
      }
      for (String format : List.of("mp4", "mov", "avi", "flv", "ts", "ogg", "mp3", "wav")) {
        audio(null, format);
      }
    }

    private static void video(VideoOptions options) throws IOException {
      try (Encoder encoder = Encoder.create()) {
        VideoStream stream = encoder.addVideo(options);
        encoder.openFileLike(new ByteArrayOutput(), "mkv");
        for (int i = 0; i < 5; i++) {
          stream.addFrame(TestFrames.gradient(64, 48, i));
        }
      }
    }

    private static void audio(String codec, String format) throws IOException {
      AudioOptions.Builder options = AudioOptions.builder(44_100, 2);
      if (codec != null) {
        options.codec(codec);
      }
      try (Encoder encoder = Encoder.create()) {
        AudioStream stream = encoder.addAudio(options.build());
        encoder.openFileLike(new ByteArrayOutput(), format);
        stream.addSamples(new float[2][10_000]);
      }
    }

    private static void refused(String format, Consumer<Encoder> streams) throws IOException {
      try (Encoder encoder = Encoder.create()) {
        streams.accept(encoder);
        encoder.openFileLike(new ByteArrayOutput(), format);
        throw new AssertionError("nothing was refused for " + format);
      } catch (IOException | IllegalArgumentException e) {
        // expected
      }
    }
  }

  /** Encodes with SVT-AV1, which prints messages itself. */
  static final class Svt {
    private Svt() {}

    public static void main(String[] arguments) throws IOException {
      Programs.video(VideoOptions.builder(64, 48, 25).codec("libsvtav1").preset("12").build());
    }
  }

  /** Writes a file with a tag that requires UTF-8. */
  static final class Tagger {
    static final String TITLE = "\u00dcml\u00e4ut \u6f22\u5b57 \ud83c\udfac";

    private Tagger() {}

    public static void main(String[] arguments) throws IOException {
      try (Encoder encoder = Encoder.builder().metadata("title", TITLE).build()) {
        AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 1));
        encoder.openFile(Path.of(arguments[0]));
        stream.addSamples(new float[1][4_800]);
      }
    }
  }

  /** Encodes, queries the catalog, and prints the libraries that the process has mapped. */
  static final class Maps {
    private Maps() {}

    public static void main(String[] arguments) throws IOException {
      Programs.video(VideoOptions.builder(64, 48, 25).codec("mpeg4").build());
      Programs.audio("aac", "mp4");
      EncoderCatalog.load().containers();
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        if (line.contains(".so")) {
          System.out.println(line.substring(line.lastIndexOf('/') + 1));
        }
      }
    }
  }
}
