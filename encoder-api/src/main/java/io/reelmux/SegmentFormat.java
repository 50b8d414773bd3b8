package io.reelmux;

/** The format of segments. */
public enum SegmentFormat {
  /**
   * Fragmented MP4, one file per stream and segment, and an init segment per stream (ISO/IEC
   * 23000-19). The same files serve HLS and DASH.
   */
  CMAF("mp4", "m4s", "mp4", /* selfContained= */ false),

  /** MPEG transport stream: all streams in each segment. HLS only. */
  MPEG_TS("mpegts", "ts", "mp2t", /* selfContained= */ true),

  /** Fragmented MP4 files with all streams, for {@link SegmentOptions#rotating}. */
  MP4("mp4", "mp4", "mp4", /* selfContained= */ true),

  /** Matroska files with all streams, for {@link SegmentOptions#rotating}. */
  MATROSKA("matroska", "mkv", "x-matroska", /* selfContained= */ true),

  /** WebM files with all streams, for {@link SegmentOptions#rotating}. */
  WEBM("webm", "webm", "webm", /* selfContained= */ true);

  private final String container;
  private final String extension;
  private final String subtype;
  private final boolean selfContained;

  SegmentFormat(String container, String extension, String subtype, boolean selfContained) {
    this.container = container;
    this.extension = extension;
    this.subtype = subtype;
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

  /** {@return what follows {@code video/} or {@code audio/} in the MIME type of a segment} */
  public String subtype() {
    return subtype;
  }

  /** {@return whether a segment can be played on its own} */
  public boolean selfContained() {
    return selfContained;
  }
}
