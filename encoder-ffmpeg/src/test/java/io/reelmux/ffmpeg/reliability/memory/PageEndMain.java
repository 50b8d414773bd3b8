package io.reelmux.ffmpeg.reliability.memory;

import io.reelmux.AlphaMode;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.FfmpegBackend;
import io.reelmux.ffmpeg.internal.video.ConvertedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Converts frames whose last byte is the last of a memory page, and compares them with the same
 * frames in ordinary memory. Arguments: a directory, the minimum and maximum side, the step.
 */
final class PageEndMain {
  private static final int MAX_PLANE = 130 * (130 * 16 + 80);
  private static final String[] TARGETS = {"yuv444p", "yuv420p", "gbrp", "yuv422p10le", "nv12"};

  private final List<GuardedMemory> planes = new ArrayList<>();
  private final Random random = new Random(7);
  private long frames;
  private long refused;

  private PageEndMain(Path directory) throws IOException {
    for (int plane = 0; plane < 4; plane++) {
      planes.add(new GuardedMemory(directory, MAX_PLANE));
    }
  }

  public static void main(String[] arguments) throws IOException {
    EncoderCatalog catalog = new FfmpegBackend().catalog();
    PageEndMain main = new PageEndMain(Path.of(arguments[0]));
    int min = Integer.parseInt(arguments[1]);
    int max = Integer.parseInt(arguments[2]);
    int step = Integer.parseInt(arguments[3]);
    for (PixelLayout layout : PixelLayout.values()) {
      for (int width = min; width <= max; width += step) {
        for (int height = min; height <= max; height += step) {
          main.tryOut(layout, width, height);
        }
      }
    }
    System.out.println(catalog.backend());
    System.out.println("frames " + main.frames + " refused " + main.refused);
    if (arguments.length > 4) {
      main.planes.get(0).readBeyond();
    }
  }

  private void tryOut(PixelLayout layout, int width, int height) throws IOException {
    String target = TARGETS[random.nextInt(TARGETS.length)];
    boolean scaled = random.nextInt(4) == 0;
    boolean fullChroma = target.equals("yuv444p") || target.equals("gbrp");
    int outWidth = scaled || !fullChroma ? even(width) : width;
    int outHeight = scaled || !fullChroma ? even(height) : height;
    AlphaMode alpha =
        layout.hasAlpha() && random.nextBoolean() ? AlphaMode.FLATTEN : AlphaMode.DROP;
    boolean big = layout.bytesPerComponent() == 2 && random.nextBoolean();
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] tight = new byte[(int) layout.frameBytes(width, height)];
    random.nextBytes(tight);
    VideoFrame ordinary = VideoFrame.of(layout, width, height, ByteBuffer.wrap(tight).order(order));
    VideoFrame atPageEnd =
        VideoFrame.of(layout, width, height, planes.get(3).holding(tight).order(order));
    VideoFrame padded = padded(layout, width, height, tight, order);
    try (ConvertedFrame converted =
        new ConvertedFrame(ordinary, target, outWidth, outHeight, alpha)) {
      byte[] expected;
      try {
        expected = converted.of(ordinary);
      } catch (EncoderException e) {
        refused++;
        System.err.printf("%s %dx%d to %s: %s%n", layout, width, height, target, e.getMessage());
        return;
      }
      require(Arrays.equals(expected, converted.of(atPageEnd)), layout, width, height, target);
      require(Arrays.equals(expected, converted.of(padded)), layout, width, height, target);
      frames += 2;
    }
  }

  /** Places each plane at the end of its own page; all rows but the last are padded. */
  private VideoFrame padded(
      PixelLayout layout, int width, int height, byte[] tight, ByteOrder order) {
    List<ByteBuffer> buffers = new ArrayList<>();
    int[] strides = new int[layout.planeCount()];
    int from = 0;
    for (int plane = 0; plane < strides.length; plane++) {
      int rowBytes = layout.rowBytes(plane, width);
      int rows = layout.planeHeight(plane, height);
      // sometimes the stride of the library's own memory
      strides[plane] =
          random.nextInt(3) == 0 ? (rowBytes + 63) / 64 * 64 : rowBytes + random.nextInt(70);
      byte[] bytes = new byte[strides[plane] * (rows - 1) + rowBytes];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(tight, from, bytes, row * strides[plane], rowBytes);
        from += rowBytes;
      }
      buffers.add(planes.get(plane).holding(bytes).order(order));
    }
    return VideoFrame.of(layout, width, height, buffers, strides);
  }

  private static int even(int side) {
    return side + (side & 1);
  }

  private static void require(
      boolean same, PixelLayout layout, int width, int height, String target) {
    if (!same) {
      throw new AssertionError(
          "%s %dx%d to %s differs at a page boundary".formatted(layout, width, height, target));
    }
  }
}
