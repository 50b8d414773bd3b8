package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class DatasetWriterTest {
  private static final int SIDE = 32;
  private static final int FRAMES = 17;

  @TempDir Path directory = Path.of("");

  private Path write(String name) {
    Path folder = directory.resolve(name);
    assertThat(Run.of(DatasetWriter::run, folder, 200, FRAMES, SIDE).succeeded())
        .isEqualToNormalizingNewlines("200 clips of 17 frames\n");
    return folder;
  }

  @Test
  void run_twice_writesTheSameBytes() throws Exception {
    Path first = write("first");
    Path second = write("second");

    List<Path> files;
    try (Stream<Path> all = Files.list(first)) {
      files = all.toList();
    }
    assertThat(files).hasSize(400);
    for (Path file : files) {
      assertThat(Files.mismatch(file, second.resolve(file.getFileName())))
          .as(file.toString())
          .isEqualTo(-1);
    }
    assertKeyFrames(first.resolve("123.mp4"));
    assertMasks(first.resolve("123-mask.mkv"), 123);
  }

  @Test
  void run_ofTheDefaultSize_showsADiskAndASquare() throws Exception {
    Path folder = directory.resolve("large");

    Run.of(DatasetWriter::run, folder, 4, 32, 128).succeeded();

    GalleryStill.check("DatasetWriter", RawVideo.rgb(folder.resolve("003.mp4"), 128, 128));
  }

  private static void assertKeyFrames(Path clip) throws Exception {
    List<String> flags = FfmpegCli.ffprobe(clip, "-show_entries", "packet=flags");
    assertThat(flags).hasSize(FRAMES);
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      if (flags.get(i).startsWith("K")) {
        keys.add(i);
      }
    }
    assertThat(keys).containsExactly(0, 8, 16);
  }

  private static void assertMasks(Path file, int clip) throws Exception {
    RawVideo masks = RawVideo.gray(file, SIDE, SIDE);
    assertThat(masks.frames()).isEqualTo(FRAMES);
    boolean[] labels = new boolean[256];
    for (int n = 0; n < FRAMES; n++) {
      byte[] expected = DatasetWriter.mask(clip, n, SIDE);
      for (int i = 0; i < expected.length; i++) {
        assertThat(masks.at(n, i % SIDE, i / SIDE, 0)).isEqualTo(expected[i]);
        labels[expected[i]] = true;
      }
    }
    assertThat(labels).startsWith(true, true, true);
  }
}
