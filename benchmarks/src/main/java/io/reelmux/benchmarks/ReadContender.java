package io.reelmux.benchmarks;

import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.Conversion;
import io.reelmux.reader.VideoOutput;
import org.jspecify.annotations.Nullable;

/** What is read, with what, and the target that is compared with. Every decoder has one thread. */
enum ReadContender {
  DECODE("Plain FFmpeg calls, decoding only", null, 0),
  JAVACV("JavaCV FFmpegFrameGrabber.grabImage", null, 0),
  JAVACV_SMALL("JavaCV grabImage, 224x224", null, 0),
  FFMPEG_COMMAND("ffmpeg command, rgb24", null, 0),
  SOURCE("Reelmux, as decoded (I420)", null, 0),
  PLANAR("Reelmux, RGB_PLANAR", DECODE, 1.30),
  RGBA("Reelmux, RGBA", DECODE, 1.45),
  RGB24("Reelmux, RGB24", DECODE, 1.55),
  FAST("Reelmux, RGB24, Conversion.FAST", DECODE, 1.10),
  SMALL("Reelmux, RGB24, 224x224", JAVACV_SMALL, 1.00),
  JAVACV_RANDOM("JavaCV, a random frame", null, 0),
  RANDOM("Reelmux, RGB24, a random frame", JAVACV_RANDOM, 0.70),
  OPEN("Reelmux, open and info", null, 0);

  /** The most milliseconds of wall-clock time that {@link #OPEN} is to need. */
  static final double OPEN_MILLIS = 15;

  /** How often the file is read to warm up. */
  static final int WARM_UPS = 2;

  /** The width and height of small frames, as models have them. */
  static final int SMALL_SIZE = 224;

  private final String title;
  private final @Nullable ReadContender base;
  private final double target;

  ReadContender(String title, @Nullable ReadContender base, double target) {
    this.title = title;
    this.base = base;
    this.target = target;
  }

  String title() {
    return title;
  }

  /** Returns what the target is a part of; null if there is no such target. */
  @Nullable ReadContender base() {
    return base;
  }

  /** Returns the most CPU time that is aimed at, the base's being 1. */
  double target() {
    return target;
  }

  /** Returns how often its process does the same before it is measured. */
  int warmUps() {
    return this == RANDOM || this == JAVACV_RANDOM ? 1 : WARM_UPS;
  }

  /** Returns whether it reads all frames in order, so that decoding can be compared with it. */
  boolean isSequential() {
    return this != RANDOM && this != JAVACV_RANDOM && this != OPEN;
  }

  /** Returns the loop; the command has none. */
  ReadLoop loop() {
    VideoOutput rgb24 = VideoOutput.of(PixelLayout.RGB24).threads(1);
    return switch (this) {
      case DECODE -> new DecodeLoop();
      case JAVACV -> JavaCvReads.sequence(0);
      case JAVACV_SMALL -> JavaCvReads.sequence(SMALL_SIZE);
      case JAVACV_RANDOM -> JavaCvReads.random();
      case SOURCE -> ReelmuxReads.sequence(VideoOutput.source().threads(1));
      case PLANAR -> ReelmuxReads.sequence(VideoOutput.of(PixelLayout.RGB_PLANAR).threads(1));
      case RGBA -> ReelmuxReads.sequence(VideoOutput.of(PixelLayout.RGBA).threads(1));
      case RGB24 -> ReelmuxReads.sequence(rgb24);
      case FAST -> ReelmuxReads.sequence(rgb24.conversion(Conversion.FAST));
      case SMALL -> ReelmuxReads.sequence(rgb24.size(SMALL_SIZE, SMALL_SIZE, Fit.STRETCH));
      case RANDOM -> ReelmuxReads.random(rgb24);
      case OPEN -> ReelmuxReads.open();
      case FFMPEG_COMMAND ->
          throw new IllegalStateException(this + " runs in a process of its own");
    };
  }
}
