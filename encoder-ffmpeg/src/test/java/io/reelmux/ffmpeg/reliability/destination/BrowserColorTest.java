package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.Chromium;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chromium shows the colors that were encoded, without any setting. */
@Timeout(300)
class BrowserColorTest {
  private static final int[] PATCHES = {
    0xFFFFFF, 0xFFFF00, 0x00FFFF, 0x00FF00, 0xFF00FF, 0xFF0000, 0x0000FF, 0x808080
  };
  private static final int TOLERANCE = 12;

  private static final String PAGE =
      """
      <script>
        const names = '%s'.split(',');
        const colors = (name) => new Promise((resolve) => {
          const video = document.createElement('video');
          video.muted = true;
          video.onerror = () => resolve(name + ' error ' + video.error.message);
          video.onloadeddata = () => {
            const canvas = document.createElement('canvas');
            canvas.width = video.videoWidth;
            canvas.height = video.videoHeight;
            const context = canvas.getContext('2d');
            // the first frame may be drawn after it is loaded: its first patch is white
            const draw = (tries) => {
              context.drawImage(video, 0, 0);
              const read = [];
              for (let i = 0; i < 8; i++) {
                const x = Math.floor((i + 0.5) * canvas.width / 8);
                const p = context.getImageData(x, canvas.height / 2, 1, 1).data;
                read.push(p[0], p[1], p[2]);
              }
              if (read[0] === 0 && tries > 0) {
                setTimeout(() => draw(tries - 1), 50);
              } else {
                resolve(name + ' ' + read.join(' '));
              }
            };
            draw(100);
          };
          video.src = name;
        });
        (async () => {
          const lines = [];
          for (const name of names) {
            lines.push(await colors(name));
          }
          await fetch('/done', {method: 'POST', body: lines.join('\\n')});
        })();
      </script>
      """;

  @TempDir Path directory;

  @Test
  void chart_byDefault_hasItsColorsInTheBrowser() throws Exception {
    Chromium.require();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int height : new int[] {360, 720}) {
      for (String input : List.of("RGB24", "RGB_PLANAR", "BufferedImage")) {
        files.put("h264-" + input + height + ".mp4", encode("mp4", h264(), input, height));
        files.put("vp9-" + input + height + ".webm", encode("webm", "libvpx-vp9", input, height));
        files.put("av1-" + input + height + ".mp4", encode("mp4", "libsvtav1", input, height));
      }
    }

    String report =
        Chromium.report(directory, PAGE.replace("%s", String.join(",", files.keySet())), files);

    List<String> lines = report.lines().toList();
    assertThat(lines).hasSize(18);
    for (String line : lines) {
      assertThat(worst(line)).as(line).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  /** Returns the largest difference of any component of any patch. */
  private static int worst(String line) {
    String[] words = line.split(" ");
    assertThat(words).as(line).hasSize(1 + 3 * PATCHES.length);
    int worst = 0;
    for (int i = 0; i < 3 * PATCHES.length; i++) {
      int expected = PATCHES[i / 3] >> (16 - 8 * (i % 3)) & 0xFF;
      worst = Math.max(worst, Math.abs(Integer.parseInt(words[1 + i]) - expected));
    }
    return worst;
  }

  private static String h264() throws IOException {
    boolean gpl =
        EncoderCatalog.load().encoders(StreamKind.VIDEO).stream()
            .anyMatch(encoder -> encoder.name().equals("libx264"));
    return gpl ? "libx264" : "libopenh264";
  }

  private static byte[] encode(String container, String codec, String input, int height)
      throws IOException {
    int width = height * 16 / 9;
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoOptions.Builder options = VideoOptions.builder(width, height, 25).codec(codec);
      if (codec.equals("libsvtav1")) {
        options.preset("10");
      }
      if (codec.equals("libvpx-vp9")) {
        options.option("cpu-used", "5");
      }
      VideoStream video = encoder.addVideo(options.build());
      encoder.openFileLike(output, container);
      VideoFrame frame = chart(input, width, height);
      for (int i = 0; i < 2; i++) {
        video.addFrame(frame);
      }
      encoder.finish();
    }
    return output.toByteArray();
  }

  private static VideoFrame chart(String input, int width, int height) {
    int[] rgb = new int[width * height];
    byte[] packed = new byte[3 * rgb.length];
    byte[] planar = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = PATCHES[i % width * PATCHES.length / width];
      for (int c = 0; c < 3; c++) {
        byte value = (byte) (rgb[i] >> (16 - 8 * c));
        packed[3 * i + c] = value;
        planar[c * rgb.length + i] = value;
      }
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, rgb, 0, width);
    return switch (input) {
      case "RGB24" -> VideoFrame.of(PixelLayout.RGB24, width, height, packed);
      case "RGB_PLANAR" -> VideoFrame.of(PixelLayout.RGB_PLANAR, width, height, planar);
      default -> VideoFrame.of(image);
    };
  }
}
