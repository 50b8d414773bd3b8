package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.OutputResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails every call of one of three outputs: the other two are what they are without it. */
@Timeout(600)
class OutputFaultTest {
  private static final int RATE = 10;
  private static final int FRAMES = 20;
  private static final int SAMPLES = Clip.AUDIO_RATE / RATE;

  @ParameterizedTest
  @CsvSource({
    "mp4, SEEKABLE",
    "mp4, STREAM",
    "mkv, SHORT_CHANNEL",
    "ts, STREAM",
    "mp4, CHANNEL",
  })
  void oneOutputFails_theOthersAreWholeAndTheSame(String format, Targets.Kind kind)
      throws IOException {
    List<byte[]> expected = encode(List.of());
    FaultScript none = FaultScript.none();
    assertThat(encode(List.of(new Targets(none).output(kind, format))))
        .usingRecursiveComparison()
        .isEqualTo(expected);
    FaultScript.Kind[] kinds = FaultScript.Kind.values();

    for (int k = 0; k < none.calls(); k++) {
      if (Reliability.isLongOnGpl() || k < 6 || k > none.calls() - 8 || k % 5 == 0) {
        FaultScript script = new FaultScript(k, kinds[k % kinds.length]);

        List<byte[]> others = encode(List.of(new Targets(script).output(kind, format)), script);

        assertThat(others)
            .as("%s of %s %s", script.failed(), format, kind)
            .usingRecursiveComparison()
            .isEqualTo(expected);
        assertThat(script.after()).as("calls after the failure").isEmpty();
      }
    }
  }

  private static List<byte[]> encode(List<Output> third, FaultScript script) throws IOException {
    List<OutputResult> results = new ArrayList<>();
    List<byte[]> bytes = encode(third, results);
    Throwable failure = results.get(2).failure().orElseThrow();
    if (script.kind() == FaultScript.Kind.UNDECLARED) {
      assertThat(failure).isInstanceOf(IOException.class).hasCause(script.thrown());
    } else {
      assertThat(failure).isSameAs(script.thrown());
    }
    return bytes;
  }

  private static List<byte[]> encode(List<Output> third) throws IOException {
    return encode(third, new ArrayList<>());
  }

  /** Returns the bytes of the first two outputs. */
  private static List<byte[]> encode(List<Output> third, List<OutputResult> results)
      throws IOException {
    long owners = NativeOwner.openCount();
    Targets first = new Targets(FaultScript.none());
    Targets second = new Targets(FaultScript.none());
    List<Output> more = new ArrayList<>();
    more.add(second.output(Targets.Kind.STREAM, "mkv"));
    more.addAll(third);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE)
                  .codec("mpeg4")
                  .threads(1)
                  .build());
      AudioStream audio =
          encoder.addAudio(AudioOptions.builder(Clip.AUDIO_RATE, 1).codec("aac").build());
      encoder.open(first.output(Targets.Kind.SEEKABLE, "mp4"), more.toArray(new Output[0]));
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(Clip.frame(i));
        audio.addSamples(Clip.samples(i * SAMPLES, SAMPLES));
      }
      result = encoder.finish();
      results.addAll(result.outputs());
    }
    assertThat(result.outputs().get(0).failure()).isEmpty();
    assertThat(result.outputs().get(1).failure()).isEmpty();
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("reelmux-output"));
    return List.of(first.memory.toByteArray(), second.memory.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"3", "9", "15", "1000"})
  void requiredOutputFails_callThrowsIt_closeCompletesTheOthers(int call) throws IOException {
    Targets other = new Targets(FaultScript.none());
    FaultScript script = new FaultScript(call, FaultScript.Kind.IO);
    Throwable thrown = null;
    int added = 0;

    Encoder encoder = Encoder.create();
    VideoStream video =
        encoder.addVideo(
            VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE).codec("mpeg4").build());
    encoder.open(
        other.output(Targets.Kind.SEEKABLE, "mp4"),
        new Targets(script).output(Targets.Kind.STREAM, "ts").required(true));
    try {
      for (; added < FRAMES; added++) {
        video.addFrame(Clip.frame(added));
        Thread.sleep(2);
      }
      encoder.finish();
    } catch (IOException e) {
      thrown = e;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThatCode(encoder::close).doesNotThrowAnyException();

    assertThat(thrown).isSameAs(script.thrown());
    assertThat(MediaReader.read(other.memory.toByteArray()).video(0).checksums())
        .hasSizeGreaterThanOrEqualTo(Math.min(added, FRAMES));
  }
}
