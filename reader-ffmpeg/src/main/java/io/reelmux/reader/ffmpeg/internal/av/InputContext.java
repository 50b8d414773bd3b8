package io.reelmux.reader.ffmpeg.internal.av;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_alloc_context;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_close_input;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_open_input;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Owns an AVFormatContext for reading and its streams, but not its AVIOContext. */
public final class InputContext extends NativeOwner {

  /** Null once FFmpeg has freed it because it could not be opened. */
  private final AVFormatContext struct;

  private InputContext(AVFormatContext struct) {
    this.struct = struct;
  }

  /** Allocates a context that is not open. */
  public static InputContext allocate() throws EncoderException {
    return new InputContext(
        Av.allocated(avformat_alloc_context(), "allocate the description of a file"));
  }

  /**
   * Reads the header. If this fails, FFmpeg frees the struct, which must not be used afterwards.
   *
   * @param url what FFmpeg connects to, or the name of a file that it does not open
   * @param options those that are used are removed
   * @return FFmpeg's code
   */
  public int open(String url, @Nullable AVInputFormat format, Dictionary options) {
    return avformat_open_input(struct, url, format, options.struct());
  }

  /**
   * Returns a stream, which the context owns.
   *
   * @throws IndexOutOfBoundsException if there is no such stream: FFmpeg does not check
   */
  public AVStream stream(int index) {
    if (index < 0 || index >= struct.nb_streams()) {
      throw new IndexOutOfBoundsException(
          "stream " + index + " of " + struct.nb_streams() + " streams");
    }
    return struct.streams(index);
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVFormatContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    if (!struct.isNull()) {
      avformat_close_input(struct);
    }
  }
}
