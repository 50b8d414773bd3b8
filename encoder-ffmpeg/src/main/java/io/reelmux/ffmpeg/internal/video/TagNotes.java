package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.reelmux.ColorSpec;
import io.reelmux.SampleAspectRatio;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.codec.EncoderProfile;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes what was requested of a video stream and is stored neither in the stream nor in the
 * container, so that players do not learn it.
 */
final class TagNotes {
  private final EncoderProfile profile;
  private final Container container;
  private final VideoOptions options;
  private final FrameFormat format;
  private final Notes notes;

  TagNotes(
      EncoderProfile profile,
      Container container,
      VideoOptions options,
      FrameFormat format,
      Notes notes) {
    this.profile = profile;
    this.container = container;
    this.options = options;
    this.format = format;
    this.notes = notes;
  }

  /** Adds the notes of a stream that is being opened. */
  void add() {
    if (options.color().isPresent()) {
      noteColors(options.color().get());
    }
    noteBands();
    if (options.hdr().isPresent()) {
      note(VideoTag.MASTERING_DISPLAY, "of HdrMetadata");
      if (options.hdr().get().maxContentLightLevel().isPresent()) {
        note(VideoTag.CONTENT_LIGHT, "of HdrMetadata");
      }
    }
    note(VideoTag.FRAME_RATE, options.frameRate().toString());
    if (options.sampleAspectRatio().isPresent()) {
      noteRatio(options.sampleAspectRatio().get());
    }
    if (options.rotation() != 0 || options.flipHorizontal() || options.flipVertical()) {
      note(VideoTag.DISPLAY_MATRIX, "that players apply");
    }
    if (options.fieldOrder().isInterlaced()) {
      note(VideoTag.FIELD_ORDER, options.fieldOrder().toString());
      noteInterlacedChroma();
    }
  }

  /** RGB has no matrix and full range; gray has no matrix. */
  private void noteColors(ColorSpec color) {
    boolean yuv = PixelFormat.isYuv(format.pixelFormat());
    List<String> lost = new ArrayList<>();
    for (VideoTag tag : VideoTag.colors()) {
      if (applies(tag, yuv) && !stores(tag, color)) {
        lost.add(tag.words() + " " + value(tag, color));
      }
    }
    if (!lost.isEmpty()) {
      notes.add(
          place()
              + " cannot store "
              + String.join(", ", lost)
              + " of the color; players assume their own");
    }
  }

  private boolean applies(VideoTag tag, boolean yuv) {
    return switch (tag) {
      case MATRIX -> yuv;
      case RANGE -> !PixelFormat.isRgb(format.pixelFormat());
      default -> true;
    };
  }

  private boolean stores(VideoTag tag, ColorSpec color) {
    if (profile.contradicts(tag, color)) {
      return false;
    }
    // players take a range that is not stated as the limited one
    boolean implied = tag == VideoTag.RANGE && color.range() == ColorSpec.Range.LIMITED;
    return implied || profile.stores(tag, options) || container.stores(tag);
  }

  private static String value(VideoTag tag, ColorSpec color) {
    return switch (tag) {
      case MATRIX -> color.matrix().toString();
      case RANGE -> color.range().toString();
      case PRIMARIES -> color.primaries().toString();
      case TRANSFER -> color.transfer().toString();
      default -> throw new IllegalArgumentException(tag.toString());
    };
  }

  private void noteRatio(SampleAspectRatio ratio) {
    boolean whole = (long) format.width() * ratio.numerator() % ratio.denominator() == 0;
    if (container.storesDisplaySize() && !whole) {
      notes.add(
          container
              + " stores the size at which frames are shown in whole pixels, so the sample aspect"
              + " ratio "
              + ratio
              + " is rounded");
    } else {
      note(VideoTag.SAMPLE_ASPECT_RATIO, ratio.toString());
    }
  }

  private void note(VideoTag tag, String value) {
    if (!container.stores(tag) && !profile.stores(tag, options)) {
      notes.add(
          place() + " cannot store " + tag.words() + " " + value + "; players do not learn it");
    }
  }

  private String place() {
    return profile.encoder() + " in " + container;
  }

  /** Eight bits hold HDR, as requested, but show it with bands. */
  private void noteBands() {
    if (format.pixelFormat() == AV_PIX_FMT_PAL8) {
      return; // a palette shows bands of everything
    }
    ColorSpec.Transfer transfer = format.color().transfer();
    boolean hdr = transfer == ColorSpec.Transfer.PQ || transfer == ColorSpec.Transfer.HLG;
    int depth = PixelFormat.descriptor(format.pixelFormat()).comp(0).depth();
    if (hdr && depth < 10) {
      notes.add(
          "the transfer function "
              + transfer
              + " shows bands in "
              + PixelFormat.name(format.pixelFormat())
              + "; set bitDepth(10)");
    }
  }

  private void noteInterlacedChroma() {
    if (PixelFormat.descriptor(format.pixelFormat()).log2_chroma_h() != 0) {
      String name = PixelFormat.name(format.pixelFormat());
      notes.add(
          "frames of other layouts than "
              + name
              + " are converted to it as progressive ones, which mixes the chroma of both fields;"
              + " set a pixel format of 4:2:2 or 4:4:4 to keep them apart");
    }
  }
}
