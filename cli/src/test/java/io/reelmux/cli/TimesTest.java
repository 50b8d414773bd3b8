package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "83.5, PT1M23.5S",
    "0, PT0S",
    "1:23.5, PT1M23.5S",
    "1:02:03.000000001, PT1H2M3.000000001S",
    "90:00, PT1H30M"
  })
  void parse_time(String text, Duration time) {
    assertThat(Times.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.", ".5", "1:2:3:4", "1,5", "a"})
  void parse_noTime_throws(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a time such as");
  }

  @Test
  void exact_hasMilliseconds() {
    assertThat(Times.exact(Duration.ofMillis(3_723_045))).isEqualTo("1:02:03.045");
  }
}
