package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of MP4 and MOV tracks state of their durations (ISO/IEC 14496-12, 8.2 to 8.4).
 * FFmpeg returns the sum of the decoding durations if that is less, which with B-frames at uneven
 * distances is not when the last frame ends.
 */
final class MovTracks {
  private static final int MOOV = 0x6d6f6f76;
  private static final int MVHD = 0x6d766864;
  private static final int MVEX = 0x6d766578;
  private static final int TRAK = 0x7472616b;
  private static final int TKHD = 0x746b6864;
  private static final int MDIA = 0x6d646961;
  private static final int MDHD = 0x6d646864;

  /** The header of a box, and as much of it as is looked at. */
  private static final int HEAD = 64;

  private static final int MAX_BOXES = 10_000;

  /** Of boxes in boxes: a track's media is in the third. */
  private static final int MAX_DEPTH = 8;

  private static final long NANOS = 1_000_000_000;

  /**
   * A track.
   *
   * @param shown its end on the timeline of the movie; zero if it is not stated
   * @param media the duration of its media
   * @param unit to which {@code shown} is rounded
   */
  record Track(Duration shown, Duration media, Duration unit) {}

  private final ByteSource source;
  private final Map<Integer, Track> tracks = new HashMap<>();
  private boolean fragmented;
  private int boxes;
  private int depth;

  private long movieScale;
  private int id;
  private long shown;
  private Duration media = Duration.ZERO;

  private MovTracks(ByteSource source) {
    this.source = source;
  }

  /**
   * Reads the first movie box.
   *
   * @throws IOException if the source fails
   */
  static MovTracks read(ByteSource source) throws IOException {
    MovTracks tracks = new MovTracks(source);
    tracks.walk(0, Long.MAX_VALUE);
    return tracks;
  }

  /** Returns a track by its number; null if the file does not describe it. */
  @Nullable Track track(int number) {
    return tracks.get(number);
  }

  /** Whether the movie goes on in fragments, which its headers do not count. */
  boolean fragmented() {
    return fragmented;
  }

  private void walk(long from, long to) throws IOException {
    if (depth == MAX_DEPTH) {
      return;
    }
    depth++;
    walkBoxes(from, to);
    depth--;
  }

  private void walkBoxes(long from, long to) throws IOException {
    long position = from;
    while (position <= to - 8 && boxes++ < MAX_BOXES) {
      ByteBuffer head = head(position);
      if (head.limit() < 8) {
        return;
      }
      long size = head.getInt(0) & 0xFFFF_FFFFL;
      int body = 8;
      if (size == 1 && head.limit() >= 16) {
        size = head.getLong(8);
        body = 16;
      } else if (size == 0) {
        size = to - position;
      }
      if (size < body || size > to - position) {
        return;
      }
      int type = head.getInt(4);
      take(type, head.position(body).slice(), position + body, position + size);
      if (type == MOOV) {
        return;
      }
      position += size;
    }
  }

  private ByteBuffer head(long position) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    while (head.hasRemaining() && source.read(position + head.position(), head) >= 0) {
      // read on
    }
    return head.flip();
  }

  private void take(int type, ByteBuffer body, long from, long to) throws IOException {
    switch (type) {
      case MOOV, MDIA -> walk(from, to);
      case MVEX -> fragmented = true;
      case TRAK -> {
        id = 0;
        shown = 0;
        media = Duration.ZERO;
        walk(from, to);
        if (movieScale > 0) {
          tracks.put(id, new Track(duration(shown, movieScale), media, duration(1, movieScale)));
        }
      }
      case MVHD -> movieScale = scale(body);
      case MDHD -> media = duration(number(body, isLong(body) ? 24 : 16), scale(body));
      case TKHD -> {
        int at = isLong(body) ? 20 : 12;
        id = body.limit() >= at + 4 ? body.getInt(at) : 0;
        shown = number(body, at + 8);
      }
      default -> {}
    }
  }

  private static boolean isLong(ByteBuffer body) {
    return body.hasRemaining() && body.get(0) == 1;
  }

  private static long scale(ByteBuffer body) {
    int at = isLong(body) ? 20 : 12;
    return body.limit() >= at + 4 ? body.getInt(at) & 0xFFFF_FFFFL : 0;
  }

  /** A duration of 64 or 32 bits; 0 if it is not stated, which all bits set say. */
  private static long number(ByteBuffer body, int at) {
    boolean wide = isLong(body);
    if (body.limit() < at + (wide ? 8 : 4)) {
      return 0;
    }
    if (wide) {
      return Math.max(0, body.getLong(at));
    }
    int value = body.getInt(at);
    return value == -1 ? 0 : value & 0xFFFF_FFFFL;
  }

  private static Duration duration(long ticks, long scale) {
    if (scale == 0) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(ticks / scale, Math.round((double) (ticks % scale) * NANOS / scale));
  }
}
