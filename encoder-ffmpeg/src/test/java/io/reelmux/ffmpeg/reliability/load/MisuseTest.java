package io.reelmux.ffmpeg.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any call, in any order, from any thread, with any values. */
class MisuseTest {

  @TempDir Path directory;

  @Test
  void randomSequences_upToEightThreads_behaveAsDocumented() {
    int sequences = Reliability.times(2000, 100_000);

    ChildReport report =
        ChildReport.of(
            ChildJvm.of(MisuseTrials.class)
                .jvm("-Xmx256m", "-Dreelmux.trackOwners=true")
                .environment("SVT_LOG", "0")
                .with(1, sequences, directory),
            Duration.ofMinutes(Reliability.times(10, 40)));

    assertThat(report.number("owners")).isZero();
    assertThat(report.number("files")).isZero();
    assertThat(report.number("threads")).isZero();
    assertThat(report.number("opened")).isGreaterThan(sequences / 10);
    assertThat(report.number("finished")).isGreaterThan(sequences / 20);
    Reliability.record(
        "random sequences of calls",
        "1 to 8 threads; random calls, sizes, layouts, options, containers; destinations that fail,"
            + " write short, block, or call their own encoder",
        sequences,
        "%d calls, %d encoders opened, %d refusals: documented exceptions only; 0 crashes, 0 hangs, 0 owners and 0 threads left"
            .formatted(report.number("calls"), report.number("opened"), report.number("refusals")));
  }

  @Test
  void open_x265NarrowerThanACodingUnit_isRefused() throws IOException {
    assumeTrue(Reliability.license().equals("gpl"));
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(48, 64, 25).codec("libx265").build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "mp4"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("64x16");
    }
  }

  @Test
  void open_threeChannelsOfPcmInFlv_isRefused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.builder(44_100, 3).codec("pcm_s16le").build());

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "flv"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 channels");
    }
  }
}
