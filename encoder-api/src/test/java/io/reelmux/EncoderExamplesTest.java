package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples in the Javadoc of {@link Encoder} compile: each stands in a method here. */
class EncoderExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL);

  @Test
  void javadoc_examples_areTheMethodsOfThisTest() throws IOException {
    String javadoc = source("main", "Encoder").replaceAll("(?m)^ \\* ?", "");
    String methods = withoutSpace(source("test", "EncoderExamplesTest"));

    List<String> examples =
        EXAMPLE.matcher(javadoc).results().map(match -> withoutSpace(match.group(1))).toList();

    assertThat(examples).hasSize(3).allSatisfy(example -> assertThat(methods).contains(example));
  }

  void file(List<BufferedImage> images, List<float[][]> samples) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(1280, 720, 30));
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFile(Path.of("out.mp4"));
      for (int n = 0; n < images.size(); n++) {
        video.addFrame(VideoFrame.of(images.get(n)));
        audio.addSamples(samples.get(n)); // 1600 per channel, as long as the frame
      }
    }
  }

  byte[] memory(int width, int height, byte[] tensor) throws IOException {
    VideoOptions options =
        VideoOptions.builder(width, height, 29.97).codec("h264").quality(Quality.HIGH).build();
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFileLike(output, "mp4");
      video.addFrames(VideoFrames.planarRgb(width, height, tensor));
    }
    byte[] mp4 = output.toByteArray();
    return mp4;
  }

  void gpu(int width, int height, long devicePointer, int count, long stream) throws IOException {
    Device gpu = Device.cuda(0);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(width, height, 30).device(gpu).build());
      encoder.openFile(Path.of("out.mp4"));
      video.addFrames(
          DeviceFrames.of(gpu, PixelLayout.RGB_PLANAR, width, height, devicePointer, count)
              .withCudaStream(stream));
    }
  }

  private static String source(String set, String name) throws IOException {
    return Files.readString(Path.of("src", set, "java", "io", "reelmux", name + ".java"));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
