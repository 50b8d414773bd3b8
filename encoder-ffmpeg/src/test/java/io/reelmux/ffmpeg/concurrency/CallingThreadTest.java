package io.reelmux.ffmpeg.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoding leaves the caller's thread as it was. */
@EnabledOnOs(OS.LINUX)
class CallingThreadTest {

  /** Numbers of the fields of /proc/thread-self/stat behind the name of the program. */
  private static final int NICE = 16;

  private static final int REAL_TIME_PRIORITY = 37;

  private static final int POLICY = 38;

  @ParameterizedTest
  @ValueSource(
      strings = {"libsvtav1", "libx264", "libx265", "libaom-av1", "libvpx-vp9", "libopenh264"})
  void encode_leavesThePriorityOfTheThread(String codec) throws IOException {
    assumeTrue(EncoderCatalog.load().encoder(codec).isPresent(), codec);
    List<String> before = priority();

    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.builder(64, 64, 25).codec(codec).build());
      encoder.openPackets(packet -> {});
      video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 64, new byte[3 * 64 * 64]));
    }

    assertThat(priority()).isEqualTo(before);
  }

  /** SVT-AV1 starts dozens of threads if it chooses, even on two cores. */
  @Test
  void oneThread_isOneOfSvtAv1Too() throws IOException {
    assumeTrue(EncoderCatalog.load().encoder("libsvtav1").isPresent());
    int before = threads();

    try (Encoder encoder = Encoder.create()) {
      VideoOptions one = VideoOptions.builder(64, 64, 25).codec("libsvtav1").threads(1).build();
      encoder.addVideo(one);
      encoder.openPackets(packet -> {});

      assertThat(threads() - before).isLessThan(10);
    }
  }

  private static int threads() {
    return Objects.requireNonNull(new File("/proc/self/task").list()).length;
  }

  private static List<String> priority() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return List.of(fields[NICE], fields[REAL_TIME_PRIORITY], fields[POLICY]);
  }
}
