package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.Chromium;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chromium plays a finished file, and one from a killed process, to the end. */
@Timeout(300)
class BrowserTest {
  private static final int FRAMES = 100;

  @TempDir Path directory;

  private static final String PAGE =
      """
      <video muted src="media.mp4"></video>
      <script>
        const video = document.querySelector('video');
        const report = (what) => fetch('/done?' + what + '&duration=' + video.duration
            + '&ended=' + video.ended
            + '&frames=' + video.getVideoPlaybackQuality().totalVideoFrames);
        video.onended = () => report('ended');
        video.onerror = () => report('error' + video.error.code + ':' + video.error.message);
        video.play().catch((e) => report('refused:' + e));
      </script>
      """;

  /** Reports the first buffered time, and the time of the first frame that is shown. */
  private static final String MEDIA_SOURCE_PAGE =
      """
      <video muted></video>
      <script>
        const video = document.querySelector('video');
        const source = new MediaSource();
        const fail = (e) => fetch('/done?error:' + e + '&start=-1&first=-1&time=-1');
        video.onerror = () => fail(video.error.code + ':' + video.error.message);
        video.requestVideoFrameCallback((now, frame) => fetch('/done?shown'
            + '&start=' + video.buffered.start(0) + '&end=' + video.buffered.end(0)
            + '&first=' + frame.mediaTime + '&time=' + video.currentTime));
        source.onsourceopen = async () => {
          try {
            const buffer = source.addSourceBuffer('video/mp4; codecs="avc1.640028, mp4a.40.2"');
            const media = await (await fetch('media.mp4')).arrayBuffer();
            buffer.onupdateend = () => source.readyState === 'open' && source.endOfStream();
            buffer.appendBuffer(media);
          } catch (e) {
            fail(e);
          }
        };
        video.src = URL.createObjectURL(source);
      </script>
      """;

  @Test
  void mediaSource_appendOnlyStream_startsAtZero() throws Exception {
    Chromium.require();
    Path file = directory.resolve("stream.mp4");
    try (OutputStream stream = Files.newOutputStream(file);
        Encoder encoder = Encoder.create()) {
      encode(encoder, () -> encoder.openFileLike(stream, "mp4"));
    }

    String report = play(file, MEDIA_SOURCE_PAGE);

    assertThat(report).startsWith("shown&");
    assertThat(number(report, "start")).isZero();
    assertThat(number(report, "first")).isZero();
    assertThat(number(report, "time")).isZero();
    assertThat(number(report, "end")).isBetween(FRAMES / 25.0 - 0.1, FRAMES / 25.0 + 0.1);
  }

  @Test
  void play_fileOfKilledProcess_reachesTheEnd() throws Exception {
    Chromium.require();
    Path file = directory.resolve("killed.mp4");
    CrashSafetyTest.runAndKill(
        file,
        new CrashSafetyTest.Media("mp4", /* video= */ true, /* audio= */ true, 100_000),
        5500);
    int frames = Played.of(file).frames().size();

    String report = play(file);

    assertThat(report).startsWith("ended&").contains("ended=true");
    assertThat(number(report, "frames")).isGreaterThanOrEqualTo(frames - 2.0);
    assertThat(number(report, "duration")).isBetween(frames / 25.0 - 0.1, frames / 25.0 + 0.5);
    Reliability.record(
        "Chromium plays an mp4 of a killed process", "headless, to the end", 1, outcome(report));
  }

  @Test
  void play_finishedFile_reachesTheEnd() throws Exception {
    Chromium.require();
    Path file = directory.resolve("finished.mp4");
    encode(file);

    String report = play(file);

    assertThat(report).startsWith("ended&").contains("ended=true");
    assertThat(number(report, "frames")).isGreaterThanOrEqualTo(FRAMES - 2.0);
    assertThat(number(report, "duration")).isBetween(FRAMES / 25.0 - 0.1, FRAMES / 25.0 + 0.1);
    Reliability.record("Chromium plays a finished mp4", "headless, to the end", 1, outcome(report));
  }

  private static double number(String report, String name) {
    return Double.parseDouble(report.replaceFirst(".*" + name + "=([-0-9.]+).*", "$1"));
  }

  private static String outcome(String report) {
    return "played to the end: " + report.replace("ended&", "").replace('&', ' ');
  }

  /** Returns the final report of the page. */
  private String play(Path file) throws Exception {
    return play(file, PAGE);
  }

  /** Returns the report of a page. */
  private String play(Path file, String page) throws Exception {
    return Chromium.report(directory, page, Map.of("media.mp4", Files.readAllBytes(file)));
  }

  /** Opens an encoder to which streams have been added. */
  private interface Opening {
    void open() throws IOException;
  }

  private static void encode(Path file) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encode(encoder, () -> encoder.openFile(file));
    }
  }

  private static void encode(Encoder encoder, Opening opening) throws IOException {
    VideoStream video = encoder.addVideo(VideoOptions.of(Clip.WIDTH, Clip.HEIGHT, 25));
    AudioStream audio = encoder.addAudio(AudioOptions.of(Clip.AUDIO_RATE, 1));
    opening.open();
    int samples = Clip.AUDIO_RATE / 25;
    for (int i = 0; i < FRAMES; i++) {
      video.addFrame(Clip.frame(i));
      audio.addSamples(Clip.samples(i * samples, samples));
    }
    encoder.finish();
  }
}
