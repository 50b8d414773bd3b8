package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioSamples;
import io.reelmux.ChannelLayout;
import io.reelmux.Fit;
import io.reelmux.LibraryException;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.NativeFaults;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function of FFmpeg that can fail does so at one of its calls, while files are read in every
 * way. With {@code -Pstress} at each of its calls; otherwise at the first two, in the middle, and
 * at the last.
 */
@RequiresFfmpegCli
class NativeFaultTest {
  private static final boolean LONG = Boolean.getBoolean("reelmux.stress");

  /** Failures that have another way out: FFmpeg is asked differently, or the file opened again. */
  private static final Set<String> MAY_SUCCEED = Set.of("av_seek_frame");

  /** Called with a GPU, or where vectors are shorter than rows that are padded for them. */
  private static final Set<String> NOT_EVERYWHERE =
      Set.of(
          "av_frame_apply_cropping",
          "av_frame_copy",
          "av_frame_copy_props",
          "avcodec_get_hw_config");

  private static final VideoOutput OUTPUT =
      VideoOutput.of(PixelLayout.RGB24).size(48, 48, Fit.CONTAIN);

  @TempDir private static Path folder;

  private static Path file;

  @BeforeAll
  static void makeFile() throws Exception {
    file = Seed.H264_MP3_MKV.in(folder);
  }

  @AfterEach
  void restore() {
    NativeFaults.clear();
  }

  private interface Work {
    void run() throws IOException;
  }

  /** What together calls every function that can fail. */
  private enum Reading {
    INDEX(NativeFaultTest::index),
    FRAMES(NativeFaultTest::frames),
    FRAME_AT_RANDOM(NativeFaultTest::frameAtRandom),
    AUDIO(NativeFaultTest::audio),
    PACKETS(NativeFaultTest::packets),
    TRANSCODE(NativeFaultTest::transcode);

    private final Work work;

    Reading(Work work) {
      this.work = work;
    }
  }

  private static void index() throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(OUTPUT)) {
      video.index();
    }
  }

  private static void frames() throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(OUTPUT)) {
      FrameCursor cursor = video.cursor();
      for (int i = 0; i < 5 && cursor.next(); i++) {
        cursor.frame();
      }
      cursor.seek(15);
      cursor.next();
    }
  }

  private static void frameAtRandom() throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(OUTPUT.filter("hflip"))) {
      video.frame(17);
      video.frame(3);
    }
  }

  private static void audio() throws IOException {
    AudioOutput output =
        AudioOutput.of(SampleLayout.FLOAT_PLANAR).sampleRate(16_000).channels(ChannelLayout.STEREO);
    try (MediaReader reader = MediaReader.open(file);
        AudioReader audio = reader.audio(output)) {
      for (AudioSamples chunk : audio.chunks(4000)) {
        assertThat(chunk.count()).isPositive();
      }
      audio.samples(9000, 100);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void packets() throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        PacketCursor packets = reader.packets()) {
      packets.next();
      packets.packet();
      packets.seek(Duration.ofMillis(500));
      packets.next();
    }
  }

  private static void transcode() throws IOException {
    Transcoder.of(file)
        .video(VideoOutput.source())
        .video(options -> options.codec("mpeg4"))
        .copyAudio()
        .toFile(folder.resolve("copy.mkv"));
  }

  @Test
  void read_withEachNativeCallFailing_throwsAndFreesAll() throws IOException {
    Set<String> failed = new TreeSet<>();
    for (Reading reading : Reading.values()) {
      for (Map.Entry<String, Integer> function : fallibleCalls(reading.work).entrySet()) {
        int calls = function.getValue();
        for (int k = 0; k < calls; k++) {
          if (LONG || k < 2 || k == calls / 2 || k == calls - 1) {
            readWithFailure(reading, function.getKey(), k);
          }
        }
        failed.add(function.getKey());
      }
      // what failed before has left nothing behind that hinders the next one
      reading.work.run();
    }
    Set<String> expected = new TreeSet<>(NativeFaults.onlyInReader());
    assertThat(expected.removeAll(NOT_EVERYWHERE)).isTrue();
    assertThat(failed).containsAll(expected);
  }

  /** Errors and unchecked exceptions come from the JVM, which may run out of memory at any call. */
  @Test
  void read_withEachNativeCallThrowing_throwsThatAndFreesAll() throws IOException {
    for (Reading reading : Reading.values()) {
      for (Map.Entry<String, Integer> function : fallibleCalls(reading.work).entrySet()) {
        int last = function.getValue() - 1;
        throwAt(reading, function.getKey(), 0, new OutOfMemoryError("injected"));
        throwAt(reading, function.getKey(), last, new IllegalStateException("injected"));
      }
      reading.work.run();
    }
  }

  private static void throwAt(Reading reading, String function, int k, Throwable failure) {
    int[] calls = {0};
    NativeFaults.inject(
        name -> {
          if (name.equals(function) && calls[0]++ == k) {
            throw unchecked(failure);
          }
          return false;
        });

    Throwable thrown = catchThrowable(reading.work::run);

    NativeFaults.clear();
    String call = "call %d of %s in %s, which throws %s".formatted(k, function, reading, failure);
    assertThat(thrown).as(call).hasStackTraceContaining("injected");
    assertThat(NativeOwner.openCount()).as("owners left open by %s", call).isZero();
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private static void readWithFailure(Reading reading, String function, int k) {
    int[] calls = {0};
    NativeFaults.inject(name -> name.equals(function) && calls[0]++ == k);

    Throwable thrown = catchThrowable(reading.work::run);

    NativeFaults.clear();
    String call = "call %d of %s in %s".formatted(k, function, reading);
    if (thrown != null || !MAY_SUCCEED.contains(function)) {
      assertThat(thrown).as(call).isInstanceOf(LibraryException.class);
    }
    assertThat(NativeOwner.openCount()).as("owners left open by %s", call).isZero();
  }

  /** Returns the functions that can fail, and how often a reading calls them. */
  private static Map<String, Integer> fallibleCalls(Work work) throws IOException {
    Map<String, Integer> calls = new LinkedHashMap<>();
    NativeFaults.inject(
        function -> {
          calls.merge(function, 1, Integer::sum);
          return false;
        });
    work.run();
    NativeFaults.clear();
    return calls;
  }
}
