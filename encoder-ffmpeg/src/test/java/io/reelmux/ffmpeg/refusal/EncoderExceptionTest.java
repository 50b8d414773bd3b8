package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.isGpl;
import static io.reelmux.ffmpeg.refusal.Refusals.refusal;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

/** The contents of exceptions that FFmpeg failures cause. */
class EncoderExceptionTest {

  private static ObjectAssert<EncoderException> assertNative(Throwable thrown) {
    return assertThat(thrown).asInstanceOf(type(EncoderException.class));
  }

  @Test
  void open_encoderRefuses_carriesOperationStreamCodeTextAndLog() throws IOException {
    Throwable thrown = audio("mp4", audio("aac").option("profile", "aac_he").build());

    assertNative(thrown)
        .satisfies(
            e -> {
              assertThat(e.operation()).isEqualTo("open the encoder aac");
              assertThat(e.stream()).contains("audio 0");
              assertThat(e.errorCode()).isEqualTo(Av.EINVAL);
              assertThat(e.errorText()).isEqualTo("Invalid argument");
              assertThat(e.logLines()).containsExactly("[aac] Profile not supported!");
              assertThat(e)
                  .hasMessageContaining("could not open the encoder aac")
                  .hasMessageContaining("(audio 0)")
                  .hasMessageContaining("Invalid argument")
                  .hasMessageContaining("-22")
                  .hasMessageContaining("Profile not supported!");
            });
  }

  @Test
  void open_messageOfSeveralLines_isComplete() throws IOException {
    Throwable thrown = audio("ogg", audio("libopus").option("frame_duration", "7").build());

    assertNative(thrown)
        .satisfies(
            e ->
                assertThat(String.join("|", e.logLines()))
                    .contains("Invalid frame duration: 7")
                    .contains("exactly one of: 2.5, 5, 10, 20"));
  }

  @Test
  void open_secondAudioFails_namesThatStreamAndOnlyItsLog() throws IOException {
    Throwable thrown =
        refusal(
            Encoder.builder(),
            "mkv",
            encoder -> {
              encoder.addVideo(VideoOptions.builder(64, 48, 25).codec("libopenh264").build());
              encoder.addAudio(AudioOptions.of(48_000, 2));
              encoder.addAudio(audio("aac").option("profile", "aac_he").build());
            });

    assertNative(thrown).satisfies(e -> assertThat(e.stream()).contains("audio 1"));
  }

  @Test
  void open_x264Refuses_carriesItsMessage() throws IOException {
    assumeTrue(isGpl());

    Throwable thrown = video("mp4", video("libx264").option("level", "99").build());

    assertNative(thrown)
        .satisfies(
            e -> {
              assertThat(e.operation()).isEqualTo("open the encoder libx264");
              assertThat(e.stream()).contains("video 0");
              assertThat(e.errorCode()).isNegative();
              assertThat(e.errorText()).isNotBlank();
              assertThat(e.logLines()).anyMatch(line -> line.contains("invalid level_idc"));
            });
  }

  @Test
  void open_afterManyRefusals_logHoldsOnlyThisEncoders() throws IOException {
    for (int i = 0; i < 20; i++) {
      audio("mp4", audio("aac").option("profile", "aac_he").build());
    }

    Throwable thrown = audio("ogg", audio("libopus").option("frame_duration", "7").build());

    assertNative(thrown)
        .satisfies(
            e ->
                assertThat(e.logLines()).noneMatch(line -> line.contains("Profile not supported")));
  }

  @Test
  void open_inTwoThreadsAtOnce_eachHasItsOwnLog() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<String>> aac =
          threads.submit(() -> logLines("mp4", audio("aac").option("profile", "aac_he")));
      Future<List<String>> opus =
          threads.submit(() -> logLines("ogg", audio("libopus").option("frame_duration", "7")));

      assertThat(aac.get(60, TimeUnit.SECONDS))
          .hasSize(100)
          .allMatch(line -> line.contains("Profile not supported"));
      assertThat(opus.get(60, TimeUnit.SECONDS))
          .isNotEmpty()
          .noneMatch(line -> line.contains("Profile not supported"));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns the log lines of a hundred refusals. */
  private static List<String> logLines(String format, AudioOptions.Builder options) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      try (Encoder encoder = Encoder.create()) {
        encoder.addAudio(options.build());
        encoder.openFileLike(new ByteArrayOutput(), format);
      } catch (EncoderException e) {
        lines.addAll(e.logLines());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return lines;
  }

  @Test
  void open_containerRefuses_causeIsTheNativeRefusal() throws IOException {
    Throwable thrown = video("webm", video("libopenh264").build());

    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertNative(thrown.getCause())
        .satisfies(
            e -> {
              assertThat(e.operation()).isEqualTo("write the header of container webm");
              assertThat(e.errorCode()).isEqualTo(Av.EINVAL);
              assertThat(e.logLines()).anyMatch(line -> line.contains("VP8 or VP9 or AV1"));
            });
  }

  @Test
  void open_settingRefused_hasNoCauseThatSaysItAgain() throws IOException {
    for (Throwable refusal :
        new Throwable[] {
          video("mp4", video("mpeg4").crf(20).build()),
          audio("mp4", audio("aac").outputSampleRate(1234).build()),
          video("mp4", video("mpeg4").option("nosuch", "1").build())
        }) {
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasNoCause();
      assertThat(refusal.getStackTrace()).as("where it was refused").isNotEmpty();
    }
  }

  @Test
  void messages_ofFfmpeg_haveNoAddresses() throws IOException {
    for (Throwable refusal :
        new Throwable[] {
          video("webm", video("libopenh264").build()),
          audio("mp4", audio("aac").option("profile", "aac_he").build())
        }) {
      for (Throwable e = refusal; e != null; e = e.getCause()) {
        assertThat(e.getMessage()).contains("[").doesNotContain(" @ ").doesNotContain("0x");
      }
    }
  }
}
