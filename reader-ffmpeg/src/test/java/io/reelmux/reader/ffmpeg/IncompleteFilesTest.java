package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be opened: the message says what is likely. */
class IncompleteFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov"})
  @RequiresFfmpegCli
  void open_fileWhoseEndIsMissing_saysThatItIsIncomplete(String container) throws Exception {
    Path whole = folder.resolve("whole." + container);
    FfmpegCli.ffmpeg(("-f lavfi -i testsrc2=s=96x64:r=25 -t 1 -c:v mpeg4 " + whole).split(" "));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {100, bytes.length / 2}) {
      Path cut = Files.write(folder.resolve("cut." + container), Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> MediaReader.open(cut))
          .isInstanceOf(UnsupportedMediaException.class)
          .hasMessageContaining(
              "it is incomplete: its index, the moov box, is missing, which is usually at the end;"
                  + " it has been cut off, is still being written, or was never finished");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "wav", "bin"})
  void open_emptyFile_saysThatItIsEmpty(String container) throws Exception {
    Path empty = Files.write(folder.resolve("empty." + container), new byte[0]);

    assertThatThrownBy(() -> MediaReader.open(empty))
        .hasMessageContaining("it is empty: it has 0 bytes");
    assertThatThrownBy(
            () -> MediaReader.open(ByteSource.streaming(new ByteArrayInputStream(new byte[0]))))
        .hasMessageContaining("it is empty: it has 0 bytes");
  }

  @Test
  void open_noMedia_saysThatNothingRecognizesIt() throws Exception {
    byte[] zeros = new byte[5000];
    Path file = Files.write(folder.resolve("a.bin"), zeros);

    assertThatThrownBy(() -> MediaReader.open(file))
        .isInstanceOf(UnsupportedMediaException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains("no demuxer recognizes it"));
  }
}
