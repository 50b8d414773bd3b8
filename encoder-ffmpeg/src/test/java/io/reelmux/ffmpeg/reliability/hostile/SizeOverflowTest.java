package io.reelmux.ffmpeg.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Sizes whose product overflows 32 bits, or wraps around to a small number. */
class SizeOverflowTest {
  private static final int[] SIDES = {
    Integer.MIN_VALUE,
    -1,
    0,
    32_768,
    65_536,
    65_537,
    46_341,
    0x1000_0000,
    0x4000_0000,
    Integer.MAX_VALUE - 1,
    Integer.MAX_VALUE
  };

  private int refused;

  @Test
  void sizes_thatOverflow_areRefused() {
    for (int width : SIDES) {
      for (int height : SIDES) {
        refuse(() -> VideoOptions.of(width, height, 25));
        refuse(() -> VideoOptions.builder(64, 64, 25).outputSize(width, height));
        for (PixelLayout layout : PixelLayout.values()) {
          refuse(() -> VideoFrame.of(layout, width, height, new byte[64]));
        }
      }
      refuse(() -> AudioOptions.of(48_000, width));
      refuse(() -> AudioSamples.of(SampleLayout.FLOAT_PLANAR, width, ByteBuffer.allocate(64)));
      refuse(() -> AudioSamples.ofInterleaved(width, new float[64]));
      refuse(() -> AudioSamples.ofInterleaved(width, new short[64]));
    }
    refuse(() -> VideoOptions.of(32_767, 32_767, 25));
    Reliability.record(
        "sizes and strides that overflow 32 bits",
        "width, height, channels, strides of frames and samples up to 2^31-1",
        refused,
        "each an IllegalArgumentException");
  }

  @Test
  void strides_thatOverflow_areRefused() {
    for (PixelLayout layout : PixelLayout.values()) {
      List<ByteBuffer> planes =
          new ArrayList<>(
              Collections.nCopies(layout.planeCount(), ByteBuffer.allocateDirect(1 << 20)));
      for (int stride : SIDES) {
        int[] strides = new int[layout.planeCount()];
        Arrays.fill(strides, stride);
        // 64 rows, or as many as make stride x rows wrap to a small number
        for (int height : new int[] {64, 3, 4, 5, 16, 17, 32_767}) {
          if ((long) stride * (height / 2 - 1) > 1 << 20 || stride <= 0) {
            refuse(() -> VideoFrame.of(layout, 64, height, planes, strides));
          }
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private void refuse(ThrowingCallable call) {
    assertThat(catchThrowable(call)).isInstanceOf(IllegalArgumentException.class);
    refused++;
  }
}
