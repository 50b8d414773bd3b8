package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.NativeFaults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a failure, close() saves what it can; a failure then must not hide the first one. */
@Timeout(300)
class SalvageFaultTest {

  @AfterEach
  void restore() {
    NativeFaults.clear();
  }

  @Test
  void close_destinationFailsWhileItSaves_keepsTheFirstFailureAndFreesAll() throws IOException {
    int tried = 0;
    for (FaultScript.Kind kind : FaultScript.Kind.values()) {
      int calls = 0;
      for (int k = 0; k == 0 || k < calls; k++) {
        FaultScript none = FaultScript.none();
        int before = salvage(none, Integer.MAX_VALUE);
        calls = none.calls() - before;
        assertThat(calls).isGreaterThan(2);

        FaultScript script = new FaultScript(before + k, kind);
        salvage(script, before + k);
        tried++;
      }
    }
    Reliability.record(
        "a destination throws while close() saves what it can",
        "the budget is used up by a silent stream, then the k-th call of close() throws, for every"
            + " k; IOException, unchecked, Error, undeclared checked",
        tried,
        "close() throws nothing, the first failure carries the later one as suppressed; 0 owners"
            + " left, no call after it");
  }

  /** Returns the number of destination calls before close(). */
  private static int salvage(FaultScript script, int failing) throws IOException {
    long owners = NativeOwner.openCount();
    Encoder encoder = Encoder.builder().interleaveBudget(1 << 20).build();
    VideoStream video =
        encoder.addVideo(
            VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, 25).codec("rawvideo").threads(1).build());
    encoder.addAudio(AudioOptions.builder(Clip.AUDIO_RATE, 1).codec("pcm_s16le").build());
    new Targets(script).open(encoder, Targets.Kind.SEEKABLE, "mkv");
    Throwable first = catchThrowable(() -> feed(video));
    int before = script.calls();

    assertThat(first).isInstanceOf(EncoderException.class).hasMessageContaining("end()");
    assertThatCode(encoder::close).as("call %d", failing).doesNotThrowAnyException();

    Throwable thrown = script.thrown();
    if (thrown == null) {
      assertThat(first).hasNoSuppressedExceptions();
    } else if (script.kind() == FaultScript.Kind.UNDECLARED) {
      assertThat(first.getSuppressed()).singleElement().matches(e -> e.getCause() == thrown);
    } else {
      assertThat(first.getSuppressed()).containsExactly(thrown);
    }
    assertThat(script.after()).isEmpty();
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
    return before;
  }

  private static void feed(VideoStream video) throws IOException {
    for (int i = 0; i < 2000; i++) {
      video.addFrame(Clip.frame(i));
    }
  }

  @Test
  void close_trailerFailsAndThenTheDestination_throwsTheFirst() throws IOException {
    long owners = NativeOwner.openCount();
    FaultScript script = new FaultScript(6, FaultScript.Kind.ERROR);
    Encoder encoder = Encoder.create();
    VideoStream video =
        encoder.addVideo(
            VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, 25).codec("mpeg4").threads(1).build());
    new Targets(script).open(encoder, Targets.Kind.SEEKABLE, "mp4");
    video.addFrame(Clip.frame(0));
    // the encoder fails while it is drained; the muxer is intact and can still complete the file
    NativeFaults.inject(step -> step.equals("avcodec_send_frame"));

    Throwable thrown = catchThrowable(encoder::close);

    assertThat(thrown).isInstanceOf(EncoderException.class).hasMessageContaining("encode");
    assertThat(thrown.getSuppressed()).containsExactly(script.thrown());
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
    assertThatCode(encoder::close).doesNotThrowAnyException();
  }
}
