package io.reelmux.ffmpeg.reliability.hostile;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.FfmpegBackend;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A child JVM program that tries what aborts, crashes or hangs individual encoders. Prints each
 * case before trying it. Argument: {@code known}, or {@code all} for every encoder of the build at
 * many sizes.
 */
final class EncoderTrapMain {
  private static final List<String> KNOWN =
      List.of(
          "libx264", "libx265", "libopenh264", "libsvtav1", "libvpx-vp9", "libaom-av1", "mpeg4");
  private static final int[] SIZES = {1, 2, 8, 16, 24, 30, 32, 34, 64, 130};
  private static final List<String> CRASHING =
      List.of("video_size 4096x2160", "pixel_format yuv444p", "time_base 1/7", "ar 8000");

  private final EncoderCatalog catalog;
  private int tried;

  private EncoderTrapMain(EncoderCatalog catalog) {
    this.catalog = catalog;
  }

  public static void main(String[] arguments) throws IOException {
    EncoderTrapMain main = new EncoderTrapMain(new FfmpegBackend().catalog());
    boolean all = arguments[0].equals("all");
    for (EncoderInfo info : main.catalog.encoders(StreamKind.VIDEO)) {
      if (all || KNOWN.contains(info.name())) {
        main.sizes(info.name(), all);
        main.options(info.name());
      }
    }
    for (String codec : List.of("libmp3lame", "aac", "libopus", "ac3", "flac", "libvorbis")) {
      main.audio(codec);
    }
    if (NativeOwner.openCount() != 0) {
      throw new AssertionError(NativeOwner.openCount() + " owners left open");
    }
    System.out.println("tried " + main.tried);
  }

  private void sizes(String codec, boolean all) {
    for (int width : SIZES) {
      for (int height : all ? SIZES : new int[] {width}) {
        attempt(
            codec + " at " + width + "x" + height,
            () -> encode(VideoOptions.builder(width, height, 25).codec(codec).threads(1).build()));
      }
    }
  }

  private void options(String codec) {
    for (String line : CRASHING) {
      String[] pair = line.split(" ", 2);
      boolean accepted =
          attempt(
              codec + " with " + line,
              () ->
                  encode(
                      VideoOptions.builder(320, 240, 25)
                          .codec(codec)
                          .threads(1)
                          .option(pair[0], pair[1])
                          .build()));
      if (accepted) {
        throw new AssertionError(codec + " accepted " + line);
      }
    }
  }

  private void audio(String codec) {
    if (catalog.encoder(codec).isEmpty()) {
      return;
    }
    float[] loud = {1e5f, 3e5f, 1e12f, 1e30f, Float.MAX_VALUE, -Float.MAX_VALUE};
    for (float value : loud) {
      require(attempt(codec + " with " + value, () -> noise(codec, value)), codec + " " + value);
    }
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      require(!attempt(codec + " with " + value, () -> noise(codec, value)), codec + " " + value);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Returns whether the call succeeded; it may be refused, but must not fail in any other way. */
  private boolean attempt(String what, ThrowingRunnable<IOException> call) {
    System.out.println(what);
    tried++;
    try {
      call.run();
      return true;
    } catch (IllegalArgumentException | IOException e) {
      return false;
    }
  }

  private static void encode(VideoOptions options) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      byte[] pixels = new byte[options.width() * options.height() * 3];
      for (int i = 0; i < 3; i++) {
        Arrays.fill(pixels, (byte) (i * 90));
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, options.width(), options.height(), pixels));
      }
      encoder.finish();
    }
  }

  private static void noise(String codec, float loudest) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.builder(48_000, 2).codec(codec).build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      float[][] samples = new float[2][4800];
      for (int i = 0; i < 4800; i++) {
        samples[0][i] = i * 7919 % 13 < 6 ? loudest : -loudest;
        samples[1][i] = i * 104_729 % 17 < 8 ? loudest : 0;
      }
      audio.addSamples(samples);
      audio.addSamples(samples);
      encoder.finish();
    }
  }
}
