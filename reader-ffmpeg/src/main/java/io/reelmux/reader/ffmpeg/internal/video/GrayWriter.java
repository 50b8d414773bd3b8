package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Writes the first plane, luma or gray, as gray of full range. */
final class GrayWriter implements FrameWriter {
  private static final int MAX_BYTE = 0xFF;
  private static final int MAX_WORD = 0xFFFF;

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle FLOATS = view(float[].class);

  private final int width;
  private final byte[] from;
  private final byte[] to;
  private final int sourceBytes;
  private final int targetBytes;
  private final boolean floatSource;

  /** The bits to write for each code; empty for floats. */
  private final int[] codes;

  private final PixelLayout layout;
  private final NativeRows rows = new NativeRows();

  /** Creates a writer for frames of one kind. */
  GrayWriter(DecodedFormat source, PixelLayout layout) {
    this.layout = layout;
    this.width = source.width();
    this.targetBytes = layout.bytesPerComponent();
    this.floatSource =
        (PixelFormat.descriptor(source.format()).flags() & AV_PIX_FMT_FLAG_FLOAT) != 0;
    int depth = Formats.depth(source.format());
    this.sourceBytes = (depth + 7) / 8;
    this.from = new byte[width * sourceBytes];
    this.to = new byte[width * targetBytes];
    this.codes = floatSource ? new int[0] : codes(depth, Plans.isLimited(source));
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private int[] codes(int depth, boolean limited) {
    int[] all = new int[1 << depth];
    double black = limited ? 16 << (depth - 8) : 0;
    double white = limited ? 235 << (depth - 8) : all.length - 1;
    for (int code = 0; code < all.length; code++) {
      all[code] = bits((code - black) / (white - black));
    }
    return all;
  }

  /** Returns what is written for a level from 0 (black) to 1 (white). */
  private int bits(double level) {
    double clipped = Math.min(Math.max(level, 0), 1);
    if (layout.isFloat()) {
      return Float.floatToIntBits((float) clipped);
    }
    return (int) Math.round(clipped * (targetBytes == 1 ? MAX_BYTE : MAX_WORD));
  }

  /** Whether gray frames of this kind can be copied as they are. */
  static boolean isSame(DecodedFormat source, LayoutFormat formats) {
    return source.format() == formats.memory()
        && !Plans.isLimited(source)
        && PixelFormat.isGray(source.format())
        && (PixelFormat.descriptor(source.format()).flags() & AV_PIX_FMT_FLAG_FLOAT) == 0;
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) {
    int count = target.rows(0);
    NativeRows source = rows.of(frame, planes, 0, count, from.length);
    ByteBuffer pixels = source.bytes();
    for (int y = 0; y < count; y++) {
      pixels.get(source.offset(y), from);
      for (int x = 0; x < width; x++) {
        put(x, code(x));
      }
      target.buffer().put(target.offset(0) + y * target.stride(0), to);
    }
  }

  private int code(int x) {
    if (floatSource) {
      return bits((float) FLOATS.get(from, x * Float.BYTES));
    }
    int value = sourceBytes == 1 ? from[x] & MAX_BYTE : (short) SHORTS.get(from, 2 * x) & MAX_WORD;
    // a damaged frame may have values beyond its depth
    return codes[Math.min(value, codes.length - 1)];
  }

  private void put(int x, int bits) {
    switch (targetBytes) {
      case 1 -> to[x] = (byte) bits;
      case 2 -> SHORTS.set(to, 2 * x, (short) bits);
      default -> INTS.set(to, 4 * x, bits);
    }
  }
}
