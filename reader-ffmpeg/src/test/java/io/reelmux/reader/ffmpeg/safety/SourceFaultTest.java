package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioSamples;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source throws comes out of the call that met it, the same object, at any read. */
@RequiresFfmpegCli
class SourceFaultTest {

  /** Small, so that a file takes many reads. */
  private static final int READ = 4096;

  private static final VideoOutput OUTPUT = VideoOutput.of(PixelLayout.I420);

  @TempDir private static Path folder;

  /** Throws at one of its calls; the calls of both methods count. */
  private static final class FaultySource implements ByteSource {
    private final byte[] bytes;
    private final int fault;
    private final Throwable thrown;
    private int calls;

    FaultySource(byte[] bytes, int fault, Throwable thrown) {
      this.bytes = bytes;
      this.fault = fault;
      this.thrown = thrown;
    }

    @Override
    public long size() throws IOException {
      return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      if (calls++ == fault) {
        raise(thrown);
      }
      if (position >= bytes.length) {
        return -1;
      }
      int left = bytes.length - (int) position;
      int count = Math.min(Math.min(READ, target.remaining()), left);
      target.put(bytes, (int) position, count);
      return count;
    }

    private static void raise(Throwable thrown) throws IOException {
      if (thrown instanceof IOException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) thrown;
    }
  }

  /** All that reads, in an order in which each part reads on its own. */
  private static void readAll(ByteSource source) throws IOException {
    try (MediaReader reader = MediaReader.open(source)) {
      reader.info();
      try (VideoReader video = reader.video(OUTPUT)) {
        FrameCursor cursor = video.cursor();
        while (cursor.next()) {
          cursor.frame();
        }
      }
      try (VideoReader video = reader.video(OUTPUT)) {
        int count = video.index().count();
        video.frame(count - 1);
        video.frame(count / 2);
      }
      try (AudioReader audio = reader.audio()) {
        for (AudioSamples chunk : audio.chunks(1000)) {
          chunk.count();
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      try (AudioReader audio = reader.audio()) {
        audio.samples(audio.sampleCount() / 2, 100);
      }
      try (VideoReader video = reader.video(OUTPUT);
          AudioReader audio = reader.audio()) {
        MediaCursor both = reader.interleaved(video, audio);
        for (int i = 0; i < 8; i++) {
          both.next();
        }
      }
      try (PacketCursor packets = reader.packets()) {
        while (packets.next()) {
          packets.packet();
        }
        packets.seek(Duration.ofMillis(300));
        packets.next();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"H264_AAC_MP4", "H264_MP3_MKV", "H264_AAC_TS", "MPEG4_MP3_AVI", "H264_AAC_FLV"})
  void read_failingAtAnyCall_comesOutUnchanged(Seed seed) throws Exception {
    byte[] bytes = Files.readAllBytes(seed.in(folder));
    FaultySource whole = new FaultySource(bytes, -1, new IOException());
    readAll(whole);
    assertThat(whole.calls).isGreaterThan(30);
    List<IntFunction<Throwable>> kinds =
        List.of(
            k -> new IOException("read " + k),
            k -> new IllegalArgumentException("read " + k),
            k -> new AssertionError("read " + k));
    for (int k = 0; k < whole.calls; k++) {
      Throwable thrown = kinds.get(k % kinds.size()).apply(k);
      FaultySource source = new FaultySource(bytes, k, thrown);
      assertThat(catchThrowable(() -> readAll(source))).isSameAs(thrown);
      assertThat(NativeOwner.openCount()).as("owners after a fault at read " + k).isZero();
    }
  }

  @Test
  void transcode_failingAtAnyRead_throwsThatAndLeavesNoFile() throws Exception {
    byte[] bytes = Files.readAllBytes(Seed.H264_AAC_TS.in(folder));
    Path copy = folder.resolve("copy.mkv");
    FaultySource whole = new FaultySource(bytes, -1, new IOException());
    transcode(whole, copy);
    assertThat(copy).exists();
    Files.delete(copy);
    assertThat(whole.calls).isGreaterThan(60);
    for (int k = 0; k < whole.calls; k += 3) {
      IOException thrown = new IOException("read " + k);
      FaultySource source = new FaultySource(bytes, k, thrown);
      assertThat(catchThrowable(() -> transcode(source, copy))).isSameAs(thrown);
      assertThat(copy).doesNotExist();
      assertThat(NativeOwner.openCount()).as("owners after a fault at read " + k).isZero();
    }
  }

  private static void transcode(ByteSource source, Path copy) throws IOException {
    Transcoder.of(source).video(options -> options.codec("mpeg4")).copyAudio().toFile(copy);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1, 0, -1, 1000, Integer.MAX_VALUE + 1L})
  void size_thatIsWrong_endsInFramesOrAnIoException(long size) throws Exception {
    for (Seed seed : Seed.values()) {
      byte[] bytes = Files.readAllBytes(seed.in(folder));
      ByteSource source =
          new ByteSource() {
            @Override
            public long size() {
              return size;
            }

            @Override
            public int read(long position, ByteBuffer target) {
              if (position >= bytes.length) {
                return -1;
              }
              int count = Math.min(target.remaining(), bytes.length - (int) position);
              target.put(bytes, (int) position, count);
              return count;
            }
          };
      readIfPossible(source);
      assertThat(NativeOwner.openCount()).as(seed.name()).isZero();
    }
  }

  private static void readIfPossible(ByteSource source) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (MediaReader reader = MediaReader.open(source)) {
                if (!reader.info().videos().isEmpty()) {
                  reader.video(OUTPUT).index();
                }
                reader.packets().next();
              }
            });
    assertThat(thrown)
        .satisfiesAnyOf(t -> assertThat(t).isNull(), SourceFaultTest::assertIoException);
  }

  private static void assertIoException(Throwable thrown) {
    assertThat(thrown).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20})
  void read_thatReturnsRubbish_isRefusedInWords(int returned) {
    ByteSource source =
        new ByteSource() {
          @Override
          public long size() {
            return 1 << 20;
          }

          @Override
          public int read(long position, ByteBuffer target) {
            return returned;
          }
        };
    assertThatThrownBy(() -> MediaReader.open(source))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the source returned " + returned);
    assertThat(NativeOwner.openCount()).isZero();
  }

  /** Each demuxer reads the source again: the second may find another file there. */
  @Test
  void source_thatBecomesAnotherFile_endsInFramesOrAnIoException() throws Exception {
    for (Seed first : Seed.values()) {
      for (Seed second : List.of(Seed.MP3, Seed.GIF, Seed.H264_AAC_MP4, Seed.H264_AAC_TS)) {
        ChangingSource source =
            new ChangingSource(
                Files.readAllBytes(first.in(folder)), Files.readAllBytes(second.in(folder)));
        Throwable thrown = catchThrowable(() -> readChanged(source));
        assertThat(thrown)
            .as(first + " becomes " + second)
            .satisfiesAnyOf(t -> assertThat(t).isNull(), SourceFaultTest::assertIoException);
        assertThat(NativeOwner.openCount()).isZero();
      }
    }
  }

  private static void readChanged(ChangingSource source) throws IOException {
    try (MediaReader reader = MediaReader.open(source)) {
      source.changed = true;
      for (int i = 0; i < 2 && !reader.info().videos().isEmpty(); i++) {
        try (VideoReader video = reader.video(OUTPUT)) {
          if (video.index().count() > 0) {
            video.frame(0);
          }
        }
      }
      try (PacketCursor packets = reader.packets()) {
        while (packets.next()) {
          packets.packet();
        }
      }
    }
  }

  private static final class ChangingSource implements ByteSource {
    private final byte[] first;
    private final byte[] second;
    private boolean changed;

    ChangingSource(byte[] first, byte[] second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public long size() {
      return changed ? second.length : first.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      byte[] bytes = changed ? second : first;
      if (position >= bytes.length) {
        return -1;
      }
      int count = Math.min(target.remaining(), bytes.length - (int) position);
      target.put(bytes, (int) position, count);
      return count;
    }
  }
}
