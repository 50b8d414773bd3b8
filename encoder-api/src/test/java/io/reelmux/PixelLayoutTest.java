package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PixelLayoutTest {

  @ParameterizedTest
  @CsvSource({
    // layout, planes, bytes of 5x3, of 1x1, of 4x2
    "RGB24, 1, 45, 3, 24",
    "BGR24, 1, 45, 3, 24",
    "RGBA, 1, 60, 4, 32",
    "BGRA, 1, 60, 4, 32",
    "ARGB, 1, 60, 4, 32",
    "ABGR, 1, 60, 4, 32",
    "RGB_PLANAR, 3, 45, 3, 24",
    "GRAY8, 1, 15, 1, 8",
    "GRAY16, 1, 30, 2, 16",
    "RGB48, 1, 90, 6, 48",
    "RGB48_PLANAR, 3, 90, 6, 48",
    "RGBA64, 1, 120, 8, 64",
    "I420, 3, 27, 3, 12",
    "NV12, 2, 27, 3, 12",
    "NV21, 2, 27, 3, 12",
    "I422, 3, 33, 3, 16",
    "I444, 3, 45, 3, 24",
    "P010, 2, 54, 6, 24",
    "I420_10, 3, 54, 6, 24",
    "BGRA_PRE, 1, 60, 4, 32",
    "I422_10, 3, 66, 6, 32",
    "I444_10, 3, 90, 6, 48",
    "RGB_F32, 1, 180, 12, 96",
    "RGBA_F32, 1, 240, 16, 128",
    "GRAY_F32, 1, 60, 4, 32",
    "RGB_PLANAR_F32, 3, 180, 12, 96",
    "RGB_PLANAR_F16, 3, 90, 6, 48"
  })
  void frameBytes_oddSize_roundsChromaUp(
      PixelLayout layout, int planes, long of5x3, long of1x1, long of4x2) {
    assertThat(layout.planeCount()).isEqualTo(planes);
    assertThat(layout.frameBytes(5, 3)).isEqualTo(of5x3);
    assertThat(layout.frameBytes(1, 1)).isEqualTo(of1x1);
    assertThat(layout.frameBytes(4, 2)).isEqualTo(of4x2);
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void frameBytes_everyLayout_isTheSumOfItsPlanes(PixelLayout layout) {
    long sum = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      sum += (long) layout.rowBytes(plane, 7) * layout.planeHeight(plane, 5);
    }

    assertThat(layout.frameBytes(7, 5)).isEqualTo(sum);
  }

  @Test
  void frameBytes_maxSize_doesNotOverflow() {
    assertThat(PixelLayout.RGBA64.frameBytes(32_767, 32_767)).isEqualTo(8L * 32_767 * 32_767);
  }

  @Test
  void rowBytes_oddWidth_roundsChromaUp() {
    assertThat(PixelLayout.I420.rowBytes(0, 5)).isEqualTo(5);
    assertThat(PixelLayout.I420.rowBytes(1, 5)).isEqualTo(3);
    assertThat(PixelLayout.NV12.rowBytes(1, 5)).isEqualTo(6);
    assertThat(PixelLayout.P010.rowBytes(1, 5)).isEqualTo(12);
    assertThat(PixelLayout.I422.planeHeight(1, 5)).isEqualTo(5);
    assertThat(PixelLayout.I420.planeHeight(2, 5)).isEqualTo(3);
  }

  @Test
  void families_areDisjoint() {
    EnumSet<PixelLayout> alpha = EnumSet.noneOf(PixelLayout.class);
    EnumSet<PixelLayout> yuv = EnumSet.noneOf(PixelLayout.class);
    EnumSet<PixelLayout> gray = EnumSet.noneOf(PixelLayout.class);
    EnumSet<PixelLayout> wide = EnumSet.noneOf(PixelLayout.class);
    EnumSet<PixelLayout> real = EnumSet.noneOf(PixelLayout.class);
    for (PixelLayout layout : PixelLayout.values()) {
      add(layout.hasAlpha(), layout, alpha);
      add(layout.isYuv(), layout, yuv);
      add(layout.isGray(), layout, gray);
      add(layout.bytesPerComponent() == 2, layout, wide);
      add(layout.isFloat(), layout, real);
    }

    assertThat(alpha)
        .containsExactlyInAnyOrder(
            PixelLayout.RGBA,
            PixelLayout.BGRA,
            PixelLayout.ARGB,
            PixelLayout.ABGR,
            PixelLayout.BGRA_PRE,
            PixelLayout.RGBA64,
            PixelLayout.RGBA_F32);
    assertThat(gray)
        .containsExactlyInAnyOrder(PixelLayout.GRAY8, PixelLayout.GRAY16, PixelLayout.GRAY_F32);
    assertThat(yuv)
        .containsExactlyInAnyOrder(
            PixelLayout.I420,
            PixelLayout.NV12,
            PixelLayout.NV21,
            PixelLayout.I422,
            PixelLayout.I444,
            PixelLayout.P010,
            PixelLayout.I420_10,
            PixelLayout.I422_10,
            PixelLayout.I444_10);
    assertThat(wide)
        .containsExactlyInAnyOrder(
            PixelLayout.GRAY16,
            PixelLayout.RGB48,
            PixelLayout.RGB48_PLANAR,
            PixelLayout.RGBA64,
            PixelLayout.P010,
            PixelLayout.I420_10,
            PixelLayout.I422_10,
            PixelLayout.I444_10,
            PixelLayout.RGB_PLANAR_F16);
    assertThat(real)
        .containsExactlyInAnyOrder(
            PixelLayout.RGB_F32,
            PixelLayout.RGBA_F32,
            PixelLayout.GRAY_F32,
            PixelLayout.RGB_PLANAR_F32,
            PixelLayout.RGB_PLANAR_F16);
    assertThat(PixelLayout.RGB_PLANAR_F32.bytesPerComponent()).isEqualTo(4);
  }

  private static void add(boolean belongs, PixelLayout layout, EnumSet<PixelLayout> set) {
    if (belongs) {
      set.add(layout);
    }
  }
}
