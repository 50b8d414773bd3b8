package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails every call of a destination, one at a time, in every way, for every kind of container. */
@Timeout(600)
class DestinationFaultTest {
  private static final int RATE = 10;
  private static final int FRAMES = 36;
  private static final int SAMPLES = Clip.AUDIO_RATE / RATE;

  private static final Map<String, Integer> TRIED = new TreeMap<>();

  @TempDir Path directory;

  /** A container on a kind of destination; crash-safe ones are read up to the fault. */
  record Case(
      String format,
      Targets.Kind target,
      ContainerMode mode,
      @Nullable String video,
      @Nullable String audio,
      boolean crashSafe) {
    @Override
    public String toString() {
      return format + " " + target + " " + mode;
    }
  }

  static Stream<Case> cases() {
    ContainerMode safe = ContainerMode.CRASH_SAFE;
    return Stream.of(
        new Case("mp4", Targets.Kind.SEEKABLE, safe, "mpeg4", "aac", true),
        new Case("mp4", Targets.Kind.SHORT_CHANNEL, safe, "mpeg4", null, true),
        new Case("mp4", Targets.Kind.STREAM, ContainerMode.FRAGMENTED, "mpeg4", "aac", true),
        new Case("mp4", Targets.Kind.CHANNEL, ContainerMode.FAST_START, "mpeg4", "aac", false),
        new Case("mp4", Targets.Kind.SEEKABLE, ContainerMode.PLAIN, "mpeg4", null, false),
        new Case("mov", Targets.Kind.CHANNEL, safe, "mpeg4", "pcm_s16le", true),
        new Case("mkv", Targets.Kind.SEEKABLE, safe, "mpeg4", "aac", true),
        new Case("mkv", Targets.Kind.STREAM, safe, "mpeg4", null, true),
        new Case("ts", Targets.Kind.STREAM, safe, "mpeg2video", null, true),
        new Case("ts", Targets.Kind.CHANNEL, safe, "mpeg2video", "aac", true),
        new Case("avi", Targets.Kind.CHANNEL, safe, "mpeg4", null, false),
        new Case("flv", Targets.Kind.STREAM, safe, "flv", null, false),
        new Case("gif", Targets.Kind.STREAM, safe, "gif", null, false),
        new Case("m4a", Targets.Kind.SEEKABLE, safe, null, "aac", false),
        new Case("wav", Targets.Kind.SEEKABLE, safe, null, "pcm_s16le", false),
        new Case("flac", Targets.Kind.CHANNEL, safe, null, "flac", false),
        new Case("ogg", Targets.Kind.STREAM, safe, null, "flac", false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void encode_eachDestinationCallFails_throwsItAndStopsWriting(Case test) throws IOException {
    FaultScript.Kind[] kinds = FaultScript.Kind.values();
    FaultScript none = FaultScript.none();
    assertThat(fail(test, none, /* finish= */ true)).isFalse();
    int calls = none.calls();
    assertThat(calls).isGreaterThan(3);

    for (int k = 0; k < calls; k++) {
      for (int kind = 0; kind < kinds.length; kind++) {
        // the muxers and encoders are the same in both FFmpeg builds
        if (Reliability.isLongOnGpl()
            || (kind == k % kinds.length && isTriedInEveryBuild(k, calls))) {
          FaultScript script = new FaultScript(k, kinds[kind]);
          assertThat(fail(test, script, /* finish= */ k / kinds.length % 2 == 0)).isTrue();
        }
      }
    }
  }

  /** Selects all calls of opening and finishing, and some in between. */
  private static boolean isTriedInEveryBuild(int k, int calls) {
    return k < 6 || k >= calls - 12 || k % (calls / 20 + 1) == 0;
  }

  @AfterAll
  static void record() {
    int tried = TRIED.values().stream().mapToInt(Integer::intValue).sum();
    Reliability.record(
        "a destination throws",
        "the k-th call of the stream or channel throws, for "
            + (Reliability.isLongOnGpl()
                ? "every k of a complete encoding"
                : "some k, each in one way")
            + ", in "
            + cases().count()
            + " combinations of container, layout and kind of destination; IOException, unchecked,"
            + " Error, undeclared checked; "
            + TRIED,
        tried,
        "the caller's own exception was thrown each time, no call after it, 0 owners left; what was"
            + " written of crash-safe mp4, mov, mkv and ts decodes except for the last second");
  }

  /** Returns whether the fault occurred. */
  private boolean fail(Case test, FaultScript script, boolean finish) throws IOException {
    long owners = NativeOwner.openCount();
    Targets targets = new Targets(script);
    Muxed muxed = new Muxed();
    Encoder encoder = Encoder.builder().container(test.mode).packetListener(muxed).build();

    Throwable thrown = null;
    try {
      encode(test, encoder, targets, finish);
    } catch (Throwable e) {
      thrown = e;
    }
    assertThatCode(encoder::close).doesNotThrowAnyException();

    String what = test + ", " + script.failed();
    assertThat(NativeOwner.openCount()).as(what).isEqualTo(owners);
    assertThat(script.after()).as("calls after %s", what).isEmpty();
    if (script.thrown() == null) {
      assertThat(thrown).isNull();
      return false;
    }
    if (script.kind() == FaultScript.Kind.UNDECLARED) {
      assertThat(thrown).as(what).isInstanceOf(IOException.class).hasCause(script.thrown());
    } else {
      assertThat(thrown).as(what).isSameAs(script.thrown());
    }
    if (test.crashSafe) {
      int safe = muxed.framesBefore(Duration.ofMillis(1150));
      List<Integer> frames = Played.of(targets.memory.toByteArray(), directory).frames();
      assertThat(frames).as(what).hasSizeGreaterThanOrEqualTo(safe);
      assertThat(frames.subList(0, safe))
          .as(what)
          .isEqualTo(IntStream.range(0, safe).boxed().toList());
    }
    TRIED.merge(script.failed(), 1, Integer::sum);
    return true;
  }

  private static void encode(Case test, Encoder encoder, Targets targets, boolean finish)
      throws IOException {
    VideoStream video = null;
    AudioStream audio = null;
    if (test.video != null) {
      video =
          encoder.addVideo(
              VideoOptions.builder(
                      Clip.WIDTH, Clip.HEIGHT, test.video.equals("mpeg2video") ? 25 : RATE)
                  .codec(test.video)
                  .threads(1)
                  .build());
    }
    if (test.audio != null) {
      audio = encoder.addAudio(AudioOptions.builder(Clip.AUDIO_RATE, 1).codec(test.audio).build());
    }
    targets.open(encoder, test.target, test.format);
    for (int i = 0; i < FRAMES; i++) {
      if (video != null) {
        video.addFrame(Clip.frame(i));
      }
      if (audio != null) {
        audio.addSamples(Clip.samples(i * SAMPLES, SAMPLES));
      }
    }
    if (finish) {
      encoder.finish();
    } else {
      encoder.close();
    }
  }
}
