package io.reelmux.reader.ffmpeg.cut;

import io.reelmux.EncoderCatalog;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.cut.Chunk;
import io.reelmux.cut.ChunkEncoder;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.Joiner;
import io.reelmux.testing.FfmpegCli;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Frames with motion, noise and cuts, the chunks that are encoded of them, and what is decoded. */
final class Footage {
  static final int WIDTH = 128;
  static final int HEIGHT = 96;
  static final FrameRate NTSC = FrameRate.of(30_000, 1001);

  /** Another scene begins. */
  private static final int SCENE = 40;

  private Footage() {}

  static VideoOptions.Builder options(String codec) {
    return VideoOptions.builder(WIDTH, HEIGHT, NTSC).codec(codec);
  }

  static boolean has(String codec) throws IOException {
    return EncoderCatalog.load().encoder(codec).isPresent();
  }

  static FrameSource source() {
    return FrameSource.of(Footage::frame);
  }

  /** Returns a frame: always the same one for a number. */
  static VideoFrame frame(long number) {
    int scene = (int) (number / SCENE);
    Random noise = new Random(number);
    byte[] i420 = new byte[WIDTH * HEIGHT * 3 / 2];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int moving = ((x + 2 * (int) number) / 12 + (y + (int) number) / (9 + scene)) % 2 * 60;
        i420[y * WIDTH + x] = (byte) (50 + 20 * (scene % 3) + moving + x / 4 + noise.nextInt(9));
      }
    }
    Arrays.fill(i420, WIDTH * HEIGHT, i420.length, (byte) (120 + 5 * scene));
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, i420);
  }

  /** Encodes all chunks of a plan into files of a folder, the last one first. */
  static List<ChunkResult> encode(CutPlan plan, Path folder) throws IOException {
    List<ChunkResult> results = new ArrayList<>();
    for (Chunk chunk : plan.chunks()) {
      results.add(
          0,
          ChunkEncoder.of(plan, source())
              .encode(chunk, folder.resolve("chunk-" + chunk.index() + ".mp4")));
    }
    return results;
  }

  static Joiner joiner(CutPlan plan, List<ChunkResult> results) {
    Joiner joiner = Joiner.of(plan);
    results.forEach(joiner::chunk);
    return joiner;
  }

  /** Returns a digest of each frame of files that the installed ffmpeg decodes, file by file. */
  static List<String> digests(List<Path> files) throws IOException, InterruptedException {
    Path list = files.get(0).resolveSibling("frames.md5");
    List<String> arguments = new ArrayList<>();
    files.forEach(file -> arguments.addAll(List.of("-i", file.toString())));
    for (int i = 0; i < files.size(); i++) {
      arguments.addAll(List.of("-map", i + ":v:0"));
    }
    // of files that begin in the middle, ffmpeg complains
    arguments.addAll(List.of("-v", "fatal"));
    arguments.addAll(List.of("-vsync", "passthrough", "-f", "framemd5", list.toString()));
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    return Files.readAllLines(list).stream()
        .filter(line -> !line.startsWith("#"))
        .sorted(Comparator.comparing(line -> Integer.valueOf(line.substring(0, line.indexOf(',')))))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .toList();
  }

  static List<String> digests(Path file) throws IOException, InterruptedException {
    return digests(List.of(file));
  }

  /** Returns the files of chunks, in the order of the video. */
  static List<Path> files(List<ChunkResult> results) {
    return inOrder(results).stream().map(result -> Path.of(result.location())).toList();
  }

  static List<ChunkResult> inOrder(List<ChunkResult> results) {
    return results.stream().sorted(Comparator.comparing(result -> result.chunk().index())).toList();
  }

  /** Returns a SHA-256 sum in hexadecimal digits. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns what remains of an object when it is carried to another machine. */
  @SuppressWarnings("unchecked")
  static <T> T carried(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
