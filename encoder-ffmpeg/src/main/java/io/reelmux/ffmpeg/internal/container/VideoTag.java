package io.reelmux.ffmpeg.internal.container;

import java.util.EnumSet;
import java.util.Set;

/** What a file may say about a video stream, in the stream itself or in the container. */
public enum VideoTag {
  /** The matrix of {@code ColorSpec}. */
  MATRIX("the matrix"),
  /** The range of {@code ColorSpec}. */
  RANGE("the range"),
  /** The primaries of {@code ColorSpec}. */
  PRIMARIES("the primaries"),
  /** The transfer function of {@code ColorSpec}. */
  TRANSFER("the transfer function"),
  /** The mastering display of {@code HdrMetadata}. */
  MASTERING_DISPLAY("the mastering display"),
  /** The light levels of {@code HdrMetadata}. */
  CONTENT_LIGHT("the light levels"),
  /** The shape of pixels. */
  SAMPLE_ASPECT_RATIO("the sample aspect ratio"),
  /** How players rotate and mirror frames. */
  DISPLAY_MATRIX("the rotation and the flip"),
  /** Whether frames are interlaced, and which field is first. */
  FIELD_ORDER("the field order"),
  /** How many frames are shown in a second. */
  FRAME_RATE("the frame rate");

  private final String words;

  VideoTag(String words) {
    this.words = words;
  }

  /** Returns the color tags. */
  public static Set<VideoTag> colors() {
    return EnumSet.of(MATRIX, RANGE, PRIMARIES, TRANSFER);
  }

  /** Words for messages. */
  public String words() {
    return words;
  }
}
