package io.reelmux;

/**
 * Names the objects of a presentation. A pure function: the same arguments always give the same
 * name, and different ones different names. Names are relative, with {@code /} between directories;
 * {@link SegmentStore#checkName} says what they may contain.
 */
@FunctionalInterface
public interface SegmentNames {

  /**
   * Names in one directory: {@code video0-init.mp4}, {@code video0-17.m4s}, {@code video0-17.3.m4s}
   * for part 3, {@code video0.m3u8}, {@code main.m3u8} and {@code manifest.mpd}.
   */
  SegmentNames FLAT =
      (kind, stream, number, part, extension) ->
          switch (kind) {
            case INIT -> stream + "-init." + extension;
            case SEGMENT -> stream + "-" + number + "." + extension;
            case PART -> stream + "-" + number + "." + part + "." + extension;
            case MEDIA_PLAYLIST -> stream + "." + extension;
            case MAIN_PLAYLIST -> "main." + extension;
            case MANIFEST -> "manifest." + extension;
          };

  /**
   * Returns the name of an object. For DASH, the name of a segment must contain its number in
   * decimal digits, with or without leading zeros.
   *
   * @param kind what it is
   * @param stream name of its stream, such as {@code video0}; empty if it belongs to all
   * @param number number of the segment; 0 where there is none
   * @param part number of the part within its segment; 0 where there is none
   * @param extension usual file extension, without the dot
   * @return the name
   */
  String name(SegmentKind kind, String stream, long number, int part, String extension);
}
