package io.reelmux;

/** The format of segments. */
public enum SegmentFormat {
  /**
   * Fragmented MP4, one file per stream and segment, and an init segment per stream (ISO/IEC
   * 23000-19). The same files serve HLS and DASH.
   */
  CMAF("mp4", "m4s", /* selfContained= */ false),

  /** MPEG transport stream: all streams in each segment. HLS only. */
  MPEG_TS("mpegts", "ts", /* selfContained= */ true),

  /** Fragmented MP4 files with all streams, for {@link SegmentOptions#rotating}. */
  MP4("mp4", "mp4", /* selfContained= */ true),

  /** Matroska files with all streams, for {@link SegmentOptions#rotating}. */
  MATROSKA("matroska", "mkv", /* selfContained= */ true),

  /** WebM files with all streams, for {@link SegmentOptions#rotating}. */
  WEBM("webm", "webm", /* selfContained= */ true);

  private final String container;
  private final String extension;
  private final boolean selfContained;

  SegmentFormat(String container, String extension, boolean selfContained) {
    this.container = container;
    this.extension = extension;
    this.selfContained = selfContained;
  }

  /** {@return the name of its container, as {@code Encoder.openFile(path, format)} accepts it} */
  public String container() {
    return container;
  }

  /** {@return the usual extension of a segment's file, without the dot} */
  public String extension() {
    return extension;
  }

  /** {@return whether a segment can be played on its own} */
  public boolean selfContained() {
    return selfContained;
  }
}
