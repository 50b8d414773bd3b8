package io.reelmux.ffmpeg.media;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated video frames and audio. Frames are packed RGB24. */
final class Fixtures {

  /** Small, and even in both directions. */
  static final int WIDTH = 64;

  /** See {@link #WIDTH}. */
  static final int HEIGHT = 48;

  /** Minimum PSNR of the same frame after lossy coding, in dB. */
  static final double GOOD_PSNR = 30;

  private Fixtures() {}

  /** Returns whether this run uses the GPL native libraries, which include x264. */
  static boolean gpl() {
    return "gpl".equals(System.getProperty("reelmux.natives"));
  }

  /** Returns the default H.264 encoder of the native libraries of this run. */
  static String h264() {
    return gpl() ? "libx264" : "libopenh264";
  }

  /** Red grows to the right, green downwards, blue along the diagonal. */
  static byte[] gradient(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[i++] = (byte) (255 * x / Math.max(1, width - 1));
        rgb[i++] = (byte) (255 * y / Math.max(1, height - 1));
        rgb[i++] = (byte) (255 * (x + y) / Math.max(1, width + height - 2));
      }
    }
    return rgb;
  }

  /** Returns one of a sequence of smooth moving frames; no two are equal. */
  static byte[] moving(int width, int height, int index) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = 2 * Math.PI * (x + 1.5 * index) / width;
        double v = 2 * Math.PI * (y - 0.7 * index) / height;
        rgb[i++] = (byte) (128 + 70 * Math.sin(u) + 30 * Math.sin(v));
        rgb[i++] = (byte) (128 + 60 * Math.cos(u + v));
        rgb[i++] = (byte) (128 + 50 * Math.sin(v) - 20 * Math.cos(u));
      }
    }
    return rgb;
  }

  /** Returns random bytes. */
  static byte[] noise(int bytes, long seed) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  /** Eight vertical bars: black, the six saturated colors, white. */
  static byte[] bars(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      int bar = i % width * 8 / width;
      rgb[3 * i] = (byte) ((bar & 2) != 0 ? 255 : 0);
      rgb[3 * i + 1] = (byte) ((bar & 4) != 0 ? 255 : 0);
      rgb[3 * i + 2] = (byte) ((bar & 1) != 0 ? 255 : 0);
    }
    return rgb;
  }

  /** The same tone on all channels. */
  static float[][] sine(int sampleRate, int channels, int samples) {
    float[][] sine = new float[channels][samples];
    for (int i = 0; i < samples; i++) {
      float value = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / sampleRate));
      for (int channel = 0; channel < channels; channel++) {
        sine[channel][i] = value;
      }
    }
    return sine;
  }

  static List<byte[]> movingFrames(int count) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(moving(WIDTH, HEIGHT, i));
    }
    return frames;
  }

  static VideoFrame rgb24(int width, int height, byte[] rgb) {
    return VideoFrame.of(PixelLayout.RGB24, width, height, rgb);
  }

  static VideoFrame movingFrame(int index) {
    return rgb24(WIDTH, HEIGHT, moving(WIDTH, HEIGHT, index));
  }

  /** Returns a builder for a stream of moving frames. */
  static VideoOptions.Builder options(double frameRate) {
    return VideoOptions.builder(WIDTH, HEIGHT, frameRate);
  }

  /**
   * For tests that compare two encodings by x264: its AVX-512 code for the macroblock tree yields
   * different bits in about one of a hundred runs, even with one thread and without Reelmux.
   *
   * @param container the container whose default codec the stream uses
   */
  static VideoOptions.Builder repeatable(VideoOptions.Builder builder, String container) {
    boolean x264 = gpl() && !List.of("webm", "avi", "gif").contains(container);
    return x264 ? builder.option("mbtree", "0") : builder;
  }

  static void addMoving(VideoStream stream, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      stream.addFrame(movingFrame(i));
    }
  }

  /** Encodes moving frames and finishes. */
  static EncodingResult encodeMoving(
      VideoOptions options, OutputStream target, String format, int frames) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFileLike(target, format);
      addMoving(stream, 0, frames);
      return encoder.finish();
    }
  }

  /** Encodes moving frames and returns the bytes of the file. */
  static byte[] encodeMoving(VideoOptions options, String format, int frames) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    encodeMoving(options, output, format, frames);
    return output.toByteArray();
  }

  /** Encodes these frames and returns the bytes of the file. */
  static byte[] encode(VideoOptions options, String format, VideoFrame... frames)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFileLike(output, format);
      for (VideoFrame frame : frames) {
        stream.addFrame(frame);
      }
    }
    return output.toByteArray();
  }

  /** Encodes one frame losslessly and returns it as decoded. */
  static DecodedFrame roundTrip(VideoOptions options, String format, VideoFrame frame)
      throws IOException {
    return MediaReader.read(encode(options, format, frame)).video(0).frames().get(0);
  }
}
