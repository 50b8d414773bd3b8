package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.ChannelLayout;
import io.reelmux.ColorSpec;
import io.reelmux.Disposition;
import io.reelmux.FieldOrder;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.HdrMetadata;
import io.reelmux.PixelLayout;
import io.reelmux.SampleAspectRatio;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code encoding()} takes over from the file. */
class EncodingTest {
  private static final TimeBase MILLIS = new TimeBase(1, 1000);

  private final FakeMedia media = new FakeMedia().install();

  private static MediaReader open() throws IOException {
    return MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
  }

  private VideoOptions options(VideoOutput output) throws IOException {
    try (MediaReader file = open()) {
      return file.video(output).encoding().build();
    }
  }

  private static StreamFacts facts(Optional<String> language, Map<String, String> tags) {
    return new StreamFacts(
        0,
        "h264",
        MILLIS,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        language,
        Optional.of("Director's cut"),
        Set.of(Disposition.COMMENT, Disposition.DUB),
        tags,
        Optional.empty(),
        Optional.empty());
  }

  private static VideoInfo info(
      StreamFacts facts,
      SampleAspectRatio shape,
      int rotation,
      ColorSpec color,
      int bitDepth,
      Optional<FrameRate> rate) {
    return new VideoInfo(
        facts,
        rotation % 180 == 0 ? 720 : 576,
        rotation % 180 == 0 ? 576 : 720,
        720,
        576,
        shape,
        rotation,
        true,
        "yuv420p",
        bitDepth,
        false,
        color,
        false,
        bitDepth > 8 ? Optional.of(HdrMetadata.bt2020(0.005, 1000)) : Optional.empty(),
        FieldOrder.TOP_FIRST,
        rate,
        false,
        OptionalLong.empty());
  }

  private void use(SampleAspectRatio shape, int rotation, ColorSpec color, int bitDepth) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("comment", "made by hand");
    tags.put("BPS-eng", "1234");
    tags.put("DURATION", "00:00:01");
    tags.put("encoder", "Lavc");
    tags.put("bad", "a\0b");
    tags.put("language", "de");
    media.streams =
        List.of(
            info(
                facts(Optional.of("de"), tags),
                shape,
                rotation,
                color,
                bitDepth,
                Optional.of(FrameRate.of(25, 1))));
  }

  @Test
  void encoding_everythingStated_isTakenOver() throws Exception {
    use(SampleAspectRatio.of(16, 11), 90, ColorSpec.BT601_PAL_LIMITED, 8);
    media.width = 720;
    media.height = 576;

    VideoOptions options = options(VideoOutput.source().keepRotation());

    assertThat(options.width()).isEqualTo(720);
    assertThat(options.height()).isEqualTo(576);
    assertThat(options.frameRate()).isEqualTo(FrameRate.of(25, 1));
    assertThat(options.variableFrameRate()).isTrue();
    assertThat(options.color()).hasValue(ColorSpec.BT601_PAL_LIMITED);
    assertThat(options.rotation()).isEqualTo(90);
    assertThat(options.flipHorizontal()).isTrue();
    assertThat(options.sampleAspectRatio()).hasValue(SampleAspectRatio.of(16, 11));
    assertThat(options.fieldOrder()).isEqualTo(FieldOrder.TOP_FIRST);
    assertThat(options.language()).hasValue("deu");
    assertThat(options.title()).hasValue("Director's cut");
    assertThat(options.dispositions()).containsExactly(Disposition.DUB, Disposition.COMMENT);
    assertThat(options.metadata()).containsExactly(Map.entry("comment", "made by hand"));
    assertThat(options.bitDepth()).isEmpty();
    assertThat(options.hdr()).isEmpty();
  }

  @Test
  void encoding_rotationApplied_turnsThePixelsAndSetsNoTag() throws Exception {
    use(SampleAspectRatio.of(16, 11), 90, ColorSpec.BT601_PAL_LIMITED, 8);

    VideoOptions options = options(VideoOutput.source());

    assertThat(options.rotation()).isZero();
    assertThat(options.flipHorizontal()).isFalse();
    assertThat(options.sampleAspectRatio()).hasValue(SampleAspectRatio.of(11, 16));
    assertThat(options.fieldOrder()).as("lines became columns").isEqualTo(FieldOrder.PROGRESSIVE);
  }

  @Test
  void encoding_stretched_keepsTheShapeOfThePicture() throws Exception {
    use(SampleAspectRatio.of(16, 11), 0, ColorSpec.BT601_PAL_LIMITED, 8);

    VideoOptions stretched = options(VideoOutput.source().size(360, 576, Fit.STRETCH));
    VideoOptions contained = options(VideoOutput.source().size(360, 576, Fit.CONTAIN));

    assertThat(stretched.sampleAspectRatio()).hasValue(SampleAspectRatio.of(32, 11));
    assertThat(contained.sampleAspectRatio()).hasValue(SampleAspectRatio.of(16, 11));
    assertThat(contained.fieldOrder()).isEqualTo(FieldOrder.PROGRESSIVE);
  }

  @Test
  void encoding_hdr_prefersItsDepthAndKeepsMetadataUnlessMapped() throws Exception {
    use(SampleAspectRatio.of(1, 1), 0, ColorSpec.BT2020_PQ, 10);

    VideoOptions hdr = options(VideoOutput.of(PixelLayout.P010));
    VideoOptions sdr = options(VideoOutput.of(PixelLayout.P010).toSdr(ToneMap.HABLE));

    assertThat(hdr.color()).hasValue(ColorSpec.BT2020_PQ);
    assertThat(hdr.bitDepth()).as("nobody has asked for it").isEmpty();
    assertThat(hdr.preferredBitDepth()).hasValue(10);
    assertThat(hdr.hdr()).isPresent();
    assertThat(hdr.sampleAspectRatio()).isEmpty();
    assertThat(sdr.color()).hasValue(ColorSpec.BT709_LIMITED);
    assertThat(sdr.bitDepth()).isEmpty();
    assertThat(sdr.preferredBitDepth()).isEmpty();
    assertThat(sdr.hdr()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9, 10", "10, 10", "12, 12", "14, 16", "16, 16"})
  void encoding_deepSource_prefersTheLeastDepthThatHoldsIt(int bits, int preferred)
      throws Exception {
    use(SampleAspectRatio.of(1, 1), 0, ColorSpec.BT709_LIMITED, bits);

    VideoOptions options = options(VideoOutput.of(PixelLayout.RGB48));

    assertThat(options.preferredBitDepth()).hasValue(preferred);
  }

  @ParameterizedTest
  @CsvSource({
    "30000, 1001, 300",
    "24000, 1001, 300",
    "25, 1, 300",
    "60, 1, 50",
    "1, 1, 5",
    "50, 3, 300"
  })
  void encoding_constantRateInMilliseconds_isExact(int numerator, int denominator, int frames)
      throws Exception {
    FrameRate rate = FrameRate.of(numerator, denominator);
    media.pts = new long[frames];
    for (int i = 0; i < frames; i++) {
      media.pts[i] = 7 + Math.round(i * 1000.0 * denominator / numerator);
    }
    media.end = 7 + Math.round(frames * 1000.0 * denominator / numerator);
    media.timeBase = MILLIS;
    StreamFacts facts = facts(Optional.empty(), Map.of());
    for (Optional<FrameRate> header :
        List.of(Optional.of(rate), Optional.<FrameRate>empty(), Optional.of(FrameRate.of(17, 1)))) {
      media.streams =
          List.of(info(facts, SampleAspectRatio.of(1, 1), 0, ColorSpec.BT709_LIMITED, 8, header));

      assertThat(options(VideoOutput.source()).frameRate()).isEqualTo(rate);
    }
  }

  @Test
  void encoding_ofChosenOrUnknownRate_describesIt() throws Exception {
    StreamFacts facts = facts(Optional.of("und"), Map.of());
    media.streams =
        List.of(
            info(
                facts,
                SampleAspectRatio.of(1, 1),
                0,
                ColorSpec.BT709_LIMITED,
                8,
                Optional.empty()));
    assertThat(options(VideoOutput.source().frameRate(FrameRate.of(10, 1))).frameRate())
        .isEqualTo(FrameRate.of(10, 1));
    assertThat(options(VideoOutput.source()).language()).isEmpty();

    media.pts = new long[] {0, 1, 2, 30, 31};
    media.end = 32;
    media.timeBase = MILLIS;
    assertThat(options(VideoOutput.source()).frameRate()).isEqualTo(FrameRate.of(4000, 31));

    media.sequentialOnly = "a filter";
    assertThat(options(VideoOutput.source()).frameRate()).isEqualTo(FrameRate.of(25, 1));
    assertThat(media.calls().get(media.calls().size() - 1)).isEqualTo("video 0");
  }

  @Test
  void encoding_audio_isTakenOver() throws Exception {
    try (MediaReader file = open()) {
      AudioOptions plain = file.audio().encoding().build();
      AudioOptions mixed =
          file.audio(AudioOutput.source().channels(ChannelLayout.SURROUND_5_1).sampleRate(16_000))
              .encoding()
              .build();

      assertThat(plain.sampleRate()).isEqualTo(8000);
      assertThat(plain.channels()).isEqualTo(2);
      assertThat(mixed.sampleRate()).isEqualTo(16_000);
      assertThat(mixed.channelLayout()).hasValue(ChannelLayout.SURROUND_5_1);
    }
  }
}
