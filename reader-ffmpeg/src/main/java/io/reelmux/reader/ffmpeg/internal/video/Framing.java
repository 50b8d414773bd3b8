package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.VideoOutput;

/**
 * Which part of a frame is shown, and where in the output. Sizes are pixels, whatever their shape.
 *
 * @param region the part of the frame, as it is shown
 * @param content where it is in the output; around it are margins
 * @param width of the output
 * @param height of the output
 */
record Framing(Area region, Area content, int width, int height) {

  /**
   * Returns how the frames that a stream promises are shown, which sets the size of the output.
   *
   * @param width of the frames, as they are shown
   * @param height of the frames, as they are shown
   * @throws IllegalArgumentException if the crop exceeds them, or the size has another aspect ratio
   *     and {@link Fit#DENY}
   */
  static Framing first(VideoOutput output, int width, int height, PixelLayout layout) {
    Area region = crop(output, width, height);
    if (output.size().isEmpty()) {
      return place(region, region.width(), region.height(), Fit.STRETCH, layout);
    }
    VideoOutput.Size size = output.size().get();
    boolean sameAspect =
        (long) size.width() * region.height() == (long) size.height() * region.width();
    if (size.fit() == Fit.DENY && !sameAspect) {
      throw new IllegalArgumentException(
          "size "
              + size.width()
              + "x"
              + size.height()
              + " has another aspect ratio than the frames of "
              + region.width()
              + "x"
              + region.height()
              + ": use Fit.CONTAIN, COVER or STRETCH");
    }
    return place(region, size.width(), size.height(), size.fit(), layout);
  }

  private static Area crop(VideoOutput output, int width, int height) {
    if (output.crop().isEmpty()) {
      return Area.whole(width, height);
    }
    VideoOutput.Crop crop = output.crop().get();
    if (crop.x() + crop.width() > width || crop.y() + crop.height() > height) {
      throw new IllegalArgumentException(
          "crop of "
              + crop.width()
              + "x"
              + crop.height()
              + " at "
              + crop.x()
              + ","
              + crop.y()
              + " exceeds the frames of "
              + width
              + "x"
              + height);
    }
    return new Area(crop.x(), crop.y(), crop.width(), crop.height());
  }

  /**
   * Returns how frames of another size than the first ones are shown: the same part, in the same
   * size.
   *
   * @param before the size of the first frames
   * @param width of the frames, as they are shown
   * @param height of the frames, as they are shown
   */
  Framing other(VideoOutput output, Area before, int width, int height, PixelLayout layout) {
    Area part = crop(output, before.width(), before.height());
    int left = scaled(part.x(), width, before.width());
    int top = scaled(part.y(), height, before.height());
    int right = scaled(part.x() + part.width(), width, before.width());
    int bottom = scaled(part.y() + part.height(), height, before.height());
    left = Math.min(left, width - 1);
    top = Math.min(top, height - 1);
    Area scaled = new Area(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    Fit fit = output.size().map(VideoOutput.Size::fit).orElse(Fit.STRETCH);
    return place(scaled, this.width, this.height, fit, layout);
  }

  private static int scaled(int length, int to, int from) {
    return (int) Math.round((double) length * to / from);
  }

  private static Framing place(Area region, int width, int height, Fit fit, PixelLayout layout) {
    boolean wider = (long) region.width() * height >= (long) width * region.height();
    Area whole = Area.whole(width, height);
    return switch (fit) {
      case CONTAIN -> new Framing(region, contained(region, width, height, layout), width, height);
      case COVER -> new Framing(covering(region, width, height, wider), whole, width, height);
      case DENY, STRETCH -> new Framing(region, whole, width, height);
    };
  }

  private static Area contained(Area region, int width, int height, PixelLayout layout) {
    int unitX = layout.chromaColumns();
    int unitY = layout.chromaRows();
    boolean wider = (long) region.width() * height >= (long) width * region.height();
    int w = width;
    int h = height;
    if (wider) {
      h = rounded((double) width * region.height() / region.width(), unitY, height);
    } else {
      w = rounded((double) height * region.width() / region.height(), unitX, width);
    }
    return new Area((width - w) / 2 / unitX * unitX, (height - h) / 2 / unitY * unitY, w, h);
  }

  private static Area covering(Area region, int width, int height, boolean wider) {
    int w = region.width();
    int h = region.height();
    if (wider) {
      w = rounded((double) h * width / height, 1, w);
    } else {
      h = rounded((double) w * height / width, 1, h);
    }
    return new Area(
        region.x() + (region.width() - w) / 2, region.y() + (region.height() - h) / 2, w, h);
  }

  private static int rounded(double exact, int unit, int max) {
    long units = Math.max(1, Math.round(exact / unit));
    return (int) Math.min(max, units * unit);
  }

  /** Whether the output has margins. */
  boolean hasMargins() {
    return content.width() != width || content.height() != height;
  }
}
