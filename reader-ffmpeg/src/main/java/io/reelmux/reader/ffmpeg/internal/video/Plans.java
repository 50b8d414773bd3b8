package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_LEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAYF32LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P16LE;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.ColorTags;
import io.reelmux.ffmpeg.internal.av.Repacker;
import io.reelmux.reader.Conversion;
import io.reelmux.reader.ToneMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the way from decoded frames to a layout: the shortest that is exact.
 *
 * @param layout what is asked for
 * @param color what Y'CbCr frames of the output mean
 * @param conversion exact or fast
 * @param toneMap how HDR becomes SDR; null if it stays
 */
record Plans(
    PixelLayout layout, ColorSpec color, Conversion conversion, @Nullable ToneMap toneMap) {

  private static final String EXACT = "bicubic+accurate_rnd+full_chroma_int";

  /** The layouts for which libswscale has vector code from {@link #FAST_SOURCES}. */
  private static final Set<PixelLayout> FAST =
      Set.of(PixelLayout.RGB24, PixelLayout.BGR24, PixelLayout.RGBA, PixelLayout.BGRA);

  private static final Set<Integer> FAST_SOURCES = Set.of(AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P);

  /** What the codes of frames mean. */
  private record Meaning(int matrix, int range) {

    static Meaning of(int format, ColorSpec color) {
      ColorTags tags = ColorTags.of(format, color, AVCHROMA_LOC_LEFT);
      return new Meaning(tags.matrix(), tags.range());
    }
  }

  /** Returns the plan that only turns frames, for filters that follow. */
  static GraphPlan turning(DecodedFormat input, Turn turn) {
    PlanBuilder plan = new PlanBuilder(input).adapt(true);
    int format = plan.current().format();
    int unitX = Formats.unitX(format);
    int unitY = Formats.unitY(format);
    if (unitX == 1 && unitY == 1) {
      return plan.turn(turn).build();
    }
    DecodedFormat padded = plan.pad(unitX, unitY).current();
    return plan.zimg(
            Formats.unsubsampled(format),
            padded.width(),
            padded.height(),
            padded.matrix(),
            padded.range())
        .crop(Area.whole(input.width(), input.height()))
        .turn(turn)
        .build();
  }

  /**
   * Returns the plan for frames of one kind.
   *
   * @throws IllegalArgumentException if they cannot be converted exactly
   */
  GraphPlan of(DecodedFormat input, Placed placed) {
    requireExact(input, placed);
    LayoutFormat formats = LayoutFormat.of(layout);
    PlanBuilder plan = new PlanBuilder(input);
    if (layout.isGray()) {
      return gray(plan, placed);
    }
    Area region = placed.region();
    boolean whole = region.startsOn(Formats.unitX(input.format()), Formats.unitY(input.format()));
    if (!placed.scaled() && !isMapped(input) && whole) {
      if (isDirect(input, formats, placed.turn())) {
        return plan.crop(region).turn(placed.turn()).build();
      }
      if (isFast(input)) {
        plan.crop(region).swscale(formats.memory(), "bilinear");
        return plan.turn(placed.turn()).build();
      }
    }
    return layout.isYuv() ? yuv(plan, placed, formats) : rgb(plan, placed, formats);
  }

  private void requireExact(DecodedFormat input, Placed placed) {
    boolean copied = layout.isGray() && !placed.scaled() && !isMapped(input);
    if (input.grayAsRgb() && isLimited(input) && !copied) {
      throw new IllegalArgumentException(
          "gray of more than 10 bits in limited range can only be read as gray in its own size");
    }
  }

  private boolean isMapped(DecodedFormat input) {
    return toneMap != null && input.isHdr();
  }

  /** What Y'CbCr frames of the output mean. */
  ColorSpec outputColor(DecodedFormat input) {
    return isMapped(input) ? ColorSpec.BT709_LIMITED : color;
  }

  /** Whether gray values have limited range. */
  static boolean isLimited(DecodedFormat format) {
    return format.range() == AVCOL_RANGE_MPEG;
  }

  /** Whether frames have the layout already. */
  private boolean isDirect(DecodedFormat input, LayoutFormat formats, Turn turn) {
    boolean odd = turn.swaps() && Formats.unitX(input.format()) != Formats.unitY(input.format());
    Meaning meaning = new Meaning(input.matrix(), input.range());
    return input.format() == formats.memory()
        && !odd
        && meaning.equals(Meaning.of(input.format(), color));
  }

  private boolean isFast(DecodedFormat input) {
    return conversion == Conversion.FAST
        && FAST.contains(layout)
        && FAST_SOURCES.contains(input.format());
  }

  private GraphPlan rgb(PlanBuilder plan, Placed placed, LayoutFormat formats) {
    boolean alpha = layout.hasAlpha() && Formats.hasAlpha(plan.current().format());
    int format = formats.planar(alpha);
    convert(plan, placed, format, Meaning.of(format, color));
    plan.turn(placed.turn());
    boolean quads = layout.hasAlpha() && (format == AV_PIX_FMT_GBRP || format == AV_PIX_FMT_GBRAP);
    boolean merged = quads || Repacker.supports(format, formats.memory());
    return layout.isFloat() || merged
        ? plan.build()
        : plan.swscale(formats.memory(), EXACT).build();
  }

  /** Converts a region to a format that is not subsampled. */
  private void convert(PlanBuilder plan, Placed placed, int format, Meaning meaning) {
    boolean mapped = isMapped(plan.current());
    plan.adapt(Formats.hasAlpha(format));
    int unitX = Formats.unitX(plan.current().format());
    int unitY = Formats.unitY(plan.current().format());
    plan.pad(unitX, unitY);
    Area region = placed.region();
    boolean atOnce = placed.scaled() && region.isWhole(unitX, unitY);
    Area outer = atOnce ? region : plan.around(region);
    Area inner = region.in(outer);
    plan.crop(outer);
    if (mapped && toneMap != null) {
      DecodedFormat target =
          plan.current()
              .formatted(format)
              .sized(placed.width(), placed.height())
              .colored(meaning.matrix, meaning.range);
      plan.toneMap(toneMap, inner, target);
      return;
    }
    if (!inner.sameSize(outer)) {
      plan.zimg(format, outer.width(), outer.height(), meaning.matrix, meaning.range).crop(inner);
    }
    plan.zimg(format, placed.width(), placed.height(), meaning.matrix, meaning.range);
  }

  private GraphPlan yuv(PlanBuilder plan, Placed placed, LayoutFormat formats) {
    int format = formats.planar();
    Meaning meaning = Meaning.of(format, outputColor(plan.current()));
    boolean mapped = isMapped(plan.current());
    plan.adapt(false);
    int unitX = Math.max(Formats.unitX(format), Formats.unitX(plan.current().format()));
    int unitY = Math.max(Formats.unitY(format), Formats.unitY(plan.current().format()));
    Area region = placed.region();
    boolean even =
        Area.whole(placed.width(), placed.height())
            .isWhole(Formats.unitX(format), Formats.unitY(format));
    boolean fits =
        placed.scaled() ? even && region.isWhole(unitX, unitY) : region.startsOn(unitX, unitY);
    boolean asymmetric = placed.turn().swaps() && Formats.unitX(format) != Formats.unitY(format);
    if (!fits || mapped || asymmetric) {
      return yuvByFullChroma(plan, placed, formats, meaning);
    }
    plan.pad(unitX, unitY);
    DecodedFormat padded = plan.current();
    Area outer = region.around(0, unitX, unitY, padded.width(), padded.height());
    plan.crop(outer);
    return plan.zimg(
            format,
            placed.scaled() ? placed.width() : outer.width(),
            placed.scaled() ? placed.height() : outer.height(),
            meaning.matrix,
            meaning.range)
        .swscale(formats.memory(), EXACT)
        .crop(Area.whole(placed.width(), placed.height()))
        .turn(placed.turn())
        .build();
  }

  /** Cuts, scales and turns without subsampling, which allows all sizes. */
  private GraphPlan yuvByFullChroma(
      PlanBuilder plan, Placed placed, LayoutFormat formats, Meaning meaning) {
    int format = formats.planar();
    convert(plan, placed, Formats.unsubsampled(format), meaning);
    plan.turn(placed.turn());
    Area turned = Area.whole(plan.current().width(), plan.current().height());
    plan.extend(Formats.unitX(format), Formats.unitY(format));
    DecodedFormat extended = plan.current();
    return plan.zimg(format, extended.width(), extended.height(), meaning.matrix, meaning.range)
        .swscale(formats.memory(), EXACT)
        .crop(turned)
        .build();
  }

  /** Gray is luma, which is brought to full range here or when it is copied out. */
  private GraphPlan gray(PlanBuilder plan, Placed placed) {
    DecodedFormat input = plan.current();
    boolean rgb = Formats.isRgb(input.format()) && (!input.grayAsRgb() || placed.scaled());
    if (isMapped(input) || rgb) {
      ColorSpec full = outputColor(input).withRange(ColorSpec.Range.FULL);
      convert(plan, placed, AV_PIX_FMT_YUV444P16LE, Meaning.of(AV_PIX_FMT_YUV444P16LE, full));
      return plan.turn(placed.turn()).build();
    }
    if (placed.scaled()) {
      Meaning full = new Meaning(input.matrix(), AVCOL_RANGE_JPEG);
      convert(plan, placed, AV_PIX_FMT_GRAYF32LE, full);
      return plan.turn(placed.turn()).build();
    }
    plan.adapt(false);
    boolean untouched =
        placed.turn().equals(Turn.NONE)
            && placed.region().equals(Area.whole(input.width(), input.height()));
    return untouched ? plan.build() : plan.luma().crop(placed.region()).turn(placed.turn()).build();
  }
}
