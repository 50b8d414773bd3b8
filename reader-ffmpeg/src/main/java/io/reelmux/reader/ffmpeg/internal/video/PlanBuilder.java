package io.reelmux.reader.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;

import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.reader.ToneMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts together the filters for one kind of frames, keeping track of what each leaves. Note [whole
 * chroma]: zimg reads and writes whole chroma samples only, and interpolates chroma from samples
 * next to a part, so a part is cut out with a margin and cut to size afterward.
 */
final class PlanBuilder {

  /** Pixels around a part from which its chroma is interpolated. */
  private static final int MARGIN = 4;

  private static final String[] CHROMA = {
    "input", "left", "center", "topleft", "top", "bottomleft", "bottom"
  };

  private final DecodedFormat input;
  private final List<Step> adaption = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private DecodedFormat adapted;
  private DecodedFormat padded;
  private DecodedFormat current;

  PlanBuilder(DecodedFormat input) {
    this.input = input;
    this.adapted = input;
    this.padded = input;
    this.current = input;
  }

  /** What the steps so far leave. */
  DecodedFormat current() {
    return current;
  }

  /** Changes the format to one that zimg reads. */
  PlanBuilder adapt(boolean keepAlpha) {
    int format = Formats.forZimg(current.format(), keepAlpha);
    if (format != current.format()) {
      adaption.addAll(Formats.adaption(current.format(), format));
      DecodedFormat next = current.formatted(format);
      adapted = Formats.isRgb(format) ? next.colored(AVCOL_SPC_RGB, AVCOL_RANGE_JPEG) : next;
      current = adapted;
      padded = adapted;
    }
    return this;
  }

  /** Extends the frame to whole chroma samples; only before any step. */
  PlanBuilder pad(int unitX, int unitY) {
    padded = current.sized(Area.up(current.width(), unitX), Area.up(current.height(), unitY));
    current = padded;
    return this;
  }

  /** Cuts out a part. */
  PlanBuilder crop(Area part) {
    if (!part.equals(Area.whole(current.width(), current.height()))) {
      steps.add(
          new Step(
              "crop",
              String.format(
                  Locale.ROOT,
                  "w=%d:h=%d:x=%d:y=%d:exact=1",
                  part.width(),
                  part.height(),
                  part.x(),
                  part.y())));
      current = current.sized(part.width(), part.height());
    }
    return this;
  }

  /** Converts colors, format and size in one pass, if any differs. */
  PlanBuilder zimg(int format, int width, int height, int matrix, int range) {
    return zimg(format, width, height, matrix, range, "");
  }

  private PlanBuilder zimg(int format, int width, int height, int matrix, int range, String more) {
    boolean scaled = width != current.width() || height != current.height();
    boolean same =
        current.format() == format && current.matrix() == matrix && current.range() == range;
    if (same && !scaled && more.isEmpty()) {
      return this;
    }
    String chroma = CHROMA[current.chroma()];
    // without scaling only chroma is filtered, and bilinear places it right
    String filter = scaled ? "bicubic" : "bilinear";
    steps.add(
        new Step(
            "zscale",
            String.format(
                Locale.ROOT,
                "w=%d:h=%d:f=%s:m=%d:r=%s:cin=%s:c=%s%s",
                width,
                height,
                filter,
                matrix,
                range == AVCOL_RANGE_JPEG ? "full" : "limited",
                chroma,
                chroma,
                more)));
    steps.add(Formats.format(format));
    current = current.formatted(format).sized(width, height).colored(matrix, range);
    return this;
  }

  /** Brings the luminance of HDR into the range of SDR, and the colors to BT.709. */
  PlanBuilder toneMap(ToneMap map, Area part, DecodedFormat target) {
    boolean alpha = Formats.hasAlpha(current.format()) && Formats.hasAlpha(target.format());
    boolean cut = !part.equals(Area.whole(current.width(), current.height()));
    int width = cut ? current.width() : target.width();
    int height = cut ? current.height() : target.height();
    int floats = Formats.named(alpha ? "gbrapf32le" : "gbrpf32le");
    zimg(floats, width, height, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG, ":t=linear:npl=100:p=bt709");
    crop(cut ? part : Area.whole(width, height));
    String name = map.name().toLowerCase(Locale.ROOT);
    steps.add(new Step("tonemap", "tonemap=" + name + ":desat=0"));
    return zimg(
        target.format(),
        target.width(),
        target.height(),
        target.matrix(),
        target.range(),
        ":t=bt709:p=bt709");
  }

  /** Changes the format by libswscale: packs planes, or converts fast. */
  PlanBuilder swscale(int format, String flags) {
    if (format != current.format()) {
      steps.add(new Step("scale", "flags=" + flags));
      steps.add(Formats.format(format));
      current = current.formatted(format);
    }
    return this;
  }

  /** Keeps luma alone. */
  PlanBuilder luma() {
    if (PixelFormat.isYuv(current.format())) {
      steps.add(new Step("extractplanes", "planes=y"));
      int depth = Formats.depth(current.format());
      current = current.formatted(Formats.named(depth == 8 ? "gray" : "gray" + depth + "le"));
    }
    return this;
  }

  /** Turns the frame. */
  PlanBuilder turn(Turn turn) {
    steps.addAll(turn.steps());
    if (turn.swaps()) {
      current = current.sized(current.height(), current.width());
    }
    return this;
  }

  /** Extends a frame that is not subsampled, by repeating its edge. */
  PlanBuilder extend(int unitX, int unitY) {
    int width = Area.up(current.width(), unitX);
    int height = Area.up(current.height(), unitY);
    if (width != current.width() || height != current.height()) {
      steps.add(new Step("pad", String.format(Locale.ROOT, "w=%d:h=%d:x=0:y=0", width, height)));
      steps.add(
          new Step(
              "fillborders",
              String.format(
                  Locale.ROOT,
                  "right=%d:bottom=%d:mode=smear",
                  width - current.width(),
                  height - current.height())));
      current = current.sized(width, height);
    }
    return this;
  }

  /** Returns the part around another from which zimg can convert it. */
  Area around(Area part) {
    int unitX = Formats.unitX(current.format());
    int unitY = Formats.unitY(current.format());
    boolean whole = part.equals(Area.whole(input.width(), input.height()));
    int margin = (unitX > 1 || unitY > 1) && !whole ? MARGIN : 0;
    return part.around(margin, unitX, unitY, current.width(), current.height());
  }

  /** Returns the plan. */
  GraphPlan build() {
    return new GraphPlan(
        List.copyOf(adaption), input, adapted, padded, List.copyOf(steps), current);
  }
}
