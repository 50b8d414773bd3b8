package io.reelmux.reader.ffmpeg.internal.demux;

/** How a demuxer finds a packet again. */
public enum SeekBy {
  /** By the time at which it is shown. */
  PTS,
  /** By the time at which it is decoded. */
  DTS,
  /** By its position in the file. */
  BYTE
}
