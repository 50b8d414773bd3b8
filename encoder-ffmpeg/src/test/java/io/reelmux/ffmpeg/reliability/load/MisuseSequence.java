package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.AlphaMode;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One random sequence of calls on one encoder, from 1 to 8 threads. The seed determines all of it
 * except the order in which the threads run.
 */
final class MisuseSequence {
  private static final String[] CONTAINERS = {
    "mp4", "mov", "mkv", "webm", "mpegts", "flv", "avi", "wav", "ogg", "gif", "mp3", "flac", "no"
  };
  private static final String[] VIDEO_CODECS = {
    "libx264",
    "h264",
    "mpeg4",
    "libopenh264",
    "mjpeg",
    "ffv1",
    "mpeg2video",
    "rawvideo",
    "gif",
    "png",
    "flv1",
    "libx264rgb",
    "prores",
    "dnxhd",
    "huffyuv",
    "no such"
  };
  private static final String[] SLOW_CODECS = {"libsvtav1", "libx265", "libvpx-vp9", "libvpx"};
  private static final String[] AUDIO_CODECS = {
    "aac", "libmp3lame", "libopus", "flac", "pcm_s16le", "ac3", "libvorbis", "alac", "mp2", "wmav2"
  };
  private static final String[] PIXEL_FORMATS = {
    "yuv444p", "yuv420p", "yuv422p", "nv12", "gray", "rgb24", "yuv420p10le", "pal8", "bad", "cuda"
  };
  private static final String[][] OPTIONS = {
    {"video_size", "4096x2160"},
    {"pixel_format", "yuv444p"},
    {"time_base", "1/3"},
    {"b", "1M"},
    {"g", "1"},
    {"bf", "3"},
    {"crf", "-5"},
    {"crf", "20"},
    {"qmin", "99"},
    {"tune", "film"},
    {"tune", "nothing"},
    {"flags", "+qscale"},
    {"strict", "experimental"},
    {"level", "1"},
    {"profile", "high"},
    {"refs", "16"},
    {"x264-params", "keyint=1:bframes=0"},
    {"deadline", "realtime"},
    {"ar", "8000"},
    {"sample_fmt", "s16"},
    {"frame_size", "7"},
    {"threads", "2"},
    {"nonsense", "1"},
  };
  private static final float[] VALUES = {
    0, 0.5f, -1, 1, 3, 1e5f, 3e5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE
  };

  private final Random random;

  /** Whether settings are random too; most such encoders are refused. */
  private final boolean wild;

  private final Counts counts;
  private final MisuseDestinations destinations;
  private final Encoder encoder;
  private final List<VideoStream> videos = new CopyOnWriteArrayList<>();
  private final List<AudioStream> audios = new CopyOnWriteArrayList<>();
  private final Path file;

  /** Counts what happened. */
  static final class Counts {
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    void print() {
      ChildReport.print("calls", calls.get());
      ChildReport.print("refusals", refusals.get());
      ChildReport.print("opened", opened.get());
      ChildReport.print("finished", finished.get());
    }
  }

  MisuseSequence(long seed, Path directory, Counts counts) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.wild = chance(2);
    this.counts = counts;
    this.file =
        directory.resolve(
            "misuse" + seed + (wild ? pick(".mp4", ".mkv", ".ts", ".txt", "") : ".mp4"));
    Encoder.Builder settings = Encoder.builder();
    if (chance(10)) {
      settings.container(pick(ContainerMode.values()));
    }
    if (chance(20)) {
      settings.metadata("title", "a title").muxerOption(pick("flush_packets", "zzz"), "1");
    }
    if (chance(20)) {
      settings.interleaveBudget(1 << 20);
    }
    if (chance(20)) {
      settings.overwrite(false);
    }
    if (chance(20)) {
      settings.deadline(Duration.ofMillis(1 + random.nextInt(50)));
    }
    this.destinations = new MisuseDestinations(random);
    if (chance(10)) {
      settings.packetListener(destinations.listener(this::fromInside));
    }
    this.encoder = settings.build();
  }

  /** Runs to the end, and throws anything undocumented. */
  void run() throws IOException {
    List<Throwable> broken = new CopyOnWriteArrayList<>();
    if (!chance(10)) {
      call(broken, this::addStream);
      if (chance(2)) {
        call(broken, this::addStream);
      }
    }
    ThrowingRunnable<IOException> opening = chance(8) ? encoder::result : open();
    int threads = chance(2) ? 1 : 1 + random.nextInt(8);
    List<List<ThrowingRunnable<IOException>>> scripts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      scripts.add(script(2 + random.nextInt(8)));
    }
    if (destinations.mayBlock()) {
      scripts.get(0).add(0, opening);
    } else {
      call(broken, opening);
    }
    runAll(scripts, broken);
    if (destinations.mayBlock() || chance(6)) {
      call(broken, encoder::cancel);
    }
    call(broken, encoder::close);
    call(broken, encoder::close);
    if (encoder.result().isPresent()) {
      counts.finished.incrementAndGet();
    }
    Files.deleteIfExists(file);
    if (!broken.isEmpty()) {
      throw new AssertionError("not documented", broken.get(0));
    }
  }

  private void runAll(List<List<ThrowingRunnable<IOException>>> scripts, List<Throwable> broken) {
    if (scripts.size() == 1 && !destinations.mayBlock()) {
      scripts.get(0).forEach(step -> call(broken, step));
      return;
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads =
        scripts.stream()
            .map(script -> new Thread(() -> follow(script, start, broken), "misuse"))
            .toList();
    threads.forEach(Thread::start);
    start.countDown();
    if (destinations.mayBlock()) {
      ProcessWatch.pause(random.nextInt(3));
      call(broken, encoder::cancel);
      call(broken, encoder::close);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void follow(
      List<ThrowingRunnable<IOException>> script, CountDownLatch start, List<Throwable> broken) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    script.forEach(step -> call(broken, step));
  }

  private void call(List<Throwable> broken, ThrowingRunnable<IOException> call) {
    counts.calls.incrementAndGet();
    try {
      call.run();
    } catch (Throwable e) {
      counts.refusals.incrementAndGet();
      if (!isDocumented(e)) {
        broken.add(e);
      }
    }
  }

  private static boolean isDocumented(Throwable thrown) {
    boolean freed = String.valueOf(thrown.getMessage()).contains("could not free");
    return !freed
        && (thrown instanceof IllegalArgumentException
            || thrown instanceof IllegalStateException
            || thrown instanceof IOException
            || thrown instanceof Null
            || MisuseDestinations.isOwn(thrown));
  }

  /** Expects a NullPointerException where null was passed, and nowhere else. */
  private static final class Null extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Null(Throwable cause) {
      super(cause);
    }
  }

  private static void nulled(ThrowingRunnable<IOException> call) throws IOException {
    try {
      call.run();
    } catch (NullPointerException e) {
      throw new Null(e);
    }
  }

  private List<ThrowingRunnable<IOException>> script(int length) {
    List<ThrowingRunnable<IOException>> calls = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      calls.add(step());
    }
    return calls;
  }

  /** Creates a call on the thread that owns the random numbers; another thread runs it. */
  private ThrowingRunnable<IOException> step() {
    int kind = random.nextInt(40);
    if (kind < 16) {
      return frame();
    }
    if (kind < 28) {
      return samples();
    }
    int index = random.nextInt(4);
    return switch (kind) {
      case 28 -> this::addStream;
      case 29 -> open();
      case 30 -> () -> encoder.finish();
      case 31 -> encoder::cancel;
      case 32 -> encoder::close;
      case 33, 34 -> () -> endVideo(index);
      case 35, 36 -> () -> endAudio(index);
      case 37 -> () -> nulled(() -> anyVideo(index).addFrame(null));
      case 38 -> () -> nulled(() -> encoder.openFile(null));
      default -> () -> encoder.result();
    };
  }

  private void endVideo(int index) throws IOException {
    anyVideo(index).end();
  }

  private void endAudio(int index) throws IOException {
    anyAudio(index).end();
  }

  private VideoStream anyVideo(int index) {
    if (videos.isEmpty()) {
      throw new CancellationException("no video stream to try");
    }
    return videos.get(index % videos.size());
  }

  private AudioStream anyAudio(int index) {
    if (audios.isEmpty()) {
      throw new CancellationException("no audio stream to try");
    }
    return audios.get(index % audios.size());
  }

  /** Calls the encoder from inside its own destination or listener. */
  private void fromInside() throws IOException {
    switch (random.nextInt(3)) {
      case 0 -> encoder.cancel();
      case 1 -> encoder.close();
      default -> endVideo(0);
    }
  }

  private void addStream() {
    if (chance(3)) {
      audios.add(encoder.addAudio(audioOptions()));
    } else {
      videos.add(encoder.addVideo(videoOptions()));
    }
  }

  private int side() {
    if (!wild) {
      return 2 * (8 + random.nextInt(40));
    }
    return switch (random.nextInt(6)) {
      case 0 -> 1 + random.nextInt(20);
      case 1 -> 1 + random.nextInt(200);
      case 2 -> 8;
      default -> 2 * (8 + random.nextInt(40));
    };
  }

  private VideoOptions videoOptions() {
    double[] rates = {25, 29.97, 0.5, 1000, 12.3456};
    VideoOptions.Builder options =
        VideoOptions.builder(side(), side(), odd(3) ? rates[random.nextInt(5)] : 30);
    if (odd(40)) {
      options.codec(pick(SLOW_CODECS));
    } else if (odd(2)) {
      options.codec(pick(VIDEO_CODECS));
    }
    if (odd(6)) {
      options.pixelFormat(pick(PIXEL_FORMATS));
    }
    if (odd(6)) {
      String[] option = OPTIONS[random.nextInt(OPTIONS.length)];
      options.option(option[0], option[1]);
    }
    if (odd(8)) {
      options.outputSize(side(), side()).fit(pick(Fit.values()));
    }
    if (odd(8)) {
      options.variableFrameRate(true);
    }
    if (odd(12)) {
      options.alpha(pick(AlphaMode.values()));
    }
    if (odd(12)) {
      options.maxBFrames(random.nextInt(17)).gop(1 + random.nextInt(20));
    }
    if (odd(12)) {
      options.preset(pick("ultrafast", "placebo", "8", "none"));
    }
    if (!odd(4)) {
      options.threads(1);
    }
    return options.build();
  }

  private AudioOptions audioOptions() {
    int[] rates = {48_000, 44_100, 8_000, 11_025, 96_000, 4_000, 768_000};
    AudioOptions.Builder options =
        AudioOptions.builder(rates[random.nextInt(odd(4) ? 7 : 2)], 1 + random.nextInt(3));
    if (odd(2)) {
      options.codec(pick(AUDIO_CODECS));
    }
    if (odd(6)) {
      options.outputChannels(1 + random.nextInt(9));
    }
    if (odd(8)) {
      options.outputSampleRate(rates[random.nextInt(rates.length)]);
    }
    if (odd(8)) {
      String[] option = OPTIONS[random.nextInt(OPTIONS.length)];
      options.option(option[0], option[1]);
    }
    if (odd(8)) {
      options.sampleFormat(pick("s16", "fltp", "u8", "dbl", "none"));
    }
    return options.build();
  }

  private ThrowingRunnable<IOException> open() {
    String container = wild ? pick(CONTAINERS) : pick("mp4", "mov", "mkv");
    MisuseDestinations.Opening opening = destinations.next(file, this::fromInside);
    return () -> {
      opening.open(encoder, container);
      counts.opened.incrementAndGet();
    };
  }

  private ThrowingRunnable<IOException> frame() {
    int index = random.nextInt(4);
    PixelLayout layout = chance(3) ? pick(PixelLayout.values()) : PixelLayout.I420;
    boolean wrongSize = chance(20);
    boolean several = chance(8);
    Duration pts = chance(6) ? Duration.ofMillis(random.nextInt(1000)) : null;
    boolean key = chance(6);
    int value = random.nextInt();
    return () -> {
      VideoStream stream = anyVideo(index);
      int width = stream.options().width() + (wrongSize ? 1 : 0);
      int height = stream.options().height();
      byte[] pixels = new byte[(int) layout.frameBytes(width, height) * (several ? 3 : 1)];
      for (int i = 0; i < pixels.length; i += 3) {
        pixels[i] = (byte) (value >> (i & 15));
      }
      if (several) {
        stream.addFrames(VideoFrames.of(layout, width, height, pixels));
        return;
      }
      VideoFrame frame = VideoFrame.of(layout, width, height, pixels);
      frame = pts == null ? frame : frame.withPts(pts);
      stream.addFrame(key ? frame.withKeyFrame() : frame);
    };
  }

  private ThrowingRunnable<IOException> samples() {
    int index = random.nextInt(4);
    SampleLayout layout = chance(2) ? pick(SampleLayout.values()) : SampleLayout.FLOAT_PLANAR;
    int count = random.nextInt(3000);
    float value = chance(3) ? VALUES[random.nextInt(VALUES.length)] : 0.3f;
    int noise = random.nextInt();
    Duration pts = chance(10) ? Duration.ofMillis(random.nextInt(2000)) : null;
    return () -> {
      AudioStream stream = anyAudio(index);
      int channels = stream.options().channels();
      if (layout == SampleLayout.FLOAT_PLANAR) {
        float[][] samples = new float[channels][count];
        for (float[] channel : samples) {
          for (int i = 0; i < count; i++) {
            channel[i] = ((i * 31 ^ noise) & 64) == 0 ? value : -value;
          }
        }
        stream.addSamples(samples);
        return;
      }
      ByteBuffer bytes = ByteBuffer.allocate(count * channels * layout.type().bytes());
      new Random(noise).nextBytes(bytes.array());
      AudioSamples samples = AudioSamples.of(layout, channels, bytes);
      stream.addSamples(pts == null ? samples : samples.withPts(pts));
    };
  }

  /** Returns true once in so many times. */
  private boolean chance(int times) {
    return random.nextInt(times) == 0;
  }

  /** Like {@link #chance}, for a setting that may be refused. */
  private boolean odd(int times) {
    return wild && chance(times);
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
