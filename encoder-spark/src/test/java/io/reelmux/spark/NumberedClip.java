package io.reelmux.spark;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Clips of a square that moves; its color and the number of frames follow from the clip's number.
 */
public final class NumberedClip implements ClipEncoder<Integer> {
  private static final long serialVersionUID = 1;
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  public static int frames(int clip) {
    return 5 + clip % 7;
  }

  @Override
  public String name(Integer clip) {
    return "group-%d/clip-%03d.mp4".formatted(clip % 3, clip);
  }

  @Override
  public void encode(Integer clip, ClipOutput output) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(output.cpus()));
      output.open(encoder);
      add(clip, video);
    }
  }

  private static VideoOptions options(int threads) {
    return VideoOptions.builder(WIDTH, HEIGHT, 25).threads(threads).build();
  }

  private static void add(int clip, VideoStream video) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int n = 0; n < frames(clip); n++) {
      Graphics g = image.getGraphics();
      g.setColor(new Color(clip * 0x10305));
      g.fillRect(5 * n, 2 * n, 16, 16);
      g.dispose();
      video.addFrame(VideoFrame.of(image));
    }
  }

  /** Returns the SHA-256 sum of the clip as a program without Spark encodes it. */
  public static String expectedSha256(int clip, Path scratch) throws Exception {
    Path file = scratch.resolve("expected-" + clip + ".mp4");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(1));
      encoder.openFile(file);
      add(clip, video);
    }
    String sum = sha256(file);
    Files.delete(file);
    return sum;
  }

  public static String sha256(Path file) throws Exception {
    return sha256(Files.readAllBytes(file));
  }

  public static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
