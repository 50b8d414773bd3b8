package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames that are scaled, cropped, handed to the program as NV12 and encoded again are those of the
 * ffmpeg command.
 */
@RequiresFfmpegCli
class FilteredTranscodeTest {
  private static final String FLAGS = "bicubic+accurate_rnd+full_chroma_int+bitexact";
  private static final String CHAIN = "scale=640:360:flags=" + FLAGS + ",crop=80:60:200:100";
  private static final int WIDTH = 80;
  private static final int HEIGHT = 60;
  private static final int BYTES = WIDTH * HEIGHT * 3 / 2;

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    FfmpegCli.ffmpeg(
        ("-f lavfi -i testsrc2=s=1280x720:r=25 -frames:v 10 -c:v libx264 -preset veryfast"
                + " -colorspace bt709 -color_range tv -color_primaries bt709 -color_trc bt709 "
                + source())
            .split(" "));
  }

  private static Path source() {
    return folder.resolve("source.mp4");
  }

  private static List<byte[]> ofCommand() throws Exception {
    return RawFrames.decode(source(), "nv12", BYTES, "-vf", CHAIN + ",format=nv12");
  }

  private static List<byte[]> read(VideoOutput output) throws Exception {
    List<byte[]> frames = new ArrayList<>();
    try (MediaReader reader = MediaReader.open(source());
        VideoReader video = reader.video(output)) {
      for (ReadFrame frame : video.frames()) {
        frames.add(RawFrames.bytes(frame.pixels()));
      }
    }
    return frames;
  }

  private static int worst(List<byte[]> actual, List<byte[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    int worst = 0;
    for (int n = 0; n < actual.size(); n++) {
      assertThat(actual.get(n)).hasSameSizeAs(expected.get(n));
      for (int i = 0; i < BYTES; i++) {
        worst = Math.max(worst, Math.abs((actual.get(n)[i] & 0xFF) - (expected.get(n)[i] & 0xFF)));
      }
    }
    return worst;
  }

  @Test
  void filter_scaledAndCropped_isWhatTheCommandGives() throws Exception {
    VideoOutput output = VideoOutput.of(PixelLayout.NV12).filter(CHAIN);

    assertThat(worst(read(output), ofCommand())).isLessThanOrEqualTo(1);
  }

  @Test
  void frames_encodedAgain_areWhatTheCommandGives() throws Exception {
    Path target = folder.resolve("again.mp4");
    VideoOutput output = VideoOutput.of(PixelLayout.NV12).filter(CHAIN);
    try (MediaReader reader = MediaReader.open(source());
        VideoReader video = reader.video(output);
        Encoder encoder = Encoder.create()) {
      VideoOptions options = video.encoding().codec("libx264").quality(Quality.LOSSLESS).build();
      VideoStream stream = encoder.addVideo(options);
      encoder.openFile(target);
      for (ReadFrame frame : video.frames()) {
        stream.addFrame(frame.toVideoFrame());
      }
      encoder.finish();
    }

    List<byte[]> again = RawFrames.decode(target, "nv12", BYTES);
    assertThat(worst(again, ofCommand())).isLessThanOrEqualTo(1);
  }

  /** The same without a filter string: zimg scales a part of the frame, with other taps. */
  @Test
  void cropAndSize_withoutAFilter_areNearWhatTheCommandGives() throws Exception {
    VideoOutput output =
        VideoOutput.of(PixelLayout.NV12).crop(400, 200, 160, 120).size(WIDTH, HEIGHT, Fit.STRETCH);

    List<byte[]> actual = read(output);

    List<byte[]> expected = ofCommand();
    double sum = 0;
    for (int n = 0; n < expected.size(); n++) {
      for (int i = 0; i < BYTES; i++) {
        sum += Math.abs((actual.get(n)[i] & 0xFF) - (expected.get(n)[i] & 0xFF));
      }
    }
    assertThat(sum / BYTES / expected.size()).isLessThan(4);
  }
}
