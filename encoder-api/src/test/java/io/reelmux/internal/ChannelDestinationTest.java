package io.reelmux.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Encoder;
import io.reelmux.FakeBackend;
import io.reelmux.Fixtures;
import io.reelmux.ScriptedChannel;
import io.reelmux.VideoStream;
import io.reelmux.testing.WriteOnlyChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The caller's channel is written from its position on, and never closed. */
@Timeout(120)
class ChannelDestinationTest {

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void createFile() throws IOException {
    FakeBackend.install();
    file = Files.writeString(directory.resolve("a"), "0123456789");
  }

  @Test
  void write_shortWrites_writesTheRest() throws IOException {
    try (ScriptedChannel channel = new ScriptedChannel(file)) {
      channel.portion = 3;
      ChannelDestination destination = started(channel);

      destination.write(bytes("abcdefgh"));

      assertThat(channel.script.count("write")).isEqualTo(3);
    }
    assertThat(file).hasContent("abcdefgh89");
  }

  @Test
  void write_channelAcceptsNothing_throws() throws IOException {
    try (ScriptedChannel channel = new ScriptedChannel(file)) {
      channel.portion = 0;
      ChannelDestination destination = started(channel);

      assertThatThrownBy(() -> destination.write(bytes("abc")))
          .isInstanceOf(IOException.class)
          .hasMessage("the channel accepted none of 3 bytes: it must be in blocking mode");
    }
  }

  @Test
  void write_channelOverstatesTheCount_throws() throws IOException {
    ChannelDestination destination = new ChannelDestination(new LyingChannel());

    assertThatThrownBy(() -> destination.write(bytes("abc")))
        .isInstanceOf(IOException.class)
        .hasMessage("the channel accepted none of 3 bytes: it must be in blocking mode");
  }

  @Test
  void write_channelFails_throwsTheSameException() throws IOException {
    IOException full = new IOException("disk full");
    try (ScriptedChannel channel = new ScriptedChannel(file);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(Fixtures.VIDEO);
      channel.script.fail("write", 2, full);
      encoder.openFileLike(channel, Fixtures.FORMAT);

      assertThatThrownBy(() -> video.addFrame(Fixtures.frame())).isSameAs(full);
    }
  }

  @Test
  void seek_position_isRelativeToTheStartOfTheContainer() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.position(4);
      ChannelDestination destination = started(channel);

      destination.write(bytes("abc"));
      destination.seek(1);
      destination.write(bytes("X"));
      destination.seek(0);
      ByteBuffer read = ByteBuffer.allocate(3);
      destination.read(read);

      assertThat(read.array()).isEqualTo("aXc".getBytes(US_ASCII));
      assertThat(destination.readable()).isTrue();
      assertThat(destination.seekable()).isTrue();
    }
    assertThat(file).hasContent("0123aXc789");
  }

  @Test
  void readable_writeOnlyChannel_isFalse() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(new ChannelDestination(channel).readable()).isFalse();
    }
  }

  @Test
  void readable_emptyChannel_isTrue() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("new"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      assertThat(new ChannelDestination(channel).readable()).isTrue();
      assertThat(channel.position()).isZero();
    }
  }

  @Test
  void openFileLike_closedChannel_throws() throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.close();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.VIDEO);

      assertThatThrownBy(() -> encoder.openFileLike(channel, Fixtures.FORMAT))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void close_channel_leavesItOpen() throws IOException {
    try (ScriptedChannel channel = new ScriptedChannel(file)) {
      for (Runnable end : ends(channel)) {
        end.run();
      }

      assertThat(channel.script.count("close")).isZero();
    }
  }

  /** The three ways in which an encoding ends. */
  private static Runnable[] ends(ScriptedChannel channel) {
    return new Runnable[] {
      () -> encode(channel, encoder -> {}),
      () -> encode(channel, Encoder::cancel),
      () -> {
        FakeBackend.install().fail("finish", new IOException("disk full"));
        encode(
            channel,
            encoder -> assertThatThrownBy(encoder::finish).isInstanceOf(IOException.class));
      }
    };
  }

  private static void encode(SeekableByteChannel channel, Consumer<Encoder> body) {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(Fixtures.VIDEO);
      encoder.openFileLike(channel, Fixtures.FORMAT);
      body.accept(encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChannelDestination started(SeekableByteChannel channel) throws IOException {
    ChannelDestination destination = new ChannelDestination(channel);
    destination.start();
    return destination;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  /** Reports that it has written all bytes but leaves the buffer unchanged. */
  private static final class LyingChannel extends WriteOnlyChannel {

    @Override
    public int write(ByteBuffer source) {
      return source.remaining();
    }
  }
}
