package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder that was never closed is released when collected, and its file is not finished. */
@Timeout(120)
class EncoderReclaimTest {

  @TempDir Path directory;

  @Test
  void encoder_neverClosed_isReleasedAndNotFinished() throws Exception {
    Script script = FakeBackend.install();
    Path file = directory.resolve("a.fake");
    forget(file);

    boolean released = false;
    for (int i = 0; i < 100 && !released; i++) {
      System.gc();
      released = script.awaitRelease(50);
    }

    assertThat(released).isTrue();
    assertThat(script.count("finish")).isZero();
    assertThat(script.count("salvage")).isZero();
    assertThat(script.breaches()).isEmpty();
    assertThat(file).as("left as after a crash").hasContent("<f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "seekable", "channel", "listener", "both"})
  void encoder_neverClosedButReferencedByItsDestination_isReleased(String kind) throws Exception {
    Script script = FakeBackend.install();
    forgetInACircle(kind);

    boolean released = false;
    for (int i = 0; i < 100 && !released; i++) {
      System.gc();
      released = script.awaitRelease(50);
    }

    assertThat(released).isTrue();
    assertThat(script.count("addFrame")).isEqualTo(1);
    assertThat(script.breaches()).isEmpty();
  }

  @Test
  void openFileLike_nothingElseRefersToTheStream_encoderKeepsIt() throws Exception {
    FakeBackend.install();
    AtomicLong written = new AtomicLong();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(new Circle(null, written), Fixtures.FORMAT);
      for (int i = 0; i < 5; i++) {
        System.gc();
        video.addFrame(Fixtures.frame());
      }
    }

    assertThat(written).hasValue("<fffff>".length());
  }

  @Test
  void encoder_closedAndCollected_isReleasedOnce() throws Exception {
    Script script = FakeBackend.install();
    closeAndForget();

    Script second = FakeBackend.install();
    forget(directory.resolve("b.fake"));
    boolean collected = false;
    for (int i = 0; i < 100 && !collected; i++) {
      System.gc();
      collected = second.awaitRelease(50);
    }

    assertThat(collected).isTrue();
    assertThat(script.count("release")).isEqualTo(1);
    assertThat(script.breaches()).isEmpty();
  }

  /** In its own stack frame, so that nothing refers to the encoder afterwards. */
  private static void forget(Path file) throws IOException {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(Fixtures.VIDEO);
    encoder.openFile(file);
    video.addFrame(Fixtures.frame());
  }

  /** A stream that refers to its encoder, as one that displays progress might. */
  private static final class Circle extends OutputStream {
    private final @Nullable Encoder encoder;
    private final AtomicLong written;

    Circle(@Nullable Encoder encoder, AtomicLong written) {
      this.encoder = encoder;
      this.written = written;
    }

    @Override
    public void write(int value) {
      written.incrementAndGet();
      assertThat(encoder == null || encoder.result().isEmpty()).isTrue();
    }
  }

  /** A seekable {@link Circle}. */
  private static final class SeekableCircle extends SeekableOutputStream {
    private final Encoder encoder;

    SeekableCircle(Encoder encoder) {
      this.encoder = encoder;
    }

    @Override
    public void write(int value) {
      assertThat(encoder.result()).isEmpty();
    }

    @Override
    public void seek(long position) {}

    @Override
    public long position() {
      return 0;
    }
  }

  private void forgetInACircle(String kind) throws IOException {
    Encoder[] self = new Encoder[1];
    Encoder.Builder settings = Encoder.builder();
    if (kind.equals("both")) {
      settings.packetListener(packet -> assertThat(self[0].result()).isEmpty());
    }
    Encoder encoder = settings.build();
    self[0] = encoder;
    VideoStream video = encoder.addVideo(Fixtures.VIDEO);
    switch (kind) {
      case "seekable" -> {
        encoder.openFileLike(new SeekableCircle(encoder), Fixtures.FORMAT);
      }
      case "channel" -> {
        ScriptedChannel channel = new ScriptedChannel(directory.resolve("channel"));
        channel.script.on("close", () -> assertThat(encoder.result()).isEmpty());
        encoder.openFileLike(channel, Fixtures.FORMAT);
      }
      case "listener" -> encoder.openPackets(packet -> assertThat(self[0].result()).isEmpty());
      default -> encoder.openFileLike(new Circle(encoder, new AtomicLong()), Fixtures.FORMAT);
    }
    video.addFrame(Fixtures.frame());
  }

  private static void closeAndForget() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(new ByteArrayOutput(), Fixtures.FORMAT);
    }
  }
}
