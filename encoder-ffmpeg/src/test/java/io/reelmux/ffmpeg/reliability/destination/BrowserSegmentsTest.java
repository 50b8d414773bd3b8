package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Fragment;
import io.reelmux.FragmentListener;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.Chromium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chromium plays segments by its own HLS, and fragments through Media Source Extensions. */
@Timeout(300)
class BrowserSegmentsTest {
  private static final int RATE = 25;
  private static final int FRAMES = 75;
  private static final double SECONDS = (double) FRAMES / RATE;

  @TempDir Path directory;

  private static final String HLS_PAGE =
      """
      <video muted src="main.m3u8"></video>
      <script>
        const video = document.querySelector('video');
        const report = (what) => fetch('/done', {method: 'POST', body: what
            + '&duration=' + video.duration
            + '&frames=' + video.getVideoPlaybackQuality().totalVideoFrames
            + '&width=' + video.videoWidth});
        video.onended = () => report('ended');
        video.onerror = () => report('error' + video.error.code + ':' + video.error.message);
        video.play().catch((e) => report('refused:' + e));
      </script>
      """;

  /** Appends the header and each fragment; reports what is buffered and what was played. */
  private static final String MEDIA_SOURCE_PAGE =
      """
      <video muted></video>
      <script>
        const video = document.querySelector('video');
        const source = new MediaSource();
        const report = (what) => fetch('/done', {method: 'POST', body: what
            + '&ranges=' + video.buffered.length
            + '&start=' + (video.buffered.length ? video.buffered.start(0) : -1)
            + '&end=' + (video.buffered.length ? video.buffered.end(0) : -1)
            + '&frames=' + video.getVideoPlaybackQuality().totalVideoFrames});
        video.onended = () => report('ended');
        video.onerror = () => report('error' + video.error.code + ':' + video.error.message);
        source.onsourceopen = async () => {
          try {
            const buffer = source.addSourceBuffer('TYPE');
            for (let i = 0; i <= COUNT; i++) {
              const bytes = await (await fetch(i + '.bin')).arrayBuffer();
              await new Promise((resolve, reject) => {
                buffer.onupdateend = resolve;
                buffer.onerror = reject;
                buffer.appendBuffer(bytes);
              });
            }
            source.endOfStream();
            video.play();
          } catch (e) {
            report('error:' + e);
          }
        };
        video.src = URL.createObjectURL(source);
      </script>
      """;

  private static void encode(Output output) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(Clip.WIDTH, Clip.HEIGHT, RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(Clip.AUDIO_RATE, 1));
      encoder.open(output);
      int samples = Clip.AUDIO_RATE / RATE;
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(Clip.frame(i));
        audio.addSamples(Clip.samples(i * samples, samples));
      }
      encoder.finish();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static double number(String report, String name) {
    return Double.parseDouble(report.replaceFirst(".*&" + name + "=([-0-9.]+).*", "$1"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentFormat.class,
      names = {"CMAF", "MPEG_TS"})
  void hls_chromiumsOwnPlayer_reachesTheEnd(SegmentFormat format) throws Exception {
    Chromium.require();
    MemoryStore store = new MemoryStore();
    encode(Output.segments(store, SegmentOptions.hls(Duration.ofSeconds(1)).format(format)));
    Map<String, byte[]> files = new HashMap<>();
    store.names().forEach(name -> files.put(name, bytes(store.get(name).orElseThrow())));

    String report = Chromium.report(directory, HLS_PAGE, files);

    assertThat(report).startsWith("ended&");
    assertThat(number(report, "frames")).isGreaterThanOrEqualTo(FRAMES - 2.0);
    assertThat(number(report, "duration")).isCloseTo(SECONDS, within(0.1));
    assertThat(number(report, "width")).isEqualTo(Clip.WIDTH);
  }

  @Test
  void fragments_mediaSource_bufferedFromZeroToTheEnd() throws Exception {
    Chromium.require();
    Map<String, byte[]> files = new HashMap<>();
    String[] type = new String[1];
    encode(
        Output.fragments(
            new FragmentListener() {
              @Override
              public void onInit(ByteBuffer init, String mimeType) {
                type[0] = mimeType;
                files.put("0.bin", bytes(init));
              }

              @Override
              public void onFragment(Fragment fragment) {
                files.put(files.size() + ".bin", bytes(fragment.bytes()));
              }
            },
            Duration.ofMillis(200)));
    String page =
        MEDIA_SOURCE_PAGE
            .replace("TYPE", type[0])
            .replace("COUNT", Integer.toString(files.size() - 1));

    String report = Chromium.report(directory, page, files);

    assertThat(report).startsWith("ended&");
    assertThat(number(report, "ranges")).isEqualTo(1);
    assertThat(number(report, "start")).isCloseTo(0, within(0.001));
    assertThat(number(report, "end")).isCloseTo(SECONDS, within(0.04));
    assertThat(number(report, "frames")).isGreaterThanOrEqualTo(FRAMES - 2.0);
  }
}
