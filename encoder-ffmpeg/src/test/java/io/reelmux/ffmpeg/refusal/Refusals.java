package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Attempts what must be refused, and checks that it leaves no trace. */
final class Refusals {
  private static final byte[] PRECIOUS = "do not touch".getBytes(StandardCharsets.UTF_8);

  private Refusals() {}

  /** Returns the H.264 encoder of the FFmpeg build under test. */
  static String h264() {
    return isGpl() ? "libx264" : "libopenh264";
  }

  /** Returns whether the GPL build is loaded; fails if it is not the build this run is for. */
  static boolean isGpl() {
    try {
      NativeLibraries.load();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    String wanted = System.getProperty("reelmux.natives");
    if (wanted != null) {
      assertThat(NativeLibraries.isGpl()).isEqualTo(wanted.equals("gpl"));
    }
    return NativeLibraries.isGpl();
  }

  /** Returns options for small frames. */
  static VideoOptions.Builder video(String codec) {
    return VideoOptions.builder(64, 48, 25).codec(codec);
  }

  static AudioOptions.Builder audio(String codec) {
    return AudioOptions.builder(48_000, 2).codec(codec);
  }

  static Throwable video(String format, VideoOptions options) throws IOException {
    return refusal(Encoder.builder(), format, encoder -> encoder.addVideo(options));
  }

  static Throwable audio(String format, AudioOptions options) throws IOException {
    return refusal(Encoder.builder(), format, encoder -> encoder.addAudio(options));
  }

  /**
   * Returns the exception that three kinds of destination raise. It is always the same, each
   * destination is unchanged, the encoder is still CONFIGURING, and no native struct is open.
   */
  static Throwable refusal(Encoder.Builder builder, String format, Consumer<Encoder> streams)
      throws IOException {
    Path directory = Files.createTempDirectory("refused");
    Throwable first = refusedFile(builder, directory.resolve("absent"), format, streams);
    Path existing = Files.write(directory.resolve("existing"), PRECIOUS);
    Throwable second = refusedFile(builder, existing, format, streams);
    assertThat(existing).hasBinaryContent(PRECIOUS);
    Files.delete(existing);
    assertThat(directory).isEmptyDirectory();
    assertThat(second).hasSameClassAs(first);
    ByteArrayOutput untouched = new ByteArrayOutput();
    Throwable third = refused(builder, streams, encoder -> encoder.openFileLike(untouched, format));
    assertThat(untouched.size()).isZero();
    assertThat(third).hasSameClassAs(first);
    Files.delete(directory);
    return first;
  }

  /** Returns the exception for an append-only stream, which must not receive a single call. */
  static Throwable refusalOfStream(
      Encoder.Builder builder, String format, Consumer<Encoder> streams) {
    return refused(
        builder, streams, encoder -> encoder.openFileLike(new UntouchableStream(), format));
  }

  /** Returns the exception for a file opened by its name alone; the file must not exist. */
  static Throwable refusalOfName(Path file, Consumer<Encoder> streams) {
    Throwable refusal = refused(Encoder.builder(), streams, encoder -> encoder.openFile(file));
    assertThat(file).doesNotExist();
    return refusal;
  }

  private static Throwable refusedFile(
      Encoder.Builder builder, Path file, String format, Consumer<Encoder> streams) {
    boolean existed = Files.exists(file);
    Throwable refusal = refused(builder, streams, encoder -> encoder.openFile(file, format));
    assertThat(Files.exists(file)).isEqualTo(existed);
    return refusal;
  }

  /** Opens an encoder. */
  @FunctionalInterface
  interface Open {
    Object on(Encoder encoder) throws IOException;
  }

  /** Opens, which must fail, and checks that the encoder can continue. */
  static Throwable refused(Encoder.Builder builder, Consumer<Encoder> streams, Open open) {
    isGpl();
    long owners = NativeOwner.openCount();
    try (Encoder encoder = builder.build()) {
      streams.accept(encoder);
      Throwable refusal = catchThrowable(() -> open.on(encoder));
      assertThat(refusal).as("nothing was refused").isNotNull();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
      // still CONFIGURING: streams can be added, and opening again fails in the same way
      assertThat(refusal).isNotInstanceOf(IllegalStateException.class);
      assertThat(catchThrowable(() -> open.on(encoder))).hasSameClassAs(refusal);
      assertThatCode(() -> encoder.addAudio(AudioOptions.of(48_000, 1))).doesNotThrowAnyException();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
      return refusal;
    } catch (IOException e) {
      throw new AssertionError("close() of an encoder that was never open", e);
    }
  }

  /** Opens a valid destination with the same settings, and closes it. */
  static void accepted(Encoder.Builder builder, String format, Consumer<Encoder> streams)
      throws IOException {
    isGpl();
    long owners = NativeOwner.openCount();
    try (Encoder encoder = builder.build()) {
      streams.accept(encoder);
      encoder.openFileLike(new ByteArrayOutput(), format);
      assertThat(NativeOwner.openCount()).isGreaterThan(owners);
      encoder.cancel();
    }
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  private static final class UntouchableStream extends OutputStream {
    @Override
    public void write(int value) {
      throw new AssertionError("written");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      throw new AssertionError("written");
    }

    @Override
    public void flush() {
      throw new AssertionError("flushed");
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }
}
