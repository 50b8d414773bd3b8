package io.reelmux.reader.ffmpeg.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.Device;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A machine without an NVIDIA driver, such as most machines that build this. */
@RequiresFfmpegCli
@ExtendWith(LeakCheck.class)
class NoGpuTest {
  private static final String REASON =
      "there is no NVIDIA driver (libcuda cannot be loaded): install driver 610 or newer; a"
          + " container needs the NVIDIA container toolkit and --gpus";
  private static final VideoOutput OUTPUT = VideoOutput.source().device(Device.cuda());

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    for (String codec : new String[] {"libx264", "ffv1"}) {
      FfmpegCli.ffmpeg(
          "-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=1", "-c:v", codec, file(codec).toString());
    }
  }

  private static Path file(String codec) {
    return folder.resolve(codec + ".mkv");
  }

  @BeforeEach
  void assumeNoDriver() {
    assumeThat(Path.of("/proc/driver/nvidia")).doesNotExist();
  }

  @Test
  void video_noDriver_throwsWithWhatToDo() throws Exception {
    try (MediaReader media = MediaReader.open(file("libx264"))) {
      assertThatThrownBy(() -> media.video(OUTPUT))
          .isInstanceOfSatisfying(
              ReaderException.class,
              failure -> {
                assertThat(failure.errorText()).isEqualTo(REASON);
                assertThat(failure.stream()).contains("video 0");
                assertThat(failure.errorCode()).isNegative();
                assertThat(failure.logLines()).anyMatch(line -> line.contains("libcuda"));
              });
      // the file remains readable
      try (VideoReader reader = media.video()) {
        assertThat(reader.frameCount()).isEqualTo(25);
      }
    }
  }

  @Test
  void video_fallback_readsOnTheCpuAndSaysWhy() throws Exception {
    try (MediaReader media = MediaReader.open(file("libx264"));
        VideoReader reader = media.video(OUTPUT.fallbackToCpu(true));
        VideoReader cpu = media.video(VideoOutput.source())) {
      assertThat(reader.device()).isEqualTo(Device.cpu());
      assertThat(reader.report().notes())
          .containsExactly("decoded on the CPU, because cuda:0 cannot: " + REASON);
      assertThat(reader.frame(7).pixels()).isEqualTo(cpu.frame(7).pixels());
      assertThat(reader.deviceFramesUnsupportedReason()).contains("they are decoded on the CPU");
    }
  }

  @Test
  void video_codecOfTheCpuOnly_isRefusedByName() throws Exception {
    try (MediaReader media = MediaReader.open(file("ffv1"))) {
      assertThatThrownBy(() -> media.video(OUTPUT)).isInstanceOf(ReaderException.class);
    }
  }

  @Test
  void transcode_fallback_isDoneOnTheCpu() throws Exception {
    TranscodeResult done =
        Transcoder.of(file("libx264"))
            .device(Device.cuda())
            .fallbackToCpu(true)
            .toFile(folder.resolve("out.mp4"));

    assertThat(done.reports().get(0).notes()).anyMatch(note -> note.contains(REASON));
    assertThat(done.encoding().streams().get(0).framesIn()).isEqualTo(25);
  }

  @Test
  void transcode_noFallback_leavesNoFile() {
    Path output = folder.resolve("none.mp4");

    assertThatThrownBy(() -> Transcoder.of(file("libx264")).device(Device.cuda()).toFile(output))
        .isInstanceOf(ReaderException.class)
        .isNotInstanceOf(UnsupportedMediaException.class);
    assertThat(output).doesNotExist();
  }
}
