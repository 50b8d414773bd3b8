package io.reelmux.ffmpeg.internal.av;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.EncoderException;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

  @Test
  void requireVersion_another_isRefusedWithBoth() {
    int loaded = 61 << 16 | 19 << 8 | 100;

    assertThatThrownBy(() -> NativeLibraries.requireVersion("libavcodec", loaded, 62))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("libavcodec has the version 61, and Reelmux was built for 62");
  }

  @Test
  void load_versionOfTheBuild_passes() {
    assertThatCode(NativeLibraries::load).doesNotThrowAnyException();
  }
}
