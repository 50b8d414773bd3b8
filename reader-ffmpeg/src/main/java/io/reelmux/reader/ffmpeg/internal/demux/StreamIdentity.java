package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.TimeBase;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.VideoInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What tells a stream from others at little cost.
 *
 * @param stream the position in the file's list of streams
 * @param codec FFmpeg's name of the codec
 * @param width as coded
 * @param height as coded
 * @param timeBase the unit of its times
 * @param size the bytes of the file; -1 if unknown
 * @param head a checksum of the file's first bytes; 0 if it cannot be read apart from FFmpeg
 * @param tail a checksum of its last bytes; 0 if the size is unknown
 */
public record StreamIdentity(
    int stream,
    String codec,
    int width,
    int height,
    TimeBase timeBase,
    long size,
    long head,
    long tail) {
  private static final int PART = 16_384;

  static StreamIdentity of(VideoInfo info, Optional<ByteSource> source) throws IOException {
    long size = source.isPresent() ? source.get().size() : -1;
    return new StreamIdentity(
        info.index(),
        info.codec(),
        info.codedWidth(),
        info.codedHeight(),
        info.facts().timeBase(),
        size,
        source.isPresent() ? checksum(source.get(), 0) : 0,
        size < 0 ? 0 : checksum(source.orElseThrow(), Math.max(0, size - PART)));
  }

  private static long checksum(ByteSource source, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PART);
    while (bytes.hasRemaining() && source.read(from + bytes.position(), bytes) >= 0) {
      // read on
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.flip());
    return crc.getValue();
  }

  /** Returns how a stream differs from this one, which was saved; empty if it may be the same. */
  public Optional<String> differenceOf(StreamIdentity now) {
    if (size >= 0 && now.size >= 0 && size != now.size) {
      return Optional.of("it is of a file of " + size + " bytes, this one has " + now.size);
    }
    if (stream != now.stream) {
      return Optional.of("it is of stream " + stream + ", this is stream " + now.stream);
    }
    if (!format().equals(now.format())) {
      return Optional.of("it is of " + format() + ", this is " + now.format());
    }
    boolean sizesKnown = size >= 0 && now.size >= 0;
    return head != now.head || (sizesKnown && tail != now.tail)
        ? Optional.of("it is of a file of the same size with other bytes")
        : Optional.empty();
  }

  private String format() {
    return codec + " " + width + "x" + height + " in units of " + timeBase;
  }
}
