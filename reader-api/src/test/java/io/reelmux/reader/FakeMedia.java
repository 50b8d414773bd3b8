package io.reelmux.reader;

import io.reelmux.ChannelLayout;
import io.reelmux.ColorSpec;
import io.reelmux.Disposition;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.SampleAspectRatio;
import io.reelmux.SampleLayout;
import io.reelmux.TimeBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeSession} reads, what happens in its calls, and what was called. Pixels of frame
 * n are all n; sample i of channel c is 1000 c + i. Every decoding step reads a byte of the source.
 */
final class FakeMedia {

  /** What happens in a call, on its thread. */
  @FunctionalInterface
  interface Step {
    void run() throws java.io.IOException;
  }

  TimeBase timeBase = new TimeBase(1, 25);
  long[] pts = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  long end = 10;
  Set<Integer> keys = Set.of(0, 4, 8);
  Set<Integer> damaged = Set.of();
  int width = 4;
  int height = 2;
  int samples = 10_000;
  int sampleRate = 8_000;
  long startNanos;
  int channels = 2;
  @Nullable String sequentialOnly;

  /** Whether what the source throws is taken for the end of the file. */
  boolean swallow;

  List<StreamInfo> streams = new ArrayList<>(List.of(video(0, "h264"), audio(1, "aac")));

  private final Map<String, Step> steps = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private int open;

  FakeMedia install() {
    return FakeBackend.install(this);
  }

  /** Sets what happens in all calls of a name, such as {@code frame 3} or {@code next}. */
  FakeMedia on(String call, Step step) {
    synchronized (this) {
      steps.put(call, step);
    }
    return this;
  }

  void call(String call) throws java.io.IOException {
    Step step;
    synchronized (this) {
      calls.add(call);
      step = steps.get(call);
    }
    if (step != null) {
      step.run();
    }
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized void forgetCalls() {
    calls.clear();
  }

  synchronized void breach(String what) {
    breaches.add(what);
  }

  /** Returns what the reader did although the SPI rules it out. */
  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  synchronized void opened() {
    open++;
  }

  synchronized void released() {
    open--;
    notifyAll();
  }

  /** Returns how many sessions, decoders and demuxers have not been released. */
  synchronized int open() {
    return open;
  }

  synchronized boolean awaitReleased(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (open > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  FrameIndex index() {
    boolean[] flags = new boolean[pts.length];
    for (int i = 0; i < pts.length; i++) {
      flags[i] = keys.contains(i);
    }
    return new FrameIndex(timeBase, pts, end, flags, FrameIndex.Basis.SCAN);
  }

  static StreamFacts facts(int index, String codec, TimeBase timeBase, Disposition... purposes) {
    return new StreamFacts(
        index,
        codec,
        timeBase,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        new TreeSet<>(List.of(purposes)),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  static StreamFacts unsupported(StreamFacts facts, String reason) {
    return new StreamFacts(
        facts.index(),
        facts.codec(),
        facts.timeBase(),
        facts.start(),
        facts.duration(),
        facts.bitRate(),
        facts.language(),
        facts.title(),
        facts.dispositions(),
        facts.tags(),
        Optional.of(reason),
        facts.packets());
  }

  static VideoInfo video(int index, String codec, Disposition... purposes) {
    return video(facts(index, codec, new TimeBase(1, 25), purposes), 4, 2);
  }

  static VideoInfo video(StreamFacts facts, int width, int height) {
    return new VideoInfo(
        facts,
        width,
        height,
        width,
        height,
        SampleAspectRatio.of(1, 1),
        0,
        false,
        "yuv420p",
        8,
        false,
        ColorSpec.BT709_LIMITED,
        false,
        Optional.empty(),
        FieldOrder.PROGRESSIVE,
        Optional.of(FrameRate.of(25, 1)),
        false,
        OptionalLong.empty());
  }

  static AudioInfo audio(int index, String codec, Disposition... purposes) {
    return audio(facts(index, codec, new TimeBase(1, 8000), purposes), 2);
  }

  static AudioInfo audio(StreamFacts facts, int channels) {
    return new AudioInfo(
        facts, 8_000, channels, ChannelLayout.discrete(channels), SampleLayout.S16_PLANAR, 16, 0);
  }

  static PixelLayout layout(VideoOutput output) {
    return output.layout().orElse(PixelLayout.I420);
  }
}
