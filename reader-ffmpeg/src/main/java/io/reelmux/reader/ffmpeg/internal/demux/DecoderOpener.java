package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG2_SKIP_MANUAL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_COPY_OPAQUE;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.Limits;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Opens decoders within the limits. */
public final class DecoderOpener {

  /** Frames that a decoder holds to bring them into order: H.264 and HEVC allow 16. */
  private static final int MAX_REORDER = 17;

  /** The largest value of a sample. */
  private static final int MAX_SAMPLE_BYTES = 8;

  private DecoderOpener() {}

  /**
   * Opens the decoder of a stream.
   *
   * @param threads the number of threads, at least 1
   * @throws UnsupportedMediaException if this build has none
   * @throws LimitException if its frames may exceed a limit
   * @throws IOException if it cannot be opened
   */
  public static DecoderContext open(AVStream stream, int threads, Limits limits)
      throws IOException {
    checkLimits(stream.codecpar(), threads, limits);
    return open(allocate(stream), null, threads, limits);
  }

  /**
   * Opens the decoder of a stream on a device.
   *
   * @param device may be closed when this returns
   * @throws UnsupportedMediaException if no decoder of this build can use the device
   * @throws LimitException if its frames may exceed a limit
   * @throws IOException if it cannot be opened
   */
  public static DecoderContext openOnDevice(AVStream stream, HardwareDevice device, Limits limits)
      throws IOException {
    checkLimits(stream.codecpar(), 1, limits);
    // more threads would only hold more surfaces
    return open(allocate(onDevice(stream), stream), device, 1, limits);
  }

  private static AVCodec onDevice(AVStream stream) throws UnsupportedMediaException {
    String codec = Av.string(avcodec_get_name(stream.codecpar().codec_id()));
    if (Decoders.hasAlpha(stream)) {
      throw unsupported("GPUs do not decode alpha");
    }
    return Decoders.findOnDevice(stream)
        .orElseThrow(
            () -> unsupported("this build of FFmpeg decodes " + codec + " on the CPU only"));
  }

  private static UnsupportedMediaException unsupported(String reason) {
    return new UnsupportedMediaException("decode the stream", null, 0, reason, List.of());
  }

  private static DecoderContext open(
      DecoderContext context, @Nullable HardwareDevice device, int threads, Limits limits)
      throws IOException {
    try {
      context.struct().thread_count(threads);
      if (device != null) {
        context.useDevice(device);
      }
      Av.check(
          av_opt_set_int(context.struct(), "max_pixels", limits.maxPixels(), 0),
          "limit the decoder");
      context.open();
      return context;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, context);
      throw e;
    }
  }

  /**
   * Opens the decoder of an audio stream. It returns all samples, and says which of them are not
   * meant to be heard.
   *
   * @throws UnsupportedMediaException if this build has none
   * @throws IOException if it cannot be opened
   */
  public static DecoderContext openAudio(AVStream stream, Limits limits) throws IOException {
    DecoderContext context = allocate(stream);
    try {
      AVCodecContext struct = context.struct();
      struct.flags2(struct.flags2() | AV_CODEC_FLAG2_SKIP_MANUAL);
      struct.thread_count(1);
      long bytes = (long) MAX_SAMPLE_BYTES * Math.max(1, struct.ch_layout().nb_channels());
      long samples = Math.max(1, Math.min(Integer.MAX_VALUE, limits.maxMemory() / bytes));
      Av.check(av_opt_set_int(struct, "max_samples", samples, 0), "limit the decoder");
      context.open();
      return context;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, context);
      throw e;
    }
  }

  /** Allocates a decoder whose frames tell the ordinals of their packets. */
  private static DecoderContext allocate(AVStream stream) throws IOException {
    String codec = Av.string(avcodec_get_name(stream.codecpar().codec_id()));
    return allocate(
        Decoders.find(stream)
            .orElseThrow(() -> unsupported("this build of FFmpeg has no decoder for " + codec)),
        stream);
  }

  private static DecoderContext allocate(AVCodec codec, AVStream stream) throws IOException {
    DecoderContext context = DecoderContext.allocate(codec, stream.codecpar());
    AVCodecContext struct = context.struct();
    struct.pkt_timebase(stream.time_base());
    struct.flags(struct.flags() | AV_CODEC_FLAG_COPY_OPAQUE);
    return context;
  }

  private static void checkLimits(AVCodecParameters stream, int threads, Limits limits)
      throws LimitException {
    long pixels = (long) Math.max(0, stream.width()) * Math.max(0, stream.height());
    if (pixels > limits.maxPixels()) {
      throw new LimitException(
          "open the decoder",
          null,
          "maxPixels",
          "frames of "
              + stream.width()
              + "x"
              + stream.height()
              + " exceed "
              + limits.maxPixels()
              + " pixels; allow more by Limits.maxPixels");
    }
    int delay = Math.min(MAX_REORDER, Math.max(0, stream.video_delay()) + 2);
    long frames = (long) threads + delay;
    double bytes = (double) pixels * bitsPerPixel(stream.format()) / 8 * frames;
    if (bytes > limits.maxMemory()) {
      throw new LimitException(
          "open the decoder",
          null,
          "maxMemory",
          frames
              + " frames of "
              + stream.width()
              + "x"
              + stream.height()
              + ", which "
              + threads
              + " threads and reordering hold, exceed "
              + limits.maxMemory()
              + " bytes; allow more by Limits.maxMemory, or use fewer threads");
    }
  }

  private static int bitsPerPixel(int format) {
    if (format < 0) {
      return 32;
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(format);
    int bits = 0;
    for (int i = 0; i < descriptor.nb_components(); i++) {
      boolean chroma = (i == 1 || i == 2) && descriptor.nb_components() >= 3;
      int shift = chroma ? descriptor.log2_chroma_w() + descriptor.log2_chroma_h() : 0;
      bits += ((descriptor.comp(i).depth() + 7) / 8 * 8) >> shift;
    }
    return Math.max(1, bits);
  }
}
