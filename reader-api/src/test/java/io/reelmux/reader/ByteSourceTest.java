package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.VideoOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kinds of sources return the same bytes; what they cannot do is refused with words. */
@Timeout(60)
class ByteSourceTest {
  private static final byte[] BYTES = new byte[200_003];

  static {
    new Random(3).nextBytes(BYTES);
  }

  @TempDir Path folder;

  @Test
  void of_path_isNotWrittenUntilItIsClosed() throws IOException {
    Path path = Files.write(folder.resolve("in.mp4"), BYTES);
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.of(64, 48, 25));
      ByteSource source = ByteSource.of(path);

      assertThatThrownBy(() -> encoder.openFile(path))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("is open in a MediaReader or ByteSource of this process");
      assertThat(path).hasBinaryContent(BYTES);
      source.close();

      encoder.check(Output.file(path));
    }
  }

  /** Opens a source over {@link #BYTES}. */
  private ByteSource open(String kind) throws IOException {
    Path path = folder.resolve("bytes");
    Files.write(path, BYTES);
    return switch (kind) {
      case "path" -> ByteSource.of(path);
      case "heap" -> ByteSource.of(ByteBuffer.wrap(BYTES));
      case "direct" -> ByteSource.of(ByteBuffer.allocateDirect(BYTES.length).put(BYTES).flip());
      case "mapped" -> ByteSource.of(mapped(path));
      case "channel" -> ByteSource.of(FileChannel.open(path));
      case "other channel" -> ByteSource.of(new PlainChannel(FileChannel.open(path)));
      case "in memory" -> ByteSource.spooled(stream(), 1 << 20, folder);
      case "spooled" -> ByteSource.spooled(stream(), 70_001, folder);
      default -> ByteSource.spooled(stream(), 0, folder);
    };
  }

  private static ByteBuffer mapped(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  /** Returns odd numbers of bytes, as sockets do. */
  private static InputStream stream() {
    return new ByteArrayInputStream(BYTES) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 7_777));
      }
    };
  }

  private static void assertReads(ByteSource source, long position, ByteBuffer target)
      throws IOException {
    int from = target.position();
    int read = source.read(position, target);
    assertThat(read).isPositive();
    assertThat(target.position()).isEqualTo(from + read);
    byte[] actual = new byte[read];
    target.duplicate().flip().position(from).get(actual);
    assertThat(actual).isEqualTo(Arrays.copyOfRange(BYTES, (int) position, (int) position + read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path",
        "heap",
        "direct",
        "mapped",
        "channel",
        "other channel",
        "in memory",
        "spooled",
        "on disk"
      })
  void read_anyPlaceAndTarget_returnsTheBytes(String kind) throws Exception {
    Random random = new Random(4);
    try (ByteSource source = open(kind)) {
      for (int i = 0; i < 300; i++) {
        int size = 1 + random.nextInt(90_000);
        ByteBuffer target =
            random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        target.position(random.nextInt(size));
        assertReads(source, random.nextInt(BYTES.length), target);
      }
      assertThat(source.read(BYTES.length, ByteBuffer.allocate(5))).isEqualTo(-1);
      assertThat(source.read(1L << 40, ByteBuffer.allocate(5))).isEqualTo(-1);
      assertThat(source.size()).isEqualTo(BYTES.length);
      assertThat(source.seekable()).isTrue();
      assertThat(source.toString()).isNotBlank();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("bytes");
    }
  }

  @Test
  void of_buffer_readsBetweenPositionAndLimit() throws Exception {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

    ByteSource source = ByteSource.of(buffer);

    ByteBuffer target = ByteBuffer.allocate(9);
    assertThat(source.read(0, target)).isEqualTo(2);
    assertThat(target.get(0)).isEqualTo((byte) 2);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(source).hasToString("2 bytes in memory");
  }

  @Test
  void of_fileChannel_keepsItsPositionAndIsNotClosed() throws Exception {
    Path path = Files.write(folder.resolve("bytes"), BYTES);
    try (FileChannel channel = FileChannel.open(path).position(7)) {
      ByteSource source = ByteSource.of(channel);
      assertReads(source, 100, ByteBuffer.allocate(10));
      source.close();
      assertThat(channel.position()).isEqualTo(7);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void of_noRegularFile_isRefused() throws Exception {
    assertThatThrownBy(() -> ByteSource.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is a directory: must be a file");
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      assertThatThrownBy(() -> ByteSource.of(device))
          .hasMessage(
              "/dev/null is a pipe or a device: read it with Files.newInputStream and"
                  + " ByteSource.spooled or ByteSource.streaming");
    }
    URI zip = URI.create("jar:" + folder.resolve("a.zip").toUri());
    try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      assertThatThrownBy(() -> ByteSource.of(other.getPath("a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a is not in the default file system: open it with Files.newByteChannel and"
                  + " ByteSource.of(channel)");
    }
  }

  @Test
  void of_fileThatGrows_isReadAsItIs() throws Exception {
    Path path = Files.write(folder.resolve("bytes"), new byte[10]);
    try (ByteSource source = ByteSource.of(path)) {
      assertThat(source.read(10, ByteBuffer.allocate(5))).isEqualTo(-1);
      Files.write(path, new byte[3], StandardOpenOption.APPEND);
      assertThat(source.read(10, ByteBuffer.allocate(5))).isEqualTo(3);
      assertThat(source.size()).isEqualTo(13);
    }
  }

  @Test
  void spooled_beforeTheEnd_hasNoSizeAndReadsNoFurther() throws Exception {
    InputStream stream = new ByteArrayInputStream(BYTES);
    try (ByteSource source = ByteSource.spooled(stream, 10, folder)) {
      assertThat(source.size()).isEqualTo(-1);
      assertReads(source, 0, ByteBuffer.allocate(10));
      assertThat(stream.available()).isEqualTo(BYTES.length - 65_536);
      assertThat(source.size()).isEqualTo(-1);
    }
  }

  @Test
  void spooled_closed_deletesItsFileAndRefuses() throws Exception {
    ByteSource source = ByteSource.spooled(stream(), 0, folder);
    assertReads(source, 100_000, ByteBuffer.allocate(10));

    source.close();
    source.close();

    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
        .hasMessage("the source has been closed");
  }

  @Test
  void spooled_streamFails_canBeTriedAgain() throws Exception {
    IOException failure = new IOException("network");
    boolean[] broken = {true};
    InputStream stream =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError();
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            if (broken[0]) {
              throw failure;
            }
            return 1;
          }
        };
    try (ByteSource source = ByteSource.spooled(stream, 10, folder)) {
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1))).isSameAs(failure);
      broken[0] = false;
      assertThat(source.read(0, ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @Test
  void spooled_diskFails_saysSoFromThenOn() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    try (ByteSource source = ByteSource.spooled(stream(), 10, gone)) {
      Files.delete(gone);
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(IOException.class);
      Files.createDirectory(gone);
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
          .as("bytes are missing")
          .hasMessage("the stream could not be spooled");
    }
  }

  @Test
  void spooled_streamReturnsNothing_isRefused() throws Exception {
    InputStream stream =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return 0;
          }
        };
    try (ByteSource source = ByteSource.spooled(stream, 10, folder)) {
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
          .hasMessage("the stream returned 0 bytes: must be 1 to 65536, or -1");
    }
  }

  @Test
  void spooled_mistakes_areRefused() {
    assertThatThrownBy(() -> ByteSource.spooled(stream(), -1, folder))
        .hasMessage("memoryBytes -1: must be 0 to 1073741824");
    assertThatThrownBy(() -> ByteSource.spooled(stream(), 1, folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("none: must be a folder");
  }

  @Test
  void streaming_inOrder_readsOnceAndRefusesOtherPlaces() throws Exception {
    ByteSource source = ByteSource.streaming(stream());

    assertThat(source.seekable()).isFalse();
    assertThat(source.size()).isEqualTo(-1);
    assertReads(source, 0, ByteBuffer.allocate(100));
    assertReads(source, 100, ByteBuffer.allocateDirect(100));
    assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the stream can be read only once, and is at byte 200 instead of 0:"
                + " ByteSource.spooled keeps what has been read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "channel"})
  void cancel_whileAnotherThreadReads_endsThoseThatWaitToo(String kind) throws Exception {
    FakeMedia media = new FakeMedia().install();
    ScriptedSource blocking = new ScriptedSource();
    ByteSource source =
        switch (kind) {
          case "spooled" -> ByteSource.spooled(blockingStream(blocking), 10, folder);
          default -> ByteSource.of(new PlainChannel(blocking));
        };
    try (MediaReader file = MediaReader.open(source)) {
      blocking.block();
      VideoReader one = file.video();
      VideoReader two = file.video();
      Background first = Background.start(() -> one.frame(1));
      blocking.awaitReached();
      Background second = Background.start(() -> two.frame(2));
      while (media.calls().stream().filter("index"::equals).count() < 2) {
        Thread.onSpinWait();
      }
      second.awaitWaiting();

      file.cancel();

      assertThat(first.thrown())
          .isInstanceOf(CancellationException.class)
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(second.thrown())
          .isInstanceOf(CancellationException.class)
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(first.interrupted() || second.interrupted()).isFalse();
    }
    assertThat(media.open()).isZero();
    source.close();
  }

  /** The first byte is returned at once, as opening requires; the others as the script says. */
  private static InputStream blockingStream(ScriptedSource script) {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return script.read(0, ByteBuffer.wrap(target, offset, 1));
      }
    };
  }

  /** A channel that is not a file's. */
  private static final class PlainChannel implements SeekableByteChannel {
    private final @Nullable SeekableByteChannel channel;
    private final @Nullable ByteSource script;

    PlainChannel(SeekableByteChannel channel) {
      this.channel = channel;
      this.script = null;
    }

    PlainChannel(ByteSource script) {
      this.channel = null;
      this.script = script;
    }

    private SeekableByteChannel channel() {
      return Objects.requireNonNull(channel);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return script == null ? channel().read(target) : script.read(0, target);
    }

    @Override
    public int write(ByteBuffer source) {
      throw new AssertionError();
    }

    @Override
    public long position() throws IOException {
      return channel().position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      if (script == null) {
        channel().position(position);
      }
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel().size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new AssertionError();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
      return "plain";
    }
  }
}
