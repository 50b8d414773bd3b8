package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte goes to its place, and none elsewhere. */
class TripleSplitterTest {
  private static final int FROM = 5;
  private static final int TO = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 24, 64, 1001})
  void split_anyWidth_putsEachComponentIntoItsPlane(int width) {
    byte[] packed = new byte[FROM + 3 * width];
    new Random(width).nextBytes(packed);
    byte[][] planes = new byte[3][TO + width];

    TripleSplitter.split(packed, FROM, planes[0], planes[1], planes[2], TO, width);

    for (int plane = 0; plane < planes.length; plane++) {
      byte[] expected = new byte[TO + width];
      for (int x = 0; x < width; x++) {
        expected[TO + x] = packed[FROM + 3 * x + plane];
      }
      assertThat(planes[plane]).as("plane %d", plane).isEqualTo(expected);
    }
  }
}
