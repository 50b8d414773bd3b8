package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.OutputResult;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fails every call of one of three outputs: the other two are what they are without it. */
@Timeout(600)
class OutputFaultTest {
  private static final int RATE = 10;
  private static final int FRAMES = 20;
  private static final int SAMPLES = Clip.AUDIO_RATE / RATE;

  private VideoOptions options =
      VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE).codec("mpeg4").threads(1).build();

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

  /**
   * A store that fails at a call: what is committed is complete, and the other outputs are whole.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneStoreFails_theOthersAreWholeAndTheSame(boolean live) throws IOException {
    Duration length = Duration.ofMillis(500);
    SegmentOptions vod = SegmentOptions.hlsAndDash(length);
    SegmentOptions segments = live ? vod.live(3).keep(0) : vod;
    // a codec that playlists can name, with the key frames that segments ask for
    options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE)
            .codec("libvpx-vp9")
            .speed(Speed.FASTEST)
            .threads(1)
            .keyFramesEvery(length)
            .build();
    List<byte[]> expected = encode(List.of());
    FaultScript none = FaultScript.none();
    assertThat(encode(List.of(Output.segments(new FaultyStore(none), segments))))
        .usingRecursiveComparison()
        .isEqualTo(expected);
    FaultScript.Kind[] kinds = FaultScript.Kind.values();

    for (int k = 0; k < none.calls(); k += Reliability.isLongOnGpl() || k < 6 ? 1 : 5) {
      FaultScript script = new FaultScript(k, kinds[k % kinds.length]);

      List<byte[]> others =
          encode(List.of(Output.segments(new FaultyStore(script), segments)), script);

      assertThat(others)
          .as("%s number %d", script.failed(), k)
          .usingRecursiveComparison()
          .isEqualTo(expected);
      assertThat(script.after()).as("calls after the failure").isEmpty();
    }
  }

  /** Calls go through a script, except for the closing of what is open, which always comes. */
  private static final class FaultyStore implements SegmentStore {
    private final MemoryStore objects = new MemoryStore();
    private final FaultScript script;

    FaultyStore(FaultScript script) {
      this.script = script;
    }

    @Override
    public Entry create(String name, SegmentInfo info) throws IOException {
      script.call("create " + name);
      Entry entry = objects.create(name, info);
      return new Entry() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
          script.call("write " + name);
          entry.write(bytes);
        }

        @Override
        public void commit() throws IOException {
          script.call("commit " + name);
          entry.commit();
        }

        @Override
        public void close() throws IOException {
          entry.close();
        }
      };
    }

    @Override
    public void delete(String name) throws IOException {
      script.call("delete " + name);
      objects.delete(name);
    }
  }

  private List<byte[]> encode(List<Output> third, FaultScript script) throws IOException {
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

  private List<byte[]> encode(List<Output> third) throws IOException {
    return encode(third, new ArrayList<>());
  }

  /** Returns the bytes of the first two outputs. */
  private List<byte[]> encode(List<Output> third, List<OutputResult> results) throws IOException {
    long owners = NativeOwner.openCount();
    Targets first = new Targets(FaultScript.none());
    Targets second = new Targets(FaultScript.none());
    List<Output> more = new ArrayList<>();
    more.add(second.output(Targets.Kind.STREAM, "mkv"));
    more.addAll(third);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
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
