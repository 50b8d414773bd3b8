package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** SVT-AV1. */
final class SvtAv1 extends EncoderProfile {
  static final String NAME = "libsvtav1";

  /** Below a width of 30 it never returns. */
  private static final int MIN_SIDE = 32;

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in("svtav1-params")
          .openingFiles("stats", "pass", "recon", "qpfile", "roi-map-file", "fgs-table", "errlog");

  private SvtAv1() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new SvtAv1());
  }

  @Override
  int minWidth() {
    return MIN_SIDE;
  }

  @Override
  int minHeight() {
    return MIN_SIDE;
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(
        VideoTag.MATRIX,
        VideoTag.RANGE,
        VideoTag.PRIMARIES,
        VideoTag.TRANSFER,
        VideoTag.MASTERING_DISPLAY,
        VideoTag.CONTENT_LIGHT);
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(55, 45, 35, 25, 15);
  }
}
