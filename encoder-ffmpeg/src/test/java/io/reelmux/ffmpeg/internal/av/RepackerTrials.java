package io.reelmux.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Repacks rows whose memory ends where the file ends that is mapped there: whoever touches a byte
 * behind them is ended by a signal. Each number of rows is done twice, as a strip is.
 */
final class RepackerTrials {
  private static final String[] PACKED_8 = {"rgb24", "bgr24", "rgba", "bgra", "argb", "abgr"};
  private static final String[] PLANAR_8 = {"gbrp", "gbrap"};
  private static final String[] PACKED_16 = {"rgb48le", "rgba64le"};
  private static final String[] PLANAR_16 = {"gbrp16le", "gbrap16le"};
  private static final int[] HEIGHTS = {1, 2, Repacker.STRIP_ROWS};
  private static final int PAGE = 4096;
  private static final int MAX_PIXEL_BYTES = 8;

  private final int widths;
  private final Plane[] source = new Plane[4];
  private final Plane[] target = new Plane[4];
  private final Random random = new Random(1);

  /** Memory of whole pages, followed by pages behind the end of the file. */
  private record Plane(MappedByteBuffer memory, int size) {

    static Plane of(int bytes) throws IOException {
      int size = (bytes + PAGE - 1) / PAGE * PAGE;
      Path file = Files.createTempFile("plane", null);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size + 16L * PAGE);
        channel.truncate(size);
        return new Plane(memory, size);
      } finally {
        Files.delete(file);
      }
    }
  }

  private RepackerTrials(int widths) throws IOException {
    this.widths = widths;
    for (int plane = 0; plane < source.length; plane++) {
      int bytes = (widths + 2 * Frame.ALIGNMENT) * MAX_PIXEL_BYTES * Repacker.STRIP_ROWS;
      source[plane] = Plane.of(bytes);
      target[plane] = Plane.of(bytes);
    }
  }

  /** Runs the program. Argument: the largest width. */
  public static void main(String[] args) throws IOException {
    RepackerTrials trials = new RepackerTrials(Integer.parseInt(args[0]));
    int ways = trials.both(PACKED_8, PLANAR_8) + trials.both(PACKED_16, PLANAR_16);
    System.out.println(ways + " ways, all widths to " + args[0]);
  }

  private int both(String[] packed, String[] planar) throws EncoderException {
    int ways = 0;
    for (String one : packed) {
      for (String other : planar) {
        way(avutil.av_get_pix_fmt(one), avutil.av_get_pix_fmt(other));
        way(avutil.av_get_pix_fmt(other), avutil.av_get_pix_fmt(one));
        ways += 2;
      }
    }
    return ways;
  }

  private void way(int from, int to) throws EncoderException {
    if (!Repacker.supports(from, to)) {
      throw new IllegalStateException(PixelFormat.name(from) + " to " + PixelFormat.name(to));
    }
    for (int width = 1; width <= widths; width++) {
      for (int height : HEIGHTS) {
        repack(from, to, width, height);
      }
    }
  }

  private void repack(int from, int to, int width, int height) throws EncoderException {
    try (Repacker repacker = Repacker.allocate(from, to, width, height);
        Frame input = Frame.allocate();
        Frame output = Frame.allocate()) {
      place(input.struct(), source, from, width, height);
      place(output.struct(), target, to, width, height);
      FramePlanes inputPlanes = new FramePlanes(input.struct());
      FramePlanes outputPlanes = new FramePlanes(output.struct());
      for (int time = 0; time < 2; time++) {
        fill(from, width, height);
        repacker.repack(inputPlanes, 0, outputPlanes, 0);
        check(from, to, width, height);
      }
    }
  }

  private static int bytes(int format, int width, int height) {
    return Repacker.stride(format, width) * height;
  }

  private static void place(AVFrame frame, Plane[] planes, int format, int width, int height) {
    for (int plane = 0; plane < PixelFormat.planeCount(format); plane++) {
      Plane memory = planes[plane];
      BytePointer start = new BytePointer(memory.memory);
      frame.data(plane, start.getPointer((long) memory.size - bytes(format, width, height)));
      frame.linesize(plane, Repacker.stride(format, width));
    }
  }

  private void fill(int format, int width, int height) {
    byte[] values = new byte[bytes(format, width, height)];
    for (int plane = 0; plane < PixelFormat.planeCount(format); plane++) {
      random.nextBytes(values);
      source[plane].memory.put(source[plane].size - values.length, values);
    }
  }

  private void check(int from, int to, int width, int height) {
    int components = PixelFormat.descriptor(to).nb_components();
    for (int component = 0; component < components; component++) {
      byte[] actual = Component.of(to, component, width, height).read(target);
      byte[] expected = new byte[actual.length];
      if (component < PixelFormat.descriptor(from).nb_components()) {
        expected = Component.of(from, component, width, height).read(source);
      } else {
        Arrays.fill(expected, (byte) -1);
      }
      if (!Arrays.equals(actual, expected)) {
        throw new IllegalStateException(
            "%s to %s, %dx%d: component %d differs"
                .formatted(PixelFormat.name(from), PixelFormat.name(to), width, height, component));
      }
    }
  }

  /** Where the bytes of a component are: those of 16 bits follow each other. */
  private record Component(
      int plane, int bytes, int step, int offset, int stride, int width, int height) {

    static Component of(int format, int number, int width, int height) {
      AVComponentDescriptor at = PixelFormat.descriptor(format).comp(number);
      int bytes = at.depth() / Byte.SIZE;
      int stride = Repacker.stride(format, width);
      return new Component(at.plane(), bytes, at.step(), at.offset(), stride, width, height);
    }

    byte[] read(Plane[] planes) {
      byte[] memory = new byte[stride * height];
      Plane from = planes[plane];
      from.memory.get(from.size - memory.length, memory);
      byte[] values = new byte[width * height * bytes];
      int next = 0;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int pixel = y * stride + x * step + offset;
          for (int part = 0; part < bytes; part++) {
            values[next++] = memory[pixel + part];
          }
        }
      }
      return values;
    }
  }
}
