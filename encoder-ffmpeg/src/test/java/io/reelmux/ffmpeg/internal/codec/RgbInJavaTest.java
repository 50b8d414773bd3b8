package io.reelmux.ffmpeg.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbInJavaTest {

  /** What the JVMs say of themselves. */
  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', true",
    "Java HotSpot(TM) 64-Bit Server VM, mixed mode, true",
    "OpenJDK 64-Bit Server VM, 'compiled mode, sharing', true",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client, sharing', false",
    "OpenJDK 64-Bit Server VM, 'interpreted mode, sharing', false",
    "OpenJDK 64-Bit Minimal VM, mixed mode, false",
    "Eclipse OpenJ9 VM, JRE 17 Linux amd64-64-Bit Compressed References, false",
    "Substrate VM, static mode, false"
  })
  void makesVectors_onlyWhereC2Is(String name, String mode, boolean expected) {
    assertThat(RgbInJava.makesVectors(name, mode)).isEqualTo(expected);
  }
}
