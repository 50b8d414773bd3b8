package io.reelmux.ffmpeg.reliability.hostile;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A child JVM program that passes odd texts to every text setting. Arguments: a directory for
 * files, the port of a server that must not receive a connection.
 */
final class HostileTextMain {
  private static final String[] CONTAINERS = {"mp4", "mkv", "mpegts", "flv", "ogg", "avi"};

  private final List<String> texts;
  private int tried;
  private int refused;

  private HostileTextMain(int port) {
    texts = texts(port);
  }

  public static void main(String[] arguments) throws IOException {
    HostileTextMain main = new HostileTextMain(Integer.parseInt(arguments[1]));
    // with its first channel the JVM opens a pair of sockets of its own
    Files.delete(Files.writeString(Path.of(arguments[0], "first"), "x"));
    long sockets = sockets();
    main.settings();
    main.fileNames(Path.of(arguments[0]));
    if (NativeOwner.openCount() != 0) {
      throw new AssertionError(NativeOwner.openCount() + " owners left open");
    }
    if (sockets() > sockets) {
      throw new AssertionError("a socket was opened");
    }
    System.out.println("tried " + main.tried + " refused " + main.refused);
  }

  private static List<String> texts(int port) {
    String host = "127.0.0.1:" + port;
    List<String> all =
        new ArrayList<>(
            List.of(
                "http://" + host + "/x",
                "tcp://" + host,
                "rtmp://" + host + "/live/x",
                "ftp://" + host + "/x",
                "concat:a.mp4|b.mp4",
                "concat:http://" + host + "/a|b",
                "pipe:1",
                "pipe:",
                "file:planted.mp4",
                "data:text/plain,x",
                "tee:planted1.mp4|planted2.mp4",
                "[f=mp4]planted1.mp4|[f=mpegts]planted2.ts",
                "tee",
                "segment",
                "hls",
                "image2",
                "subfile,,start,0,end,9,,:planted",
                "cache:planted",
                "crypto:planted",
                "../../planted",
                "planted%03d",
                "%s%n%n%s%p",
                "$(touch planted)",
                "`touch planted`",
                ";touch planted;",
                "|touch planted",
                "'",
                "\"",
                "\\",
                ":",
                "=",
                "a=b:c=d",
                ",;[]{}@",
                "-",
                "--help",
                " lead and trail ",
                "\n",
                "\r\nX-Header: 1",
                "\t\u0001\u0007\u001b[31m",
                "\u0000",
                "before\u0000after",
                "\ud800",
                "\udfff\ud800",
                "\ufeff\u202e",
                "\ufffe\uffff",
                "日本語 ü 😀",
                "NaN",
                "1e999",
                "-9223372036854775809",
                "0x7fffffff",
                "x".repeat(255),
                "😀".repeat(32_768),
                "x".repeat(65_536),
                "x=".repeat(32_768),
                ":".repeat(65_536),
                "x".repeat(1 << 20)));
    return all;
  }

  private void attempt(
      String where, String text, boolean mustRefuse, ThrowingRunnable<IOException> call) {
    tried++;
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError(where + " refused without a message", e);
      }
      refused++;
      return;
    } catch (EncoderException e) {
      refused++;
      return;
    } catch (IOException e) {
      throw new AssertionError(where + " with " + shortened(text), e);
    }
    if (mustRefuse) {
      throw new AssertionError(where + " accepted " + shortened(text));
    }
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private void settings() {
    int turn = 0;
    for (String text : texts) {
      String container = CONTAINERS[turn++ % CONTAINERS.length];
      attempt("codec", text, true, () -> video(b -> b.codec(text), "mkv"));
      attempt("pixelFormat", text, true, () -> video(b -> b.pixelFormat(text), "mkv"));
      attempt("preset", text, !text.equals("-"), () -> video(b -> b.preset(text), "mkv"));
      attempt("profile", text, false, () -> video(b -> b.profile(text), "mkv"));
      attempt("language", text, text.length() != 3, () -> video(b -> b.language(text), "mkv"));
      attempt("title", text, false, () -> video(b -> b.title(text), container));
      attempt("option name", text, true, () -> video(b -> b.option(text, "1"), "mkv"));
      for (String option : List.of("flags", "g", "rc_eq", "mpv_flags", "dump_separator")) {
        attempt(option, text, false, () -> video(b -> b.option(option, text), "mkv"));
      }
      for (String option : List.of("tune", "profile", "level", "x264-params", "x264opts")) {
        attempt(
            option, text, false, () -> video(b -> b.codec("libx264").option(option, text), "mkv"));
      }
      attempt(
          "aom-params",
          text,
          false,
          () -> video(b -> b.codec("libaom-av1").option("aom-params", text), "mkv"));
      attempt(
          "svtav1-params",
          text,
          false,
          () -> video(b -> b.codec("libsvtav1").option("svtav1-params", text), "mkv"));
      attempt(
          "x265-params",
          text,
          false,
          () -> video(b -> b.codec("libx265").option("x265-params", text), "mkv"));
      attempt("format", text, true, () -> video(b -> b.codec("mpeg4"), text));
      attempt(
          "tag name", text, false, () -> whole(Encoder.builder().metadata(text, "x"), container));
      attempt(
          "tag", text, false, () -> whole(Encoder.builder().metadata("title", text), container));
      attempt(
          "muxer option name",
          text,
          true,
          () -> whole(Encoder.builder().muxerOption(text, "1"), container));
      for (String option : List.of("movflags", "brand", "encryption_scheme", "fflags")) {
        attempt(
            option, text, false, () -> whole(Encoder.builder().muxerOption(option, text), "mp4"));
      }
      for (String option : List.of("protocol_whitelist", "dump_separator", "cryptokey")) {
        attempt(
            option, text, false, () -> whole(Encoder.builder().muxerOption(option, text), "mkv"));
      }
      attempt("audio codec", text, true, () -> audio(b -> b.codec(text)));
      attempt("sampleFormat", text, true, () -> audio(b -> b.sampleFormat(text)));
      attempt("audio option", text, true, () -> audio(b -> b.option(text, "1")));
      attempt("audio value", text, false, () -> audio(b -> b.option("aac_coder", text)));
    }
  }

  private static void video(UnaryOperator<VideoOptions.Builder> change, String format)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoOptions.Builder options = VideoOptions.builder(64, 64, 25).codec("mpeg4").threads(1);
      run(encoder, change.apply(options).build(), format);
    }
  }

  private static void whole(Encoder.Builder settings, String format) throws IOException {
    try (Encoder encoder = settings.build()) {
      String codec = format.equals("flv") ? "flv" : format.equals("ogg") ? "libvpx" : "mpeg4";
      run(encoder, VideoOptions.builder(64, 64, 25).codec(codec).threads(1).build(), format);
    }
  }

  private static void run(Encoder encoder, VideoOptions options, String format) throws IOException {
    VideoStream video = encoder.addVideo(options);
    encoder.openFileLike(new ByteArrayOutput(), format);
    video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 64, new byte[64 * 64]));
    encoder.finish();
  }

  private static void audio(UnaryOperator<AudioOptions.Builder> change) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio =
          encoder.addAudio(change.apply(AudioOptions.builder(48_000, 1).codec("aac")).build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      audio.addSamples(new float[1][1024]);
      encoder.finish();
    }
  }

  /** Every name that the file system accepts becomes a file with exactly that name. */
  private void fileNames(Path directory) throws IOException {
    for (String text : texts) {
      String name = text + ".mp4";
      Path file;
      try {
        file = directory.resolve(name);
      } catch (InvalidPathException e) {
        refused++;
        continue;
      }
      if (!directory.equals(file.normalize().getParent())) {
        // more than a name
        continue;
      }
      tried++;
      boolean possible = canExist(file);
      try (Encoder encoder = Encoder.create()) {
        VideoStream video =
            encoder.addVideo(VideoOptions.builder(64, 64, 25).codec("mpeg4").build());
        encoder.openFile(file);
        video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 64, new byte[64 * 64]));
      } catch (IOException e) {
        refused++;
        if (possible) {
          throw e;
        }
        continue;
      }
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> found = files.toList();
        if (found.size() != 1 || !found.get(0).equals(file)) {
          throw new AssertionError("wanted " + file + ", got " + found);
        }
      }
      Files.delete(file);
    }
  }

  private static boolean canExist(Path file) {
    try {
      Files.delete(Files.createFile(file));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long sockets() {
    File[] open = new File("/proc/self/fd").listFiles();
    long count = 0;
    for (File descriptor : open == null ? new File[0] : open) {
      try {
        if (Files.readSymbolicLink(descriptor.toPath()).toString().startsWith("socket:")) {
          count++;
        }
      } catch (IOException e) {
        // closed in the meantime
      }
    }
    return count;
  }
}
