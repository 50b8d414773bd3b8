package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuCtxGetCurrent;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.Packet;
import io.reelmux.VideoStream;
import io.reelmux.cuda.standin.Footage.Source;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However an encoder ends, it leaves nothing behind: nothing in the driver, no owner, and no
 * context on the caller's thread.
 */
@RequiresStandin
class LifetimeStandinTest {
  private static final int COUNT = 8;
  private static final Footage DEVICE = Footage.of(Source.DEVICE_RGB24, 64, 64, COUNT);
  private static final Footage HOST = Footage.of(Source.HOST_RGB24, 64, 64, COUNT);

  private long owners;

  @BeforeEach
  void countOwners() {
    owners = NativeOwner.openCount();
  }

  /** The stand-in extension asserts after every test that nothing is left in the driver. */
  @AfterEach
  void assertNoOwnerLeft() {
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  /** How an encoder ends. */
  enum End {
    FINISHED,
    CLOSED,
    CANCELED,
    CLOSED_BEFORE_THE_FIRST,
    CLOSED_UNOPENED
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void close_afterAnyEnd_leavesNothing(End end, Standin standin) throws IOException {
    for (Footage footage : List.of(DEVICE, HOST)) {
      try (Gpu gpu = new Gpu(footage.joined())) {
        Encoder encoder = Encoder.create();
        VideoStream video = encoder.addVideo(footage.options().maxBFrames(2).build());
        if (end != End.CLOSED_UNOPENED) {
          encoder.openFileLike(new ByteArrayOutput(), "mp4");
          assertThat(standin.live()).containsEntry("session", "1");
        }
        if (end != End.CLOSED_UNOPENED && end != End.CLOSED_BEFORE_THE_FIRST) {
          footage.add(video, gpu, Set.of());
        }
        if (end == End.FINISHED) {
          encoder.finish();
        } else if (end == End.CANCELED) {
          encoder.cancel();
        }
        encoder.close();
        assertThat(NativeOwner.openCount()).isEqualTo(owners);
        assertOnlyCallersObjectsLeft(standin);
      }
    }
  }

  /** Only the caller's own memory and its reference to the context are left. */
  private static void assertOnlyCallersObjectsLeft(Standin standin) {
    assertThat(standin.live())
        .containsEntry("alloc", "1")
        .containsEntry("ctx", "1")
        .allSatisfy(
            (name, value) -> {
              if (!name.equals("alloc") && !name.equals("ctx")) {
                assertThat(value).as(name).isEqualTo("0");
              }
            });
  }

  @Test
  void cancel_fromAnotherThreadWhileEncoding_leavesNothing(Standin standin) throws Exception {
    standin.set("SLOW_US", 3000);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Gpu gpu = new Gpu(DEVICE.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(DEVICE.options().build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      Future<?> canceling =
          other.submit(
              () -> {
                Thread.sleep(20);
                encoder.cancel();
                return null;
              });

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  DEVICE.add(video, gpu, Set.of());
                }
              })
          .isInstanceOf(IllegalStateException.class);
      canceling.get();
    } finally {
      other.shutdown();
    }
  }

  /** Every call of each kind fails once, in an encoding of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FAIL_ENCODE_AT",
        "FAIL_LOCK_AT",
        "FAIL_ALLOC_AT",
        "FAIL_REGISTER_AT",
        "FAIL_MAP_AT",
        "FAIL_BITSTREAM_AT"
      })
  void encode_eachCallFailingInTurn_leavesNothing(String key, Standin standin) throws IOException {
    for (Footage footage : List.of(DEVICE, HOST)) {
      int failures = 0;
      boolean whole = false;
      for (int k = 1; !whole; k++) {
        List<Packet> packets = new ArrayList<>();
        standin.reset();
        try (Gpu gpu = new Gpu(footage.joined())) {
          standin.reset();
          standin.set(key, k);
          whole = encode(footage, gpu, packets);
        }
        standin.assertNothingLeft();
        assertThat(NativeOwner.openCount()).as("%s=%d", key, k).isEqualTo(owners);
        assertThat(current()).isZero();
        failures += whole ? 0 : 1;
        if (whole) {
          assertFrames(packets, footage);
        }
      }
      assertThat(failures).as(key).isGreaterThanOrEqualTo(1);
    }
  }

  /** Returns whether encoding succeeded. */
  private static boolean encode(Footage footage, Gpu gpu, List<Packet> packets) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().maxBFrames(2).build());
      encoder.openPackets(packets::add);
      footage.add(video, gpu, Set.of());
      encoder.finish();
      return true;
    } catch (EncoderException e) {
      assertThat(e).hasMessageStartingWith("could not ");
      assertThat(e.stream()).contains("video 0");
      return false;
    }
  }

  @Test
  void encode_failsMidway_framesBeforeItArePlayable(Standin standin) throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Gpu gpu = new Gpu(DEVICE.joined())) {
      standin.set("FAIL_ENCODE_AT", 6);
      Encoder encoder = Encoder.create();
      VideoStream video = encoder.addVideo(DEVICE.options().maxBFrames(0).build());
      encoder.openFileLike(out, "mp4");

      assertThatThrownBy(() -> DEVICE.add(video, gpu, Set.of()))
          .isInstanceOf(EncoderException.class);
      encoder.close();
    }

    byte[][] frames = MediaReader.read(out.toByteArray()).video(0).nv12();
    assertThat(frames.length).isBetween(1, 5);
    for (int n = 0; n < frames.length; n++) {
      assertThat(frames[n]).isEqualTo(DEVICE.expected()[n]);
    }
  }

  @Test
  void encoder_neverClosed_isFreedByTheCleaner(Standin standin) throws Exception {
    try (Gpu gpu = new Gpu(DEVICE.joined())) {
      forget(gpu);
      assertThat(NativeOwner.openCount()).isGreaterThan(owners);

      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (NativeOwner.openCount() > owners && System.nanoTime() < end) {
        System.gc();
        Thread.sleep(20);
      }

      assertThat(NativeOwner.openCount()).isEqualTo(owners);
      assertOnlyCallersObjectsLeft(standin);
    }
  }

  private static void forget(Gpu gpu) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(DEVICE.options().maxBFrames(2).build());
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    DEVICE.add(video, gpu, Set.of());
  }

  @Test
  void callersThread_noContext_hasNoneAfterAnyCall() throws IOException {
    assertThat(current()).isZero();

    assertContextStays(0);
  }

  @Test
  void callersThread_otherContext_keepsIt(Standin standin) throws IOException {
    standin.set("DEVICES", 2);
    try (Gpu other = new Gpu(1, new byte[1])) {
      other.enter();
      try {
        long own = current();
        assertThat(own).isNotZero();

        assertContextStays(own);
      } finally {
        other.leave();
      }
      assertThat(current()).isZero();
    }
  }

  private static void assertContextStays(long context) throws IOException {
    for (Footage footage : List.of(DEVICE, HOST)) {
      List<Packet> packets = new ArrayList<>();
      try (Gpu gpu = new Gpu(footage.joined());
          Encoder encoder = Encoder.create()) {
        VideoStream video = encoder.addVideo(footage.options().maxBFrames(2).build());
        assertThat(current()).isEqualTo(context);
        encoder.openPackets(packets::add);
        assertThat(current()).as("after open").isEqualTo(context);
        footage.add(video, gpu, Set.of());
        assertThat(current()).as("after add").isEqualTo(context);
        encoder.finish();
        assertThat(current()).as("after finish").isEqualTo(context);
      }
      assertThat(current()).as("after close").isEqualTo(context);
      assertFrames(packets, footage);
    }
  }

  /** Address of the context that is current on this thread, or 0. */
  private static long current() {
    CUctx_st current = new CUctx_st();
    assertThat(cuCtxGetCurrent(current)).isEqualTo(CUDA_SUCCESS);
    return current.isNull() ? 0 : current.address();
  }

  @Test
  void fourEncodersInFourThreads_areIndependent() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Void>> work = new ArrayList<>();
    for (Source source : List.of(Source.DEVICE_RGB_PLANAR, Source.DEVICE_NV12, Source.HOST_RGB24)) {
      work.add(() -> encodeAndCompare(Footage.of(source, 322, 182, 24)));
    }
    work.add(() -> encodeAndCompare(Footage.of(Source.DEVICE_RGBA, 64, 64, 60)));
    try {
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Void encodeAndCompare(Footage footage) throws IOException {
    assertFrames(footage.encode(footage.options().maxBFrames(2).build(), Set.of(10)), footage);
    return null;
  }

  @Test
  void twoGpus_eachEncodesItsOwnFrames(Standin standin) throws IOException {
    standin.set("DEVICES", 2);
    ByteArrayOutput out = new ByteArrayOutput();
    try (Gpu first = new Gpu(0, DEVICE.joined());
        Gpu second = new Gpu(1, DEVICE.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream one = encoder.addVideo(DEVICE.options().build());
      VideoStream two =
          encoder.addVideo(DEVICE.options().device(Device.cuda(1)).codec("hevc").build());
      encoder.openFileLike(out, "mkv");
      assertThatThrownBy(() -> two.addFrames(DEVICE.batch(first, 0, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cuda:0")
          .hasMessageContaining("cuda:1");
      for (int n = 0; n < COUNT; n++) {
        one.addFrames(DEVICE.batch(first, n, 1));
        two.addFrames(DEVICE.batch(second, n, 1));
      }
      encoder.finish();
    }

    for (ReadStream stream : MediaReader.read(out.toByteArray()).streams()) {
      assertThat(stream.nv12()).isDeepEqualTo(DEVICE.expected());
    }
  }

  @Test
  void fiftyEncodersInTurn_leaveNothing(Standin standin) throws IOException {
    for (int i = 0; i < 50; i++) {
      Footage footage = i % 2 == 0 ? DEVICE : HOST;

      List<Packet> packets = footage.encode(footage.options().build(), Set.of());

      assertThat(packets).hasSize(COUNT);
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
      standin.assertNothingLeft();
    }
  }

  private static void assertFrames(List<Packet> packets, Footage footage) {
    List<Decoded> decoded = Decoded.ofPackets("h264", packets);
    assertThat(decoded).hasSize(footage.count());
    for (int n = 0; n < footage.count(); n++) {
      byte[] actual = Gpu.bytes(new Yuv[] {decoded.get(n).frame()});
      assertThat(Arrays.mismatch(actual, footage.expected()[n]))
          .as("first byte of frame %d that differs", n)
          .isEqualTo(-1);
    }
  }
}
