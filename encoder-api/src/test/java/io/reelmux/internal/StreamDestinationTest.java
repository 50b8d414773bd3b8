package io.reelmux.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.FakeBackend;
import io.reelmux.Fixtures;
import io.reelmux.Script;
import io.reelmux.ScriptedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The caller's stream is flushed when the encoder finishes, and never closed. */
class StreamDestinationTest {
  private final ScriptedOutput output = new ScriptedOutput();
  private Script script = new Script();

  @BeforeEach
  void installScript() {
    script = FakeBackend.install();
  }

  @Test
  void close_stream_flushesAndLeavesItOpen() throws IOException {
    try (Encoder encoder = opened()) {
      assertThat(output.script.count("flush")).isZero();
      encoder.finish();
      assertThat(output.script.count("flush")).isEqualTo(1);
    }

    assertThat(output.script.count("close")).isZero();
    assertThat(output).hasToString("<>");
  }

  @Test
  void close_afterFailureOrCancel_neverClosesTheStream() throws IOException {
    script.fail("finish", new IOException("disk full"));
    try (Encoder encoder = opened()) {
      assertThatThrownBy(encoder::finish).hasMessage("disk full");
    }
    try (Encoder encoder = opened()) {
      encoder.cancel();
    }

    assertThat(output.script.count("close")).isZero();
  }

  @Test
  void flush_fails_finishThrowsTheSameException() throws IOException {
    IOException full = new IOException("disk full");
    output.script.fail("flush", full);
    try (Encoder encoder = opened()) {
      assertThatThrownBy(encoder::finish).isSameAs(full);
    }
  }

  @Test
  void write_streamThrowsRuntimeException_throwsTheSameException() throws IOException {
    IllegalStateException mine = new IllegalStateException("mine");
    output.script.fail("write", 2, mine);
    try (Encoder encoder = opened()) {
      assertThatThrownBy(encoder::finish).isSameAs(mine);
    }
  }

  @Test
  void seekAndRead_appendOnlyStream_throw() {
    StreamDestination destination = new StreamDestination(output);

    assertThat(destination.seekable()).isFalse();
    assertThat(destination.readable()).isFalse();
    assertThatThrownBy(() -> destination.seek(0))
        .isInstanceOf(IOException.class)
        .hasMessage("this output stream cannot seek");
    assertThatThrownBy(() -> destination.read(ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("this output stream cannot be read");
  }

  @Test
  void seek_seekableStream_isRelativeToItsInitialPosition() throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    out.write("0123".getBytes(US_ASCII));
    StreamDestination destination = new StreamDestination(out);

    destination.start();
    destination.write(ByteBuffer.wrap("abc".getBytes(US_ASCII)));
    destination.seek(1);
    destination.write(ByteBuffer.wrap("X".getBytes(US_ASCII)).asReadOnlyBuffer());
    destination.complete();

    assertThat(destination.seekable()).isTrue();
    assertThat(Fixtures.text(out)).isEqualTo("0123aXc");
  }

  @Test
  void write_partOfADirectBuffer_writesWhatRemains() throws IOException {
    ByteBuffer direct = ByteBuffer.allocateDirect(5);
    direct.put("abcde".getBytes(US_ASCII)).position(1).limit(4);

    new StreamDestination(output).write(direct);

    assertThat(output).hasToString("bcd");
    assertThat(direct.hasRemaining()).isFalse();
  }

  private Encoder opened() throws IOException {
    Encoder encoder = Encoder.create();
    encoder.addVideo(Fixtures.VIDEO);
    return encoder.openFileLike(output, Fixtures.FORMAT);
  }
}
