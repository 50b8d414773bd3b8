package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of files on a real file system. */
@Timeout(300)
class FileFaultTest {
  private static final int FRAMES = 400;
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "ts"})
  void addFrame_diskFull_failsAndKeepsWhatWasWritten(String format) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk.toString()),
        "requires permission to mount a small file system");
    try {
      long owners = NativeOwner.openCount();
      Path file = disk.resolve("full." + format);
      Muxed muxed = new Muxed();
      Encoder encoder = Encoder.builder().packetListener(muxed).build();

      Throwable thrown = catchThrowable(() -> encode(encoder, file));

      assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("No space left");
      assertThatCode(encoder::close).doesNotThrowAnyException();
      assertThat(NativeOwner.openCount()).isEqualTo(owners);
      int safe = muxed.framesBefore(Duration.ofMillis(1080));
      List<Integer> frames = Played.of(file).frames();
      assertThat(safe).isGreaterThan(25);
      assertThat(frames).hasSizeGreaterThanOrEqualTo(safe);
      assertThat(frames.subList(0, safe)).isEqualTo(IntStream.range(0, safe).boxed().toList());
      Reliability.record(
          "full disk, " + format,
          "a tmpfs of 48 KiB",
          1,
          "No space left on device; %d of %d muxed frames decode"
              .formatted(frames.size(), muxed.frames()));
    } finally {
      run("umount", disk.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "flv"})
  void openFileLike_deviceFull_throwsItsException(String format) throws IOException {
    assumeTrue(Files.exists(FULL), "requires /dev/full");
    long owners = NativeOwner.openCount();
    try (FileOutputStream full = new FileOutputStream(FULL.toFile());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(format));

      Throwable thrown =
          catchThrowable(
              () -> {
                encoder.openFileLike(full, format);
                feed(video, 0, 40);
              });

      assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("No space left");
    }
    assertThat(NativeOwner.openCount()).isEqualTo(owners);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void addFrame_fileDeleted_continues(String format) throws IOException {
    Path file = directory.resolve("deleted." + format);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(format));
      encoder.openFile(file);
      feed(video, 0, 40);
      Files.delete(file);
      feed(video, 40, 80);

      assertThatCode(encoder::finish).doesNotThrowAnyException();
    }
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void addFrame_fileMadeReadOnly_completesIt(String format) throws IOException {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "requires POSIX permissions");
    Path file = directory.resolve("read-only." + format);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(format));
      encoder.openFile(file);
      feed(video, 0, 40);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      feed(video, 40, 80);
    }

    assertThat(Played.of(file).frames()).isEqualTo(IntStream.range(0, 80).boxed().toList());
  }

  @Test
  void addFrame_directoryMoved_completesTheFile() throws IOException {
    Path before = Files.createDirectory(directory.resolve("before"));
    Path after = directory.resolve("after");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options("mp4"));
      encoder.openFile(before.resolve("moved.mp4"));
      feed(video, 0, 40);
      Files.move(before, after);
      feed(video, 40, 80);
    }

    assertThat(Played.of(after.resolve("moved.mp4")).frames()).hasSize(80);
    Reliability.record(
        "a file is deleted, made read-only or moved while it is written",
        "by the test, midway; mp4 and mkv",
        5,
        "the encoding continues and ends normally; a file that still exists is complete");
  }

  private static VideoOptions options(String format) {
    return VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, 25)
        .codec(format.equals("flv") ? "flv" : "mpeg4")
        .threads(1)
        .build();
  }

  private static void encode(Encoder encoder, Path file) throws IOException {
    VideoStream video = encoder.addVideo(options("mp4").toBuilder().gop(1).build());
    encoder.openFile(file);
    feed(video, 0, FRAMES);
    encoder.finish();
  }

  private static void feed(VideoStream video, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      video.addFrame(Clip.frame(i));
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
