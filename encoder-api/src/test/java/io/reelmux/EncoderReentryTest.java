package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reentrant calls of the encoder are refused; calls from other threads wait. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncoderReentryTest extends ScriptedEncoder {
  private static final String REFUSAL =
      " was called from inside another call of the same encoder, by its destination or listener;"
          + " only cancel() may be";

  private final ScriptedOutput output = new ScriptedOutput();

  /** The calls that must not be reentrant. */
  enum Call {
    OPEN("open", t -> t.encoder.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT)),
    ADD_FRAME("addFrame()", t -> t.video.addFrame(Fixtures.frame())),
    ADD_FRAMES("addFrame()", t -> t.video.addFrames(Fixtures.frames(1))),
    ADD_SAMPLES("addSamples()", t -> t.audio.addSamples(Fixtures.samples())),
    END_VIDEO("end()", t -> t.video.end()),
    END_AUDIO("end()", t -> t.audio.end()),
    FINISH("finish()", t -> t.encoder.finish()),
    CLOSE("close()", t -> t.encoder.close());

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    private final Invocation invocation;

    Call(String text, Invocation invocation) {
      this.text = text;
      this.invocation = invocation;
    }
  }

  @FunctionalInterface
  interface Invocation {
    void on(EncoderReentryTest test) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void call_fromTheDestination_throws(Call call) throws IOException {
    output.script.on("write", 2, () -> refused(call));
    encoder.openFileLike(output, Fixtures.FORMAT);

    video.addFrame(Fixtures.frame());

    assertThat(output.script.count("write")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void call_fromTheDestinationAtFlush_throws(Call call) throws IOException {
    output.script.on("flush", () -> refused(call));
    encoder.openFileLike(output, Fixtures.FORMAT);

    encoder.finish();

    assertThat(output.script.count("flush")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void call_fromTheDestinationDuringOpen_throws(Call call) throws IOException {
    output.script.on(
        "write",
        () ->
            assertThatThrownBy(() -> call.invocation.on(this))
                .isInstanceOf(IllegalStateException.class));

    encoder.openFileLike(output, Fixtures.FORMAT);

    video.addFrame(Fixtures.frame());
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void call_fromThePacketListener_throws(Call call) throws IOException {
    AtomicInteger packets = new AtomicInteger();
    encoder.openPackets(
        packet -> {
          packets.incrementAndGet();
          refused(call);
        });

    video.addFrame(Fixtures.frame());

    assertThat(packets).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void call_fromTheDestinationWhileCloseWaits_throws(Call call) throws Exception {
    Blocker blocker = Blocker.stubborn();
    output.script.on(
        "write",
        2,
        () -> {
          blocker.run();
          refused(call);
        });
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> audio.addSamples(Fixtures.samples()));
    blocker.awaitReached();
    Background closing = Background.start(encoder::close);
    closing.awaitBlocked();

    blocker.proceed();

    assertThat(feeding.thrown()).isNull();
    assertThat(closing.thrown()).isNull();
    assertThat(output).hasToString("<s>");
  }

  @Test
  void close_whileAnotherThreadFeeds_waitsAndFinishes() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("addFrame", blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    Background closing = Background.start(encoder::close);
    closing.awaitBlocked();
    assertThat(script.count("finish")).isZero();
    blocker.proceed();

    assertThat(feeding.thrown()).isNull();
    assertThat(closing.thrown()).isNull();
    assertThat(output).hasToString("<f>");
  }

  @Test
  void close_whileOpening_waitsAndFinishes() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background opening = Background.start(() -> encoder.openFileLike(output, Fixtures.FORMAT));
    blocker.awaitReached();

    Background closing = Background.start(encoder::close);
    closing.awaitBlocked();
    blocker.proceed();

    assertThat(opening.thrown()).isNull();
    assertThat(closing.thrown()).isNull();
    assertThat(output).hasToString("<>");
  }

  @Test
  void close_fromTwoThreads_finishesOnce() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("finish", blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background first = Background.start(encoder::close);
    blocker.awaitReached();

    Background second = Background.start(encoder::close);
    second.awaitBlocked();
    blocker.proceed();

    assertThat(first.thrown()).isNull();
    assertThat(second.thrown()).isNull();
    assertThat(script.count("finish")).isEqualTo(1);
  }

  @Test
  void addFrame_sameStreamInTwoThreads_runsOneAfterTheOther() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("addFrame", blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background first = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    Background second = Background.start(() -> video.addFrame(Fixtures.frame()));
    second.awaitBlocked();
    assertThat(script.count("addFrame")).isEqualTo(1);
    blocker.proceed();

    assertThat(first.thrown()).isNull();
    assertThat(second.thrown()).isNull();
    assertThat(script.count("addFrame")).isEqualTo(2);
  }

  @Test
  void addSamples_otherStreamInAnotherThread_runsConcurrently() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("addFrame", blocker);
    encoder.openFileLike(output, Fixtures.FORMAT);
    Background feeding = Background.start(() -> video.addFrame(Fixtures.frame()));
    blocker.awaitReached();

    audio.addSamples(Fixtures.samples());

    assertThat(feeding.isRunning()).isTrue();
    blocker.proceed();
    assertThat(feeding.thrown()).isNull();
  }

  private void refused(Call call) {
    assertThatThrownBy(() -> call.invocation.on(this))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(call.text + REFUSAL);
  }
}
