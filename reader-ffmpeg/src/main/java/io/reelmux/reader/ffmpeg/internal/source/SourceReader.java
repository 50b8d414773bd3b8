package io.reelmux.reader.ffmpeg.internal.source;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;

import io.reelmux.reader.ByteSource;
import io.reelmux.reader.LimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the caller's source for one demuxer: keeps the position, stops a demuxer that finds no end,
 * and keeps the source's exception, which must not leave a native callback.
 */
public final class SourceReader {
  private static final int ENOSYS = -38;
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;

  private final ByteSource source;
  private final boolean seekable;
  private final Cancellation cancellation;
  private final long maxSilence;
  private long position;
  private long sincePacket;
  private long total;
  private @Nullable Throwable failure;

  /**
   * Reads from the start.
   *
   * @param maxSilence the bytes that may be read without a packet
   */
  public SourceReader(ByteSource source, Cancellation cancellation, long maxSilence) {
    this.source = source;
    this.seekable = source.seekable();
    this.cancellation = cancellation;
    this.maxSilence = maxSilence;
  }

  /** Whether any position can be read. */
  public boolean seekable() {
    return seekable;
  }

  /** Reads for FFmpeg; never throws. */
  int read(ByteBuffer target) {
    if (failure != null) {
      return AVERROR_EXIT;
    }
    try {
      cancellation.check();
      checkBudget();
      int count = source.read(position, target);
      if (count < 0) {
        return AVERROR_EOF;
      }
      position += count;
      sincePacket += count;
      total += count;
      return count;
    } catch (Throwable e) {
      failure = e;
      return AVERROR_EXIT;
    }
  }

  private void checkBudget() throws LimitException {
    if (sincePacket >= maxSilence) {
      throw new LimitException(
          "read the file",
          null,
          "maxSilence",
          sincePacket
              + " bytes have been read without a packet of the stream; allow more by"
              + " Limits.maxSilence");
    }
  }

  /** Moves for FFmpeg; never throws. */
  long seek(long offset, int whence) {
    if (failure != null) {
      return AVERROR_EXIT;
    }
    try {
      if ((whence & AVSEEK_SIZE) != 0) {
        long size = source.size();
        return size < 0 ? ENOSYS : size;
      }
      long target = target(offset, whence & ~AVSEEK_FORCE);
      if (target < 0) {
        return ENOSYS;
      }
      position = target;
      return target;
    } catch (Throwable e) {
      failure = e;
      return AVERROR_EXIT;
    }
  }

  private long target(long offset, int whence) throws IOException {
    return switch (whence) {
      case SEEK_SET -> offset;
      case SEEK_CUR -> position + offset;
      case SEEK_END -> source.size() < 0 ? -1 : source.size() + offset;
      default -> -1;
    };
  }

  /** A packet has been found: the budget starts again. */
  public void packetFound() {
    sincePacket = 0;
  }

  /** The number of bytes read so far. */
  public long total() {
    return total;
  }

  /**
   * Throws what the source has thrown, after any native call that may have read. FFmpeg's own
   * return codes do not tell: some demuxers report the end of the file, or success.
   *
   * @throws IOException the source's own exception, the same object for every call
   */
  public void check() throws IOException {
    Throwable kept = failure;
    if (kept == null) {
      return;
    }
    if (kept instanceof IOException io) {
      throw io;
    }
    if (kept instanceof CancellationException) {
      cancellation.check();
    }
    if (kept instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (kept instanceof Error error) {
      throw error;
    }
    // code in Kotlin and other languages may throw undeclared checked exceptions
    throw new IOException("the source failed", kept);
  }
}
