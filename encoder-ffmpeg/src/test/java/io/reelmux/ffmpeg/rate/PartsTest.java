package io.reelmux.ffmpeg.rate;

import static io.reelmux.ffmpeg.rate.RateControlTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are parts of a longer video: their headers, and where their key frames are. */
class PartsTest {

  private static List<ByteBuffer> parameterSets(VideoOptions.Builder options) throws IOException {
    return description(options).parameterSets();
  }

  private static PacketStreamInfo description(VideoOptions.Builder options) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.builder().packetListener(packets::add).build()) {
      VideoStream stream = encoder.addVideo(options.build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      for (int n = 0; n < 3; n++) {
        stream.addFrame(Clip.frame(n));
      }
    }
    return packets.get(0).stream();
  }

  /** Chunks of another quality, or limited, can be decoded under the headers of this one. */
  @ParameterizedTest
  @ValueSource(strings = {"libx264", "libx265", "libsvtav1", "libopenh264"})
  void partFrom_anyQuality_hasTheSameParameterSets(String codec) throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));

    List<ByteBuffer> sets = parameterSets(Clip.options(codec).partFrom(0).crf(18));

    assertThat(sets).isNotEmpty();
    assertThat(parameterSets(Clip.options(codec).partFrom(40).crf(35))).isEqualTo(sets);
  }

  @Test
  void parameterSets_ofX264ThatIsNoPart_dependOnTheQuality() throws IOException {
    assumeTrue(Clip.gpl());

    assertThat(parameterSets(Clip.options("libx264").crf(18)))
        .isNotEqualTo(parameterSets(Clip.options("libx264").crf(35)));
  }

  /** x265 writes all of its settings into the header, in a unit that no decoder needs. */
  @Test
  void parameterSets_ofX265WithOtherThreads_areTheSame() throws IOException {
    assumeTrue(Clip.gpl());

    assertThat(parameterSets(Clip.options("libx265").threads(1)))
        .hasSize(3)
        .isEqualTo(parameterSets(Clip.options("libx265").threads(2)));
  }

  /** Many chunks at once would otherwise have as many threads as processors, each. */
  @Test
  void threads_ofX265_areThoseOfItsPool() throws IOException {
    assumeTrue(Clip.gpl());
    ByteBuffer header = description(Clip.options("libx265").threads(3)).extradata();

    assertThat(StandardCharsets.ISO_8859_1.decode(header).toString())
        .contains("frame-threads=3 numa-pools=3 ");
  }

  @ParameterizedTest
  @CsvSource({"mpeg4", "libvpx", "libaom-av1", "mjpeg", "prores_ks"})
  void partFrom_ofEncoderThatIsNotKnownToMakeParts_refusedNamingThoseThatDo(String codec) {
    refused(
            VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
                .codec(codec)
                .partFrom(0)
                .build())
        .withMessageContaining(
            "partFrom: it is not known that parts of " + codec + " can be joined")
        .withMessageContaining("libopenh264, libsvtav1, libvpx-vp9, libx264, libx264rgb, libx265");
  }

  /** 5.5 frames are between key frames: 0, 6, 11, 17, 22, 28, 33 in the whole video. */
  @ParameterizedTest
  @ValueSource(strings = {"libvpx-vp9", "libx264"})
  void partFrom_withAGridBetweenFrames_hasTheKeyFramesOfTheWholeVideo(String codec)
      throws IOException {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));
    VideoOptions.Builder whole = Clip.options(codec).keyFramesEvery(Duration.ofMillis(220));

    assertThat(Clip.encode(whole.build(), 35).keys()).containsExactly(0, 6, 11, 17, 22, 28, 33);
    assertThat(Clip.encode(whole.partFrom(6).build(), 29).keys())
        .containsExactly(0, 5, 11, 16, 22, 27);
  }

  /** The encoder sees what it sees in the whole video, so that it makes the same bytes. */
  @Test
  void partFrames_withTheFramesBeyond_isTheBeginningOfTheWhole() throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
            .codec("libx264")
            .preset("fast")
            .crf(25)
            .threads(1)
            .keyFramesEvery(Duration.ofSeconds(1))
            .partFrom(0)
            .build();
    int beyond = EncoderCatalog.load().lookahead(options);
    List<byte[]> whole = data(Clip.encode(options, 150));

    Clip.Encoded part = Clip.encode(options.toBuilder().partFrames(50).build(), 50 + beyond);

    assertThat(part.keys()).containsExactly(0, 25);
    assertThat(data(part)).containsExactlyElementsOf(whole.subList(0, 50));
    assertThat(part.result().duration()).isEqualTo(Duration.ofSeconds(2));
    assertThat(part.result().streams().get(0).packets()).isEqualTo(50);
    assertThat(data(Clip.encode(options, 50)))
        .as("without them")
        .isNotEqualTo(whole.subList(0, 50));
  }

  @ParameterizedTest
  @CsvSource({
    "preset, fast, 31",
    "rc-lookahead, 0, 0",
    "rc-lookahead, 100, 101",
    "x264-params, bframes=2:rc_lookahead=100, 101",
    "x264opts, rc-lookahead=0, 0",
    "tune, zerolatency, 0",
    "tune, 'film,zerolatency', 0",
    "tune, film, 41",
  })
  void lookahead_ofX264_isThatOfTheCallersOptions(String option, String value, int frames)
      throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
            .codec("libx264")
            .option(option, value)
            .build();

    assertThat(EncoderCatalog.load().lookahead(options)).isEqualTo(frames);
  }

  private static List<byte[]> data(Clip.Encoded encoded) {
    return encoded.packets().stream().map(Packet::toByteArray).toList();
  }

  /** Where the encoder decides on its own, the first frame beyond the part is a key frame too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void partFrames_withoutAGrid_hasAllFramesOfThePart(int threads) throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions.Builder options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE)
            .codec("libx264")
            .threads(threads)
            .partFrom(0)
            .partFrames(37);

    for (int added : new int[] {20, 37, 38, 45, 150}) {
      Clip.Encoded part = Clip.encode(options.build(), added);

      assertThat(part.shown())
          .as("%d frames added", added)
          .extracting(Packet::pts)
          .containsExactlyElementsOf(LongStream.range(0, Math.min(added, 37)).boxed().toList());
      assertThat(part.keys()).containsExactly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"libopenh264", "libvpx-vp9"})
  void partFrames_ofEncoderThatDoesNotLookAhead_refused(String codec) throws IOException {
    VideoOptions.Builder part = Clip.options(codec).partFrom(0).partFrames(10);

    assertThat(EncoderCatalog.load().lookahead(part.build())).isZero();
    refused(part.build())
        .withMessageContaining(
            "partFrames 10: it is not known that " + codec + " looks at the frames beyond a part");
  }

  @Test
  void partFrom_besideTheGrid_refused() {
    VideoOptions.Builder options =
        Clip.options("libvpx-vp9").keyFramesEvery(Duration.ofMillis(220)).partFrom(5);

    refused(options.build())
        .withMessageContaining("partFrom 5: with keyFramesEvery PT0.22S this is not a key frame");
  }
}
