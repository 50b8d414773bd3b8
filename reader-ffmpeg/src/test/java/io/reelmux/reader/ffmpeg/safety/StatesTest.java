package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that are closed, cancelled and used from many threads, with the real backend. */
@RequiresFfmpegCli
class StatesTest {
  private static final VideoOutput OUTPUT = VideoOutput.of(PixelLayout.I420);

  @TempDir private static Path folder;

  /** A call of a reader, or of what it has opened. */
  private interface Call {
    void run() throws IOException;
  }

  /** Everything that a reader opens, and all calls that need it. */
  private static List<Call> calls(
      MediaReader reader, VideoReader video, FrameCursor cursor, PacketCursor packets) {
    return List.of(
        () -> reader.video(OUTPUT),
        reader::packets,
        video::index,
        video::frameCount,
        () -> video.frame(0),
        () -> video.frameShownAt(Duration.ZERO),
        () -> video.framesAt(0, 1),
        () -> video.framesIn(0, 4, 2),
        () -> video.framesShownAt(List.of(Duration.ZERO)),
        () -> video.readAt(new long[] {0}, ByteBuffer.allocate(video.frameBytes())),
        () -> video.frames().iterator().next(),
        () -> video.encoding(),
        cursor::next,
        () -> cursor.seek(0),
        () -> cursor.seek(Duration.ZERO),
        packets::next,
        () -> packets.seek(Duration.ZERO));
  }

  /** All calls of audio, and of a cursor of both. */
  private static List<Call> audioCalls(MediaReader reader, AudioReader audio, MediaCursor both) {
    return List.of(
        reader::audio,
        audio::start,
        audio::sampleCount,
        audio::all,
        () -> audio.samples(0, 10),
        () -> audio.samples(Duration.ZERO, Duration.ofMillis(10)),
        () -> audio.chunks(100).iterator().next(),
        both::next);
  }

  private static void use(
      Path file, Call end, MediaReader reader, Class<? extends Throwable> expected)
      throws IOException {
    VideoReader video = reader.video(OUTPUT);
    FrameCursor cursor = video.cursor();
    assertThat(cursor.next()).isTrue();
    ReadFrame frame = cursor.frame();
    byte[] before = bytes(frame);
    FrameIndex index = video.index();
    PacketCursor packets = reader.packets();
    assertThat(packets.next()).isTrue();
    List<Call> all = new ArrayList<>(calls(reader, video, cursor, packets));
    if (!reader.info().audios().isEmpty()) {
      AudioReader audio = reader.audio();
      assertThat(audio.samples(0, 10).count()).isEqualTo(10);
      MediaCursor both = reader.interleaved(video, audio);
      assertThat(both.next()).isTrue();
      all.addAll(audioCalls(reader, audio, both));
    }
    end.run();
    for (Call call : all) {
      assertThatThrownBy(call::run).as(file.toString()).isInstanceOf(expected);
    }
    assertThat(reader.info().videos()).isNotEmpty();
    assertThat(video.report().decoded()).isPositive();
    assertThat(index.count()).isPositive();
    assertThat(bytes(frame)).isEqualTo(before);
  }

  private static byte[] bytes(ReadFrame frame) {
    ByteBuffer pixels = frame.pixels().duplicate();
    byte[] bytes = new byte[pixels.remaining()];
    pixels.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"H264_AAC_MP4", "H264_AAC_TS", "GIF"})
  void calls_afterCloseOrCancel_areRefused(Seed seed) throws Exception {
    Path file = seed.in(folder);
    MediaReader closed = MediaReader.open(file);
    use(file, closed::close, closed, IllegalStateException.class);
    closed.close();
    closed.cancel();

    MediaReader cancelled = MediaReader.open(file);
    use(file, cancelled::cancel, cancelled, CancellationException.class);
    cancelled.close();
    assertThatThrownBy(() -> cancelled.video(OUTPUT)).isInstanceOf(CancellationException.class);
    assertThat(NativeOwner.openCount()).isZero();
  }

  /** One reader, and all that it has opened, in eight threads that do not know of each other. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void calls_fromEightThreadsWhileItEnds_endInDocumentedExceptions(boolean cancel)
      throws Exception {
    for (int round = 0; round < 10; round++) {
      MediaReader reader = MediaReader.open(Seed.H264_AAC_MP4.in(folder));
      VideoReader video = reader.video(OUTPUT);
      AudioReader audio = reader.audio();
      List<Call> all = new ArrayList<>(calls(reader, video, video.cursor(), reader.packets()));
      all.addAll(audioCalls(reader, audio, reader.interleaved(video, audio)));
      ExecutorService executor = Executors.newFixedThreadPool(8);
      List<Future<Throwable>> ends = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(8 * round + thread);
        ends.add(executor.submit(() -> catchThrowable(() -> callUntilRefused(all, random))));
      }
      Thread.sleep(10 * round);
      if (cancel) {
        reader.cancel();
      } else {
        reader.close();
      }
      for (Future<Throwable> end : ends) {
        assertThat(end.get(30, TimeUnit.SECONDS))
            .isInstanceOfAny(IllegalStateException.class, CancellationException.class);
      }
      reader.close();
      executor.shutdown();
      assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
      assertThat(NativeOwner.openCount()).isZero();
    }
  }

  /** Ends with what refuses a call in the end; the end of the file is no reason to stop. */
  private static void callUntilRefused(List<Call> all, Random random) throws IOException {
    while (true) {
      try {
        all.get(random.nextInt(all.size())).run();
      } catch (NoSuchElementException e) {
        // an iterator at the end
      }
    }
  }

  @Test
  void calls_afterTheTranscoderIsCanceled_areRefused() throws Exception {
    Path copy = folder.resolve("canceled.mp4");
    Transcoder before = Transcoder.of(Seed.H264_AAC_MP4.in(folder));
    before.cancel();
    assertThatThrownBy(() -> before.toFile(copy)).isInstanceOf(CancellationException.class);

    Transcoder during = Transcoder.of(Seed.H264_AAC_MP4.in(folder));
    during.progress(
        progress -> {
          if (progress.frames() > 3) {
            during.cancel();
          }
        });
    assertThatThrownBy(() -> during.toFile(copy)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> during.toFile(copy)).isInstanceOf(IllegalStateException.class);
    assertThat(copy).doesNotExist();
    assertThat(NativeOwner.openCount()).isZero();
  }

  /** The reader and the encoder of a transcoder are canceled by seven threads at once. */
  @Test
  void transcoder_canceledFromManyThreadsAtAnyTime_leavesNothingBehind() throws Exception {
    for (int round = 0; round < 8; round++) {
      Path copy = folder.resolve("raced.mp4");
      Transcoder transcoder = Transcoder.of(Seed.H264_AAC_MP4.in(folder));
      ExecutorService executor = Executors.newFixedThreadPool(8);
      Future<Throwable> running =
          executor.submit(() -> catchThrowable(() -> transcoder.toFile(copy)));
      Thread.sleep(8 * round);
      for (int thread = 1; thread < 8; thread++) {
        executor.execute(transcoder::cancel);
      }
      Throwable thrown = running.get(30, TimeUnit.SECONDS);
      executor.shutdown();
      assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
      // a short file may have been complete before
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(CancellationException.class);
        assertThat(copy).doesNotExist();
      }
      Files.deleteIfExists(copy);
      assertThat(NativeOwner.openCount()).isZero();
    }
  }

  @Test
  void calls_afterTheStreamReaderIsClosed_areRefused() throws Exception {
    try (MediaReader reader = MediaReader.open(Seed.H264_AAC_MP4.in(folder))) {
      VideoReader video = reader.video(OUTPUT);
      FrameCursor cursor = video.cursor();
      video.close();
      assertThatThrownBy(video::index).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
      assertThat(reader.video(OUTPUT).frame(3).index()).isEqualTo(3);
    }
    assertThat(NativeOwner.openCount()).isZero();
  }

  /** Delivers little at a time, after a while; an interrupt does not hurry it. */
  private static final class SlowSource implements ByteSource {
    private final byte[] bytes;
    private final CountDownLatch reads = new CountDownLatch(5);
    private volatile boolean slow;

    SlowSource(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      if (position >= bytes.length) {
        return -1;
      }
      int most = slow ? 64 : target.remaining();
      if (slow) {
        reads.countDown();
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
      }
      int left = bytes.length - (int) position;
      int count = Math.min(Math.min(most, target.remaining()), left);
      target.put(bytes, (int) position, count);
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "cursor", "frame", "packets", "open"})
  void cancel_whileASlowSourceIsRead_endsTheCallSoon(String call) throws Exception {
    for (boolean close : new boolean[] {false, true}) {
      SlowSource source = new SlowSource(longFile());
      MediaReader reader = MediaReader.open(source);
      VideoReader video = reader.video(OUTPUT);
      source.slow = true;
      ExecutorService executor = Executors.newSingleThreadExecutor();
      try {
        Future<Throwable> running =
            executor.submit(() -> catchThrowable(() -> slowly(call, reader, video)));
        assertThat(source.reads.await(20, TimeUnit.SECONDS)).isTrue();
        if (close) {
          reader.close();
        } else {
          reader.cancel();
        }
        long from = System.nanoTime();
        assertThat(awaited(running)).isInstanceOf(CancellationException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
      } finally {
        reader.close();
        executor.shutdownNow();
      }
      assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
      assertThat(NativeOwner.openCount()).isZero();
    }
  }

  /** Longer than what a demuxer reads at once: a transport stream, six times. */
  private static byte[] longFile() throws Exception {
    byte[] once = Files.readAllBytes(Seed.H264_AAC_TS.in(folder));
    byte[] bytes = new byte[6 * once.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = once[i % once.length];
    }
    return bytes;
  }

  private static Throwable awaited(Future<Throwable> running) throws Exception {
    try {
      return running.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the call goes on", e);
    }
  }

  private static void slowly(String call, MediaReader reader, VideoReader video)
      throws IOException {
    switch (call) {
      case "index" -> video.index();
      case "frame" -> video.frame(20);
      case "open" -> reader.video(OUTPUT);
      case "cursor" -> {
        FrameCursor cursor = video.cursor();
        while (cursor.next()) {
          cursor.frame();
        }
      }
      default -> {
        PacketCursor packets = reader.packets();
        while (packets.next()) {
          packets.packet();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H264_AAC_MP4", "H264_AAC_TS", "MPEG4_MP3_AVI", "HEVC_FLAC_MKV"})
  void frames_ofEightReadersAtOnce_areTheirOwn(Seed seed) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try (MediaReader reader = MediaReader.open(seed.in(folder))) {
      List<byte[]> expected = new ArrayList<>();
      for (ReadFrame frame : reader.video(OUTPUT).frames()) {
        expected.add(bytes(frame));
      }
      assertThat(expected).hasSizeGreaterThan(10).doesNotHaveDuplicates();
      CountDownLatch start = new CountDownLatch(8);
      List<Future<Integer>> right = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(thread);
        right.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return rightFrames(reader, expected, random);
                }));
      }
      for (Future<Integer> each : right) {
        assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(20);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(NativeOwner.openCount()).isZero();
  }

  private static int rightFrames(MediaReader reader, List<byte[]> expected, Random random)
      throws IOException {
    int right = 0;
    try (VideoReader video = reader.video(OUTPUT)) {
      for (int i = 0; i < 20; i++) {
        int n = random.nextInt(expected.size());
        right += Arrays.equals(bytes(video.frame(n)), expected.get(n)) ? 1 : 0;
      }
    }
    return right;
  }
}
