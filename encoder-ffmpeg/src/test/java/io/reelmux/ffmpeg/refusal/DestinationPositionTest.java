package io.reelmux.ffmpeg.refusal;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a destination stands before and after an encoding, and what it held before. */
class DestinationPositionTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "wav", "flac"})
  void finish_channel_isAtTheEndOfTheContainer(String format) throws IOException {
    Path file = directory.resolve("two");
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE, READ)) {
      channel.write(ByteBuffer.wrap("head".getBytes(US_ASCII)));
      EncodingResult result = encode(channel, format);

      assertThat(channel.position()).isEqualTo(4 + result.bytes()).isEqualTo(channel.size());
      assertThat(result.notes()).isEmpty();
      channel.write(ByteBuffer.wrap("tail".getBytes(US_ASCII)));
    }
    byte[] all = Files.readAllBytes(file);
    assertThat(new String(all, all.length - 4, 4, US_ASCII)).isEqualTo("tail");
    assertThat(new String(all, 0, 4, US_ASCII)).isEqualTo("head");
  }

  @Test
  void finish_memory_nextWriteAppends() throws IOException {
    ByteArrayOutput memory = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(memory, "m4a");
      audio.addSamples(new float[1][4800]);
      result = encoder.finish();
    }

    memory.write('x');

    assertThat(memory.toByteArray()).hasSize((int) result.bytes() + 1).endsWith('x');
  }

  @Test
  void finish_channelThatHeldMore_isNoted() throws IOException {
    Path file = Files.write(directory.resolve("long"), new byte[1 << 20]);
    try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
      EncodingResult result = encode(channel, "wav");

      assertThat(result.notes())
          .containsExactly(
              "the channel held "
                  + ((1 << 20) - result.bytes())
                  + " bytes more than were written; they remain after the end of the container");
    }
  }

  @Test
  void openFileLike_channelThatAppends_refused() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "precious");
    try (FileChannel channel = FileChannel.open(file, APPEND)) {
      assertThatThrownBy(() -> encode(channel, "mp4"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("APPEND")
          .hasMessageContaining("Channels.newOutputStream");
    }
    assertThat(file).hasContent("precious");
  }

  @Test
  void openFileLike_channelThatDoesNotSeek_failsAtTheSeek() {
    SeekableByteChannel stuck = new StuckChannel();

    assertThatThrownBy(() -> encode(stuck, "wav"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it cannot seek");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/full", "/dev/stdout"})
  void openFile_device_refusedWithTheWayOut(String device) {
    assumeTrue(Files.exists(Path.of(device)) && !Files.isRegularFile(Path.of(device)));

    assertThatThrownBy(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                encoder.addAudio(AudioOptions.of(48_000, 1));
                encoder.openFile(Path.of(device), "wav");
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(device)
        .hasMessageContaining("openFileLike");
  }

  @Test
  void openFile_namedPipe_refusedWithTheWayOut() throws Exception {
    Path pipe = directory.resolve("pipe.wav");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0);

    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.of(48_000, 1));

      assertThatThrownBy(() -> encoder.openFile(pipe))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("pipe.wav")
          .hasMessageContaining("openFileLike");
    }
  }

  @Test
  void openFile_networkAddress_saysThatThereAreNone() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.of(48_000, 1));

      assertThatThrownBy(() -> encoder.openFile(Path.of("rtmp://host/live/x.flv")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("network addresses are not supported");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancel_symbolicLink_deletesTheFileAndKeepsTheLink(boolean existed) throws IOException {
    Path target = directory.resolve("target.wav");
    if (existed) {
      Files.writeString(target, "old");
    }
    Path link = Files.createSymbolicLink(directory.resolve("link.wav"), target);
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFile(link);
      audio.addSamples(new float[1][4800]);

      encoder.cancel();
    }

    assertThat(target).doesNotExist();
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void finish_fileDeletedMeanwhile_isNoted(boolean alone) throws IOException {
    Path file = directory.resolve("gone.wav");
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      Output[] more =
          alone ? new Output[0] : new Output[] {Output.stream(nullOutputStream(), "wav")};
      encoder.open(Output.file(file).required(true), more);
      audio.addSamples(new float[1][4800]);
      Files.delete(file);

      assertThat(encoder.finish().notes())
          .anyMatch(
              note ->
                  note.contains(
                      file + " no longer exists: it was deleted or moved while it was encoded"));
    }
  }

  @Test
  void open_deviceWithoutItsModule_fallsBackIfAllowed() throws IOException {
    VideoOptions options =
        VideoOptions.builder(64, 48, 25)
            .device(Device.cuda(0))
            .codec("h264_nvenc")
            .fallbackToCpu(true)
            .build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));

      assertThat(encoder.finish().notes())
          .singleElement()
          .asString()
          .startsWith("video 0: encoded on the CPU by lib")
          .contains("io.reelmux:encoder-cuda");
    }
  }

  private static EncodingResult encode(SeekableByteChannel channel, String format)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.openFileLike(channel, format);
      audio.addSamples(new float[1][48_000]);
      return encoder.finish();
    }
  }

  /** Accepts every position, and stays where it is. */
  private static final class StuckChannel implements SeekableByteChannel {
    private long size;

    @Override
    public int read(ByteBuffer bytes) {
      return -1;
    }

    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      size += count;
      return count;
    }

    @Override
    public long position() {
      return size;
    }

    @Override
    public SeekableByteChannel position(long position) {
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public SeekableByteChannel truncate(long length) {
      return this;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
