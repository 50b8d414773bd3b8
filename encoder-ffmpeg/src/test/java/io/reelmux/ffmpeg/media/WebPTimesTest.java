package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the frames of an animated WebP are shown, read from its ANMF chunks. */
class WebPTimesTest {
  private static final int FRAME = 0x464D4E41;

  private record Encoded(EncodingResult result, List<Integer> shown) {}

  private static Encoded encode(VideoOptions options, long[] millis, int[] images, long end)
      throws Exception {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFileLike(output, "webp");
      for (int i = 0; i < millis.length; i++) {
        video.addFrame(Fixtures.movingFrame(images[i]).withPts(Duration.ofMillis(millis[i])));
      }
      if (end > 0) {
        video.end(Duration.ofMillis(end));
      }
      EncodingResult result = encoder.finish();
      return new Encoded(result, shown(output.toByteArray()));
    }
  }

  private static VideoOptions options() {
    return Fixtures.options(25).variableFrameRate(true).build();
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  private static List<Integer> shown(byte[] file) {
    List<Integer> shown = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int size;
    for (int at = 12; at + 8 <= file.length; at += 8 + size + size % 2) {
      if (bytes.getInt(at) == FRAME) {
        shown.add(bytes.getInt(at + 20) & 0xFFFFFF);
      }
      size = bytes.getInt(at + 4);
    }
    return shown;
  }

  /** Without an end the last frame lasts as long as the frame rate says. */
  @ParameterizedTest
  @CsvSource({
    "0 40 100 350 1360 1400, 3000, 40 60 250 1010 40 1600",
    "0 40 100 350 1360 1400, 0, 40 60 250 1010 40 40",
    "0 1 2 3 4 5, 100, 1 1 1 1 1 95"
  })
  void end_ofTheLastFrame_isStated(String millis, long end, String expected) throws Exception {
    long[] times = numbers(millis);

    Encoded encoded = encode(options(), times, new int[] {0, 1, 2, 3, 4, 5}, end);

    assertThat(encoded.shown())
        .isEqualTo(Arrays.stream(numbers(expected)).mapToObj(each -> (int) each).toList());
    assertThat(encoded.result().duration().toMillis())
        .isEqualTo(encoded.shown().stream().mapToInt(each -> each).sum());
    assertThat(encoded.result().notes()).isEmpty();
  }

  /** The encoder joins them. */
  @Test
  void end_ofEqualFrames_isThatOfTheLast() throws Exception {
    Encoded encoded = encode(options(), new long[] {0, 40, 100, 350}, new int[] {0, 1, 1, 1}, 1000);

    assertThat(encoded.shown()).containsExactly(40, 960);
    assertThat(encoded.result().notes()).isEmpty();
  }

  /** The first frame is shown at once, which has a note. */
  @Test
  void end_whereTheFirstFrameIsLate_isEarlierByAsMuch() throws Exception {
    Encoded encoded = encode(options(), new long[] {500, 1000}, new int[] {0, 1}, 3000);

    assertThat(encoded.shown()).containsExactly(500, 2000);
  }

  @Test
  void frames_allTheSame_areNotedAsAStillImage() throws Exception {
    Encoded encoded = encode(options(), new long[] {0, 40, 80}, new int[] {0, 0, 0}, 2000);
    Encoded single = encode(options(), new long[] {0}, new int[] {0}, 2000);
    Encoded still = encode(options(), new long[] {0}, new int[] {0}, 0);

    String note =
        "video 0: no frame differs from the first, so that the encoder has made a still image: it"
            + " does not state the duration of PT2S";
    assertThat(encoded.shown()).isEmpty();
    assertThat(encoded.result().notes()).containsExactly(note);
    assertThat(single.result().notes()).containsExactly(note);
    assertThat(still.result().notes()).isEmpty();
  }

  /** A duration has 24 bits of milliseconds. */
  @Test
  void times_beyondWhatADurationHolds_areRefusedOrNoted() throws Exception {
    long hours = 10_000_000;

    Encoded encoded = encode(options(), new long[] {0, 100, hours}, new int[] {0, 1, 1}, 2 * hours);

    assertThat(encoded.shown()).containsExactly(100, 0xFFFFFF);
    assertThat(encoded.result().notes())
        .containsExactly(
            "video 0: the last image, of frames that are the same, is shown for PT4H39M37.215S"
                + " instead of PT5H33M19.9S: webp has no longer one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(options(), new long[] {0, 2 * hours}, new int[] {0, 1}, 0))
        .withMessageContaining("container webp stores at most PT4H39M37.214S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(options(), new long[] {0}, new int[] {0}, 2 * hours))
        .withMessageContaining("container webp stores at most PT4H39M37.214S");
  }

  @Test
  void frames_ofAConstantRate_lastAsLongAsItSays() throws Exception {
    ByteArrayOutput output = new ByteArrayOutput();
    EncodingResult result = Fixtures.encodeMoving(Fixtures.options(30).build(), output, "webp", 4);

    assertThat(shown(output.toByteArray())).containsExactly(33, 33, 34, 33);
    assertThat(result.notes()).isEmpty();
  }
}
