package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.ReadFrame;
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
    end.run();
    for (Call call : calls(reader, video, cursor, packets)) {
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
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
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
