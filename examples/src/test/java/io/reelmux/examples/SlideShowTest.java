package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class SlideShowTest {
  @TempDir Path folder = Path.of("");

  private void save(String name, int width, int height, Color color) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.setColor(color);
    g.fillRect(0, 0, width, height);
    g.dispose();
    String format = name.substring(name.indexOf('.') + 1);
    assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
  }

  @Test
  void run_threeImagesAndMusic_showsThemCrossFaded() throws Exception {
    save("a-red.png", 160, 120, Color.RED);
    save("b-green.jpg", 40, 80, Color.GREEN);
    save("c-blue.png", 300, 100, Color.BLUE);
    Path music = folder.resolve("music.mp3");
    FfmpegCli.ffmpeg(
        "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:duration=10", music.toString());
    Path file = folder.resolve("show.mp4");

    String out = Run.of(SlideShow::run, folder, music, file, 2, 80, 60).succeeded();

    assertThat(out).startsWith("3 images, PT6");
    assertThat(
            FfmpegCli.ffprobe(
                file,
                "-show_entries",
                "stream=codec_name,width,height,nb_frames:stream_disposition=attached_pic"))
        // the names of the chapters are a stream of data
        .containsExactly("h264,80,60,150,0", "aac,260,0", "bin_data,3,0", "png,160,120,N/A,1");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "format_tags=title:format=duration"))
        .singleElement()
        .asString()
        .matches("6\\.0\\d*,A slide show");
    assertThat(
            FfmpegCli.ffprobe(
                file, "-show_chapters", "-show_entries", "chapter=start,end:chapter_tags=title"))
        .containsExactly("0,2000,a-red", "2000,4000,b-green", "4000,6000,c-blue");
    RawVideo video = RawVideo.rgb(file, 80, 60);
    assertThat(video.frames()).isEqualTo(150);
    video.assertPixel(20, 40, 30, 6, 255, 0, 0);
    // frame 12 of the 25 in which green fades in
    video.assertPixel(37, 40, 30, 8, 133, 122, 0);
    // beside green, which is higher than wide, red fades to black
    video.assertPixel(37, 5, 30, 8, 133, 0, 0);
    video.assertPixel(60, 40, 30, 6, 0, 255, 0);
    video.assertPixel(60, 5, 30, 6, 0, 0, 0);
    // blue is wider than high
    video.assertPixel(149, 40, 30, 6, 0, 0, 255);
    video.assertPixel(149, 40, 5, 6, 0, 0, 0);
    GalleryStill.check("SlideShow", video, 20, 37, 60, 120);
  }

  @Test
  void run_oneSecondAnImage_isRefused() throws Exception {
    save("a.png", 4, 4, Color.RED);

    Run run = Run.of(SlideShow::run, folder, "none.mp3", "none.mp4", 1);

    assertThat(run.err())
        .isEqualToNormalizingNewlines("SlideShow: SECONDS 1: must be at least 2\n");
    assertThat(Files.exists(Path.of("none.mp4"))).isFalse();
  }

  @Test
  void run_fileThatIsNoImage_isNamed() throws Exception {
    Files.writeString(folder.resolve("a.png"), "text");

    Run run = Run.of(SlideShow::run, folder, "none.mp3", "none.mp4");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("a.png: ").contains("no demuxer recognizes it");
  }
}
