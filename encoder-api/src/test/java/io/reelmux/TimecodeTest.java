package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimecodeTest {

  @Test
  void of_eachSeparator_isDropFrameOrNot() {
    assertThat(Timecode.of("23:59:58:07")).isEqualTo(new Timecode(23, 59, 58, 7, false));
    assertThat(Timecode.of("01:02:03;04")).isEqualTo(new Timecode(1, 2, 3, 4, true));
    assertThat(Timecode.of("01:02:03.04")).hasToString("01:02:03;04");
  }

  /** Its default formatter writes other digits, and FFmpeg reads the text. */
  @Test
  void toString_inAnotherLocale_hasTheSameDigits() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(new Timecode(10, 2, 3, 4, false)).hasToString("10:02:03:04");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1:00:00:00",
        "01:00:00",
        "24:00:00:00",
        "01:60:00:00",
        "01:00:60:00",
        "01:00:00,00",
        "-1:00:00:00",
        "01:00:00:000",
        " 01:00:00:00"
      })
  void of_otherForm_isRefusedWithTheForm(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timecode.of(text))
        .withMessage(
            "timecode '"
                + text
                + "': must have the form 01:00:00:00, or 01:00:00;00 for drop frame, up to"
                + " 23:59:59");
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00:24, 25, 1",
    "00:00:00:23, 24000, 1001",
    "00:00:00:29, 30000, 1001",
    "00:01:00;02, 30000, 1001",
    "00:10:00;00, 30000, 1001",
    "00:01:01;00, 30000, 1001",
    "00:01:00;04, 60000, 1001",
    "00:00:00:99, 100, 1",
    "00:00:00:00, 1, 1"
  })
  void check_labelThatAFrameHas_passes(String text, int numerator, int denominator) {
    Timecode.of(text).check(FrameRate.of(numerator, denominator));
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00:25, 25, 1, the frames of a second are 00 to 24",
    "00:00:00:30, 30000, 1001, the frames of a second are 00 to 29",
    "00:00:00;00, 25, 1, drop frame is for 30000/1001 and 60000/1001",
    "00:00:00;00, 30, 1, drop frame is for 30000/1001 and 60000/1001",
    "00:00:00;00, 24000, 1001, drop frame is for 30000/1001 and 60000/1001",
    "00:01:00;01, 30000, 1001, the first 2 labels of this minute",
    "00:59:00;03, 60000, 1001, 'starts with 00:59:00;04'",
    "00:00:00:00, 25, 2, the rate must be whole",
    "00:00:00:00, 1, 3600, the rate must be whole",
    "00:00:00:00, 101, 1, at most 100"
  })
  void check_labelThatNoFrameHas_isRefused(
      String text, int numerator, int denominator, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timecode.of(text).check(FrameRate.of(numerator, denominator)))
        .withMessageStartingWith("timecode " + text + " at ")
        .withMessageContaining(reason);
  }
}
