package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_alloc_output_context2;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_free_context;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_new_stream;

import io.reelmux.EncoderException;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Owns an AVFormatContext for writing and its streams, but not its AVIOContext. */
public final class OutputContext extends NativeOwner {
  private final AVFormatContext struct;

  private OutputContext(AVFormatContext struct) {
    this.struct = struct;
  }

  /** Allocates a context without streams. */
  public static OutputContext allocate(AVOutputFormat format) throws EncoderException {
    AVFormatContext struct = new AVFormatContext(null);
    int code = avformat_alloc_output_context2(struct, format, null, null);
    Av.check(code, "allocate the container");
    return new OutputContext(struct);
  }

  /** Adds a stream, which the context owns. */
  public AVStream addStream() throws EncoderException {
    AVStream stream = avformat_new_stream(struct, null);
    return Av.allocated(stream, "add a stream to the container");
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVFormatContext struct() {
    return struct;
  }

  @Override
  protected void free() {
    struct.pb(null);
    avformat_free_context(struct);
  }
}
