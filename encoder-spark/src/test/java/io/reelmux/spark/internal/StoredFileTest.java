package io.reelmux.spark.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFileTest {
  @TempDir Path folder = Path.of("");

  private Path local = Path.of("");

  @BeforeEach
  void write() throws IOException {
    local = Files.writeString(folder.resolve("local"), "abc");
  }

  private StoredFile copyTo(String name) throws IOException {
    return StoredFile.copy(
        local, new org.apache.hadoop.fs.Path(folder.resolve(name).toString()), new Configuration());
  }

  @Test
  void copy_newFile_isTheSame() throws IOException {
    StoredFile stored = copyTo("copy");

    assertThat(folder.resolve("copy")).hasContent("abc");
    assertThat(folder.resolve(".copy.crc")).doesNotExist();
    assertThat(stored.bytes()).isEqualTo(3);
    assertThat(stored.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void copy_jobIsOver_leavesNothing() {
    assertThatThrownBy(() -> copyTo("job/copy")).isInstanceOf(IOException.class);
    assertThat(folder.resolve("job")).doesNotExist();
  }

  @Test
  void copy_fileOfAnotherAttempt_keepsIt() throws IOException {
    Files.writeString(folder.resolve("copy"), "of another attempt");

    assertThatThrownBy(() -> copyTo("copy")).isInstanceOf(IOException.class);
    assertThat(folder.resolve("copy")).hasContent("of another attempt");
  }
}
