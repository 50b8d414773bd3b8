package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_cpu_flags;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_set;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_alloc_context;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_freeContext;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.sws_scale_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_CPU_FLAG_SSE4;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ARGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64LE;

import io.reelmux.EncoderException;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Owns an SwsContext that moves the components of R'G'B' pixels between packed and planar formats,
 * with FFmpeg's new scaler: five to ten times faster than the old one, and exact, because nothing
 * is computed.
 *
 * <p>Note [blocks]. The new scaler of FFmpeg 8.1 works in blocks of up to 64 pixels, and reads or
 * writes beyond rows that are not padded for whole blocks, until the process dies. It is safe with
 * memory of our own whose strides are at least {@link #stride} bytes: {@code RepackerTest} proves
 * it for each width with unmapped memory behind the last row. Whoever moves FFmpeg to another
 * version runs that test first.
 *
 * <p>It handles a fixed number of rows: another number would cost it the time of a strip to prepare
 * for it.
 */
public final class Repacker extends NativeOwner {

  /** Rows of a strip that stays in a processor's second-level cache. */
  public static final int STRIP_ROWS = 32;

  private static final int BLOCK = 64;

  /** Bytes that are read beyond the blocks of packed pixels: never more than 4. */
  private static final int PADDING = 64;

  private static final Set<Integer> PACKED_8 =
      Set.of(
          AV_PIX_FMT_RGB24,
          AV_PIX_FMT_BGR24,
          AV_PIX_FMT_RGBA,
          AV_PIX_FMT_BGRA,
          AV_PIX_FMT_ARGB,
          AV_PIX_FMT_ABGR);

  private static final Set<Integer> PLANAR_8 = Set.of(AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRAP);
  private static final Set<Integer> PACKED_16 = Set.of(AV_PIX_FMT_RGB48LE, AV_PIX_FMT_RGBA64LE);
  private static final Set<Integer> PLANAR_16 = Set.of(AV_PIX_FMT_GBRP16LE, AV_PIX_FMT_GBRAP16LE);

  private final SwsContext struct;
  private final NativeScope scope = new NativeScope();
  private final View source;
  private final View target;

  /** The rows that are handled next, in memory that something else owns. */
  private record View(AVFrame struct, FramePlanes planes, int planeCount, int minStride) {

    static View of(NativeScope scope, int format, int width, int rows) throws EncoderException {
      AVFrame struct = scope.add(Frame.allocate()).struct();
      struct.format(format);
      struct.width(width);
      struct.height(rows);
      int planes = PixelFormat.planeCount(format);
      return new View(struct, new FramePlanes(struct), planes, stride(format, width));
    }

    void select(FramePlanes memory, int row) {
      for (int plane = 0; plane < planeCount; plane++) {
        int stride = memory.stride(plane);
        if (stride < minStride) {
          throw new IllegalArgumentException(
              "a stride of " + stride + " bytes: must be at least " + minStride);
        }
        planes.set(plane, memory.address(plane) + (long) row * stride, stride);
      }
    }
  }

  private Repacker(SwsContext struct, int from, int to, int width, int rows)
      throws EncoderException {
    this.struct = struct;
    try {
      Av.check(av_opt_set(struct, "sws_flags", "unstable", 0), "choose the new scaler");
      source = View.of(scope, from, width, rows);
      target = View.of(scope, to, width, rows);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, this);
      throw e;
    }
  }

  /**
   * Whether components can be moved like that on this machine: between the packed and planar R'G'B'
   * formats that the test covers, where the scaler has vector code. Alpha that only the source has
   * is dropped, and opaque where only the target has it.
   */
  public static boolean supports(int from, int to) {
    boolean moves =
        areBetween(PACKED_8, PLANAR_8, from, to) || areBetween(PACKED_16, PLANAR_16, from, to);
    return moves && Processor.HAS_VECTORS;
  }

  private static boolean areBetween(Set<Integer> packed, Set<Integer> planar, int from, int to) {
    return (packed.contains(from) && planar.contains(to))
        || (planar.contains(from) && packed.contains(to));
  }

  /** The smallest stride of rows of a format that is safe, in bytes. */
  public static int stride(int format, int width) {
    int blocks = Math.multiplyExact(blocks(width), PixelFormat.descriptor(format).comp(0).step());
    return PixelFormat.planeCount(format) > 1 ? blocks : Math.addExact(blocks, PADDING);
  }

  private static int blocks(int width) {
    return Math.addExact(width, BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * Allocates a frame with strides that are safe.
   *
   * @param rows rows that memory is allocated for; at least the height
   */
  public static Frame frame(int format, int width, int height, int rows) throws EncoderException {
    return Frame.video(format, width, height, Math.addExact(blocks(width), PADDING), rows);
  }

  /**
   * Allocates a repacker.
   *
   * @param from a format that {@link #supports} allows
   * @param width pixels of a row
   * @param rows rows that are handled at once
   */
  public static Repacker allocate(int from, int to, int width, int rows) throws EncoderException {
    SwsContext struct = Av.allocated(sws_alloc_context(), "allocate a pixel format converter");
    return new Repacker(struct, from, to, width, rows);
  }

  /**
   * Moves rows, always as many as were said at first.
   *
   * @param from memory of this library with strides of at least {@link #stride}
   * @param fromRow the first row to read
   * @param to memory like that
   * @param toRow the first row to write
   */
  public void repack(FramePlanes from, int fromRow, FramePlanes to, int toRow)
      throws EncoderException {
    source.select(from, fromRow);
    target.select(to, toRow);
    Av.check(sws_scale_frame(struct, target.struct, source.struct), "convert the pixel format");
  }

  @Override
  protected void free() {
    try {
      scope.close();
    } finally {
      sws_freeContext(struct);
    }
  }

  /** Looked up once. */
  private static final class Processor {

    /** The flag means something else on other processors than x86. */
    static final boolean HAS_VECTORS = isX86() && (av_get_cpu_flags() & AV_CPU_FLAG_SSE4) != 0;

    private static boolean isX86() {
      String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      return name.equals("amd64") || name.equals("x86_64");
    }
  }
}
