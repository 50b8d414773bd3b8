package io.reelmux.ffmpeg.internal.av;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "[webm @ 0x7f12ab] Only VP8, [webm] Only VP8",
    "[webm @ 000001F2AB00] Only VP8, [webm] Only VP8",
    "[fc#0 @ 0x1] [vf @ 0xab] two, [fc#0] [vf] two",
    "'[OpenH264] this = 0x0xab, Warning:x', [OpenH264] Warning:x",
    "a @ 0x10 that is no speaker, a @ 0x10 that is no speaker",
    "[a@b] mail, [a@b] mail",
    "plain, plain"
  })
  void of_line_keepsAllButTheAddress(String line, String expected) {
    assertThat(WithoutAddresses.of(line)).isEqualTo(expected);
  }
}
