package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.SeekableOutputStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations that fail at any call, in any way. */
class DestinationFailureTest {
  private static final float[][] AUDIO = new float[2][4_800];
  private static final int PARTS = 30;

  /** Throws the given fault at the n-th call. */
  private static final class Faulty extends SeekableOutputStream {
    private final ByteArrayOutput out = new ByteArrayOutput();
    private final Throwable fault;
    private final int failing;
    private int calls;
    private boolean failed;

    Faulty(Throwable fault, int failing) {
      this.fault = fault;
      this.failing = failing;
    }

    private void call() throws IOException {
      assertThat(failed).as("called again after a failure").isFalse();
      if (calls++ == failing) {
        failed = true;
        if (fault instanceof IOException e) {
          throw e;
        }
        if (fault instanceof RuntimeException e) {
          throw e;
        }
        throw (Error) fault;
      }
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      call();
      out.write(bytes, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
      call();
      out.seek(position);
    }

    @Override
    public long position() {
      return out.position();
    }

    @Override
    public void flush() throws IOException {
      call();
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }

    /** Returns the same destination without seeking. */
    OutputStream appendOnly() {
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          Faulty.this.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          Faulty.this.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
          Faulty.this.flush();
        }
      };
    }
  }

  static Stream<Arguments> faultsAndContainers() {
    Stream<Arguments> everyContainer =
        Stream.of("mp4", "mov", "mkv", "ts", "avi", "wav", "mp3", "ogg", "flac", "flv")
            .map(format -> Arguments.of(new IOException("disk full"), format));
    Stream<Arguments> everyFault =
        Stream.of(
                new UncheckedIOException(new IOException("wrapped")),
                new IllegalStateException("mine"),
                new StackOverflowError("mine too"))
            .flatMap(
                fault -> Stream.of("mp4", "mkv", "wav").map(format -> Arguments.of(fault, format)));
    return Stream.concat(everyContainer, everyFault);
  }

  @ParameterizedTest
  @MethodSource("faultsAndContainers")
  void write_anyCallFails_throwsSameObjectOnceAndLeavesNothing(Throwable fault, String format)
      throws IOException {
    int calls = callsOfWholeRun(format, false);

    for (int failing = 0; failing < calls; failing += Math.max(1, calls / 8)) {
      Faulty out = new Faulty(fault, failing);
      assertFails(out, out, fault, format);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "flv", "mp3", "wav"})
  void write_appendOnlyStreamFails_throwsSameObject(String format) throws IOException {
    IOException fault = new IOException("broken pipe");
    int calls = callsOfWholeRun(format, true);

    for (int failing = 0; failing < calls; failing += Math.max(1, calls / 8)) {
      Faulty out = new Faulty(fault, failing);
      assertFails(out, out.appendOnly(), fault, format);
    }
  }

  private static int callsOfWholeRun(String format, boolean appendOnly) throws IOException {
    Faulty out = new Faulty(new IOException("never"), Integer.MAX_VALUE);
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(appendOnly ? out.appendOnly() : out, format);
      for (int i = 0; i < PARTS; i++) {
        stream.addSamples(AUDIO);
      }
    }
    assertThat(MediaReader.demux(out.out.toByteArray()).audio(0).packets()).isNotEmpty();
    return out.calls;
  }

  private static void assertFails(
      Faulty out, OutputStream destination, Throwable fault, String format) throws IOException {
    long owners = NativeOwner.openCount();
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));

      Throwable thrown =
          catchThrowable(
              () -> {
                encoder.openFileLike(destination, format);
                for (int i = 0; i < PARTS; i++) {
                  stream.addSamples(AUDIO);
                }
                encoder.finish();
              });

      assertThat(thrown).as("call %d of %s", out.failing, format).isSameAs(fault);
      assertThat(out.failed).isTrue();
      assertThatThrownBy(() -> stream.addSamples(AUDIO)).isInstanceOf(IllegalStateException.class);
      assertThatCode(encoder::close).doesNotThrowAnyException();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
    }
  }

  @Test
  void addSamples_afterFailure_refusedNamingIt() throws IOException {
    IOException fault = new IOException("disk full");
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(new Faulty(fault, 3), "ts");
      assertThat(
              catchThrowable(
                  () -> {
                    while (true) {
                      stream.addSamples(AUDIO);
                    }
                  }))
          .isSameAs(fault);

      assertThatThrownBy(() -> stream.addSamples(AUDIO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("disk full")
          .hasCause(fault);
      assertThatThrownBy(encoder::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("disk full");
    }
  }

  @Test
  void close_finishingFails_throwsTheSameObject() throws IOException {
    IOException fault = new IOException("no more");
    int calls = callsOfWholeRun("wav", false);
    Encoder encoder = Encoder.create();
    AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
    encoder.openFileLike(new Faulty(fault, calls - 1), "wav");
    for (int i = 0; i < PARTS; i++) {
      stream.addSamples(AUDIO);
    }

    assertThat(catchThrowable(encoder::close)).isSameAs(fault);

    assertThatCode(encoder::close).doesNotThrowAnyException();
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void close_callersBlockAndFinishingFail_callersExceptionFirst() {
    IOException fault = new IOException("no more");
    RuntimeException own = new RuntimeException("the caller's");

    Throwable thrown =
        catchThrowable(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                encoder.addAudio(AudioOptions.of(48_000, 2));
                encoder.openFileLike(new Faulty(fault, 2), "wav");
                throw own;
              }
            });

    assertThat(thrown).isSameAs(own);
    assertThat(thrown.getSuppressed()).containsExactly(fault);
  }

  /** A channel in memory that accepts a few bytes at a time. */
  private static final class ShortChannel implements SeekableByteChannel {
    private final ByteArrayOutput out = new ByteArrayOutput();
    private final int max;
    private int writes;

    ShortChannel(int max) {
      this.max = max;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int count = Math.min(source.remaining(), max == 0 ? 0 : 1 + writes++ % max);
      byte[] part = new byte[count];
      source.get(part);
      out.write(part, 0, count);
      return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      throw new IOException("write only");
    }

    @Override
    public long position() {
      return out.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      out.seek(position);
      return this;
    }

    @Override
    public long size() {
      return out.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "avi", "wav", "flac"})
  void write_channelAcceptsFewBytesAtATime_fileIsComplete(String format) throws IOException {
    ByteArrayOutput whole = new ByteArrayOutput();
    ShortChannel brief = new ShortChannel(13);

    encode(format, encoder -> encoder.openFileLike(whole, format));
    encode(format, encoder -> encoder.openFileLike(brief, format));

    assertThat(brief.out.toByteArray()).isEqualTo(whole.toByteArray());
    assertThat(brief.writes).isGreaterThan(100);
  }

  private static void encode(String format, Refusals.Open open) throws IOException {
    Encoder.Builder builder = Encoder.builder().muxerOption("fflags", "+bitexact");
    try (Encoder encoder = builder.build()) {
      AudioStream stream = encoder.addAudio(AudioOptions.of(48_000, 2));
      open.on(encoder);
      for (int i = 0; i < PARTS; i++) {
        stream.addSamples(AUDIO);
      }
    }
  }

  @Test
  void write_channelAcceptsNothing_failsInsteadOfWaitingForever() {
    long owners = NativeOwner.openCount();

    assertThatThrownBy(
            () -> encode("wav", encoder -> encoder.openFileLike(new ShortChannel(0), "wav")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be in blocking mode");

    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  @Test
  void openFileLike_channelNotAtItsStart_containerStartsThere() throws IOException {
    ShortChannel channel = new ShortChannel(4_096);
    channel.write(ByteBuffer.wrap("before".getBytes(StandardCharsets.UTF_8)));
    channel.position(6);
    int before = (int) channel.position();
    ByteArrayOutput whole = new ByteArrayOutput();

    encode("mp4", encoder -> encoder.openFileLike(channel, "mp4"));
    encode("mp4", encoder -> encoder.openFileLike(whole, "mp4"));

    byte[] all = channel.out.toByteArray();
    assertThat(Arrays.copyOfRange(all, before, all.length)).isEqualTo(whole.toByteArray());
  }
}
