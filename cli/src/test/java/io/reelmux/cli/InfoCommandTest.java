package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.HdrMetadata;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
  @TempDir Path directory = Path.of("");

  @Test
  void text_hasStreamsChaptersAndTags() throws IOException {
    Path file = Inputs.video(directory.resolve("in.mp4"), 25);

    String text = Cli.run("info", file, "--frames").done().out();

    assertThat(text)
        .containsPattern("duration +0:00:01\\.0")
        .containsPattern("size +" + Files.size(file) + " bytes")
        .containsPattern("tag title +A small video")
        .containsPattern("chapter +0:00:00.400 to 0:00:0\\S+  Second")
        .contains("stream 0: video, h264", "stream 1: audio, aac")
        .containsPattern("size +64x48\n")
        .containsPattern("frame rate +25\n")
        .containsPattern("frames +25 \\(counted\\)")
        .containsPattern("color +matrix BT709, limited range")
        .containsPattern("rate +48000 Hz")
        .containsPattern("channels +2, stereo")
        .containsPattern("language +deu");
  }

  @Test
  void json_hasTheSame() throws IOException {
    Path file = Inputs.video(directory.resolve("in.mp4"), 25);

    JsonObject info = Cli.run("info", "--json", file, "--frames").done().object();

    assertThat(info.get("bytes").getAsLong()).isEqualTo(Files.size(file));
    assertThat(info.getAsJsonObject("tags").get("title").getAsString()).isEqualTo("A small video");
    assertThat(info.getAsJsonArray("chapters")).hasSize(2);
    JsonObject video = info.getAsJsonArray("streams").get(0).getAsJsonObject();
    assertThat(video.get("codec").getAsString()).isEqualTo("h264");
    assertThat(video.get("width").getAsInt()).isEqualTo(64);
    assertThat(video.get("frameRate").getAsString()).isEqualTo("25");
    assertThat(video.get("frames").getAsLong()).isEqualTo(25);
    assertThat(video.getAsJsonObject("color").get("matrix").getAsString()).isEqualTo("BT709");
    JsonObject audio = info.getAsJsonArray("streams").get(1).getAsJsonObject();
    assertThat(audio.get("sampleRate").getAsInt()).isEqualTo(48_000);
    assertThat(audio.get("language").getAsString()).isEqualTo("deu");
  }

  @Test
  void hdrAndRotation_areShown() throws IOException {
    Path file = directory.resolve("hdr.mkv");
    VideoOptions options =
        VideoOptions.builder(64, 48, 25)
            .codec("ffv1")
            .bitDepth(10)
            .color(ColorSpec.BT2020_PQ)
            .hdr(HdrMetadata.bt2020(0.001, 1000).withContentLight(800, 200))
            .rotation(90)
            .build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      video.addFrame(VideoFrame.of(Inputs.image(3, 64, 48)));
    }

    String text = Cli.run("info", file).done().out();
    JsonObject json =
        Cli.run("info", file, "--json")
            .done()
            .object()
            .getAsJsonArray("streams")
            .get(0)
            .getAsJsonObject();

    assertThat(text)
        .containsPattern("size +48x64, decoded 64x48")
        .containsPattern("rotation +90 degrees")
        .contains("transfer PQ", "mastered at 0.001 to 1000 cd/m²", "MaxCLL 800, MaxFALL 200");
    assertThat(json.get("rotation").getAsInt()).isEqualTo(90);
    assertThat(json.getAsJsonObject("hdr").get("maxContentLightLevel").getAsInt()).isEqualTo(800);
  }

  @Test
  void notMedia_isAFailureWithoutStackTrace() throws IOException {
    Path file = Files.writeString(directory.resolve("in.txt"), "no media, only some text");

    Cli.Result result = Cli.run("info", file);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: ").contains("\ntry: ").doesNotContain("\tat ");
    assertThat(Cli.run("info", file, "--debug").err()).contains("\tat io.reelmux");
  }

  @Test
  void missingFile_isNamed() {
    Cli.Result result = Cli.run("info", directory.resolve("none.mp4"), "--json");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("none.mp4: no such file");
    assertThat(result.last().get("event").getAsString()).isEqualTo("error");
    assertThat(result.last().get("exit").getAsInt()).isEqualTo(1);
  }
}
