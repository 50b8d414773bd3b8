package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call in every state: legal calls succeed, illegal ones throw and state what to do instead.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncoderOrderTest {

  @TempDir Path directory;
  private Script script = new Script();
  private Encoder encoder = Encoder.create();
  private VideoStream video = encoder.addVideo(Fixtures.VIDEO);
  private AudioStream audio = encoder.addAudio(Fixtures.AUDIO);

  /** The calls of the public API that are illegal in some states. */
  enum Call {
    ADD_VIDEO("addVideo()", t -> t.encoder.addVideo(Fixtures.VIDEO)),
    ADD_AUDIO("addAudio()", t -> t.encoder.addAudio(Fixtures.AUDIO)),
    OPEN_FILE("open", t -> t.encoder.openFile(t.directory.resolve("a.fake"))),
    OPEN_FILE_AS("open", t -> t.encoder.openFile(t.directory.resolve("a"), Fixtures.FORMAT)),
    OPEN_STREAM("open", t -> t.encoder.openFileLike(new ByteArrayOutputStream(), Fixtures.FORMAT)),
    OPEN_CHANNEL("open", t -> t.encoder.openFileLike(t.channel(), Fixtures.FORMAT)),
    OPEN_PACKETS("open", t -> t.encoder.openPackets(packet -> {})),
    ADD_FRAME("addFrame()", t -> t.video.addFrame(Fixtures.frame())),
    ADD_FRAMES("addFrames()", t -> t.video.addFrames(Fixtures.frames(2))),
    ADD_NO_FRAMES("addFrames()", t -> t.video.addFrames(Fixtures.frames(0))),
    ADD_FLOATS("addSamples()", t -> t.audio.addSamples(Fixtures.samples())),
    ADD_SAMPLES("addSamples()", t -> t.audio.addSamples(AudioSamples.of(Fixtures.samples()))),
    END_VIDEO("end()", t -> t.video.end()),
    END_AUDIO("end()", t -> t.audio.end()),
    FINISH("finish()", t -> t.encoder.finish());

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    private final Invocation invocation;

    Call(String text, Invocation invocation) {
      this.text = text;
      this.invocation = invocation;
    }

    boolean configures() {
      return this == ADD_VIDEO || this == ADD_AUDIO || text.equals("open");
    }
  }

  @FunctionalInterface
  interface Invocation {
    void on(EncoderOrderTest test) throws Exception;
  }

  /** The states between calls. */
  enum State {
    CONFIGURING(
        " was called before open: call open(), openFile(), openFileLike() or openPackets()",
        t -> {}),
    OPEN(
        " was called after open; streams are added before open, and an encoder is opened once:"
            + " create another",
        EncoderOrderTest::open),
    FINISHED(
        " was called after finish(); ",
        t -> {
          t.open();
          t.encoder.finish();
        }),
    FAILED(
        " was called after a failure; only close() may be: java.io.IOException: disk full",
        EncoderOrderTest::failOnce),
    CANCELLED(
        ": the encoder has been canceled",
        t -> {
          t.open();
          t.encoder.cancel();
          assertThat(t.script.awaitRelease(10_000)).isTrue();
        }),
    CANCELLED_UNOPENED(": the encoder has been canceled", t -> t.encoder.cancel()),
    CLOSED(
        " was called after close(); ",
        t -> {
          t.open();
          t.encoder.close();
        }),
    CLOSED_UNOPENED(" was called after close(); ", t -> t.encoder.close());

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    private final Invocation reach;

    State(String text, Invocation reach) {
      this.text = text;
      this.reach = reach;
    }

    boolean allows(Call call) {
      return this == CONFIGURING ? call.configures() : this == OPEN && !call.configures();
    }
  }

  static List<Arguments> legal() {
    return pairs(true);
  }

  static List<Arguments> illegal() {
    return pairs(false);
  }

  private static List<Arguments> pairs(boolean legal) {
    List<Arguments> pairs = new ArrayList<>();
    for (State state : State.values()) {
      for (Call call : Call.values()) {
        if (state.allows(call) == legal) {
          pairs.add(Arguments.of(call, state));
        }
      }
    }
    return pairs;
  }

  @BeforeEach
  void installScript() {
    script = FakeBackend.install();
  }

  @AfterEach
  void close_anyState_throwsNothing() throws InterruptedException {
    assertThat(Background.start(encoder::close).thrown()).isNull();

    assertThat(script.breaches()).isEmpty();
    assertThat(script.count("release")).isEqualTo(script.count("opened"));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("legal")
  void call_legalOrder_succeeds(Call call, State state) throws Exception {
    state.reach.on(this);

    assertThatCode(() -> call.invocation.on(this)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("illegal")
  void call_illegalOrder_throws(Call call, State state) throws Exception {
    state.reach.on(this);
    List<String> before = script.calls();

    assertThatThrownBy(() -> call.invocation.on(this))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(call.text + state.text);
    assertThat(script.calls()).as("the backend was not asked").isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"OPEN_.*", "FINISH"},
      mode = EnumSource.Mode.MATCH_NONE)
  void call_whileOpening_throws(Call call) throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background opening = Background.start(this::open);
    blocker.awaitReached();

    assertThatThrownBy(() -> call.invocation.on(this))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(call.text + " was called while open is running in another thread; ")
        .hasMessageEndingWith(
            call.configures()
                ? "streams are added before open, and an encoder is opened once: create another"
                : "wait until it has returned");
    blocker.proceed();
    assertThat(opening.thrown()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"OPEN_.*"},
      mode = EnumSource.Mode.MATCH_ALL)
  void open_whileOpening_waitsAndThrows(Call call) throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background first = Background.start(this::open);
    blocker.awaitReached();

    Background second = Background.start(() -> call.invocation.on(this));
    second.awaitBlocked();
    blocker.proceed();

    assertThat(second.thrown())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("open was called after open");
    assertThat(first.thrown()).isNull();
  }

  @Test
  void finish_whileOpening_waitsAndFinishes() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background opening = Background.start(this::open);
    blocker.awaitReached();

    Background finishing = Background.start(() -> encoder.finish());
    finishing.awaitBlocked();
    blocker.proceed();

    assertThat(opening.thrown()).isNull();
    assertThat(finishing.thrown()).isNull();
    assertThat(encoder.result()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void call_anyState_throwsCancellationOnlyIfCanceled(State state) throws Exception {
    state.reach.on(this);

    boolean canceled = state == State.CANCELLED || state == State.CANCELLED_UNOPENED;

    if (state != State.OPEN) {
      assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
          .isExactlyInstanceOf(
              canceled ? CancellationException.class : IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void result_anyState_isPresentOnceFinished(State state) throws Exception {
    state.reach.on(this);

    assertThat(encoder.result().isPresent())
        .isEqualTo(state == State.FINISHED || state == State.CLOSED);
  }

  @Test
  void result_whileOpening_isEmpty() throws Exception {
    Blocker blocker = Blocker.stubborn();
    script.on("open", blocker);
    Background opening = Background.start(this::open);
    blocker.awaitReached();

    assertThat(encoder.result()).isEmpty();

    blocker.proceed();
    assertThat(opening.thrown()).isNull();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void cancel_anyState_throwsNothing(State state) throws Exception {
    state.reach.on(this);

    assertThatCode(() -> encoder.cancel()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"FINISHED", "CLOSED"})
  void cancel_afterTheEnd_hasNoEffect(State state) throws Exception {
    state.reach.on(this);

    encoder.cancel();

    assertThat(encoder.result()).isPresent();
    assertThat(script.count("cancel")).isZero();
    assertThatThrownBy(() -> encoder.finish()).hasMessageContaining(state.text);
  }

  @Test
  void addFrame_afterEnd_throws() throws IOException {
    open();
    video.end();

    assertThatThrownBy(() -> video.addFrame(Fixtures.frame()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("addFrame() was called on video 0 after its end()");
    assertThatThrownBy(() -> video.addFrames(Fixtures.frames(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("addFrames() was called on video 0 after its end()");
    assertThat(script.count("addFrame")).isZero();
  }

  @Test
  void addSamples_afterEnd_throws() throws IOException {
    open();
    audio.end();

    assertThatThrownBy(() -> audio.addSamples(Fixtures.samples()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("addSamples() was called on audio 0 after its end()");
    assertThat(script.count("addSamples")).isZero();
  }

  @Test
  void end_twice_endsOnce() throws IOException {
    open();

    video.end();
    video.end();

    assertThat(script.count("end")).isEqualTo(1);
  }

  @Test
  void end_oneStream_leavesTheOtherOpen() throws IOException {
    open();
    video.end();

    audio.addSamples(Fixtures.samples());

    assertThat(script.count("addSamples")).isEqualTo(1);
  }

  @Test
  void open_withoutStream_throws() throws IOException {
    try (Encoder empty = Encoder.create()) {
      assertThatThrownBy(() -> empty.openFile(directory.resolve("a.fake")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("open was called without a stream: call addVideo() or addAudio() first");
      assertThat(directory).isEmptyDirectory();

      empty.addVideo(Fixtures.VIDEO);
      assertThatCode(() -> empty.openFile(directory.resolve("a.fake"))).doesNotThrowAnyException();
    }
  }

  @Test
  void openPackets_withPacketListener_throws() throws IOException {
    try (Encoder both = Encoder.builder().packetListener(packet -> {}).build()) {
      both.addVideo(Fixtures.VIDEO);

      assertThatThrownBy(() -> both.openPackets(packet -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("use one of them");
    }
  }

  private void open() throws IOException {
    encoder.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);
  }

  private void failOnce() throws IOException {
    script.fail("addFrame", new IOException("disk full"));
    open();
    assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).hasMessage("disk full");
  }

  private FileChannel channel() throws IOException {
    return FileChannel.open(
        directory.resolve("channel"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
