package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.TimeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an index; every damage is noticed. */
class FrameIndexTest {
  private static final FrameIndex INDEX =
      new FrameIndex(
          new TimeBase(1001, 30_000),
          new long[] {-3, 0, 7},
          9,
          new boolean[] {true, false, true},
          FrameIndex.Basis.DECODED);

  @TempDir Path folder;

  @Test
  void write_index_readsTheSame() throws Exception {
    Path path = folder.resolve("index");
    INDEX.write(path);

    FrameIndex read = FrameIndex.read(path);

    assertThat(read).isEqualTo(INDEX).hasSameHashCodeAs(INDEX);
    assertThat(read.pts(0)).isEqualTo(-3);
    assertThat(read.endPts()).isEqualTo(9);
    assertThat(read.keys()).containsExactly(0, 2);
    assertThat(read.basis()).isEqualTo(FrameIndex.Basis.DECODED);
    assertThat(read.timeBase()).isEqualTo(new TimeBase(1001, 30_000));
    assertThat(Files.size(path)).isEqualTo(33 + 3 * 9 + 8);
  }

  @Test
  void write_empty_readsTheSame() throws Exception {
    FrameIndex empty =
        new FrameIndex(new TimeBase(1, 25), new long[0], 0, new boolean[0], FrameIndex.Basis.SCAN);
    Path path = folder.resolve("index");
    INDEX.write(path);
    empty.write(path);

    assertThat(FrameIndex.read(path)).isEqualTo(empty).isNotEqualTo(INDEX);
  }

  @Test
  void read_anyByteChangedOrCut_isRefusedWithTheName() throws Exception {
    Path path = folder.resolve("index");
    INDEX.write(path);
    byte[] good = Files.readAllBytes(path);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x41;
      Files.write(path, bad);
      assertRefused(path);
      Files.write(path, Arrays.copyOf(good, i));
      assertRefused(path);
    }
    Files.write(path, Arrays.copyOf(good, good.length + 1));
    assertRefused(path);
  }

  private static void assertRefused(Path path) {
    assertThatThrownBy(() -> FrameIndex.read(path))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith(path + " is ");
  }

  @Test
  void read_otherFiles_areNamed() throws Exception {
    Path path = folder.resolve("index");
    INDEX.write(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[7] = 2;
    Files.write(path, bytes);
    assertThatThrownBy(() -> FrameIndex.read(path))
        .hasMessage(path + " is a frame index of version 2: this build reads 1");
    Files.writeString(path, "hello, world");
    assertThatThrownBy(() -> FrameIndex.read(path)).hasMessage(path + " is not a frame index");
    assertThatThrownBy(() -> FrameIndex.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
