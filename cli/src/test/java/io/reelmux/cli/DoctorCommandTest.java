package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

  @Test
  void text_tellsVersionsEncodersAndGpu() throws IOException {
    String text = Cli.run("doctor").done().out();

    assertThat(text)
        .containsPattern("java +" + System.getProperty("java.version"))
        .contains(EncoderCatalog.load().backend())
        .containsPattern("cache +\\S")
        .containsPattern("natives +\\S+ffmpeg\\S+\\.jar")
        .containsPattern("libavcodec +\\d+\\.\\d+")
        .containsPattern("H\\.264 +.*libopenh264.* yes")
        .containsPattern("Vorbis +none +yes")
        .containsPattern("gpu|cuda:0");
  }

  @Test
  void json_listsAll() {
    JsonObject found = Cli.run("doctor", "--json").done().object();

    assertThat(found.get("usable").getAsBoolean()).isTrue();
    assertThat(Path.of(found.get("directory").getAsString())).isDirectory();
    assertThat(found.getAsJsonObject("videoEncoders").getAsJsonArray("av1").toString())
        .contains("libsvtav1")
        .doesNotContain("nvenc");
    assertThat(found.getAsJsonArray("videoDecoders").toString()).contains("\"hevc\"");
    assertThat(found.getAsJsonArray("containers").toString()).contains("\"mp4\"");
    assertThat(found.has("gpuUnavailable") || !found.getAsJsonArray("gpus").isEmpty()).isTrue();
  }
}
