package io.reelmux.demos.transcode.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import io.reelmux.ColorSpec;
import io.reelmux.demos.transcode.media.FrameSize;
import io.reelmux.demos.transcode.media.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Reads one video stream of a file into the memory of a GPU as NV12, one frame ahead. Frames that
 * the GPU decodes never leave it; frames that the CPU has to decode are uploaded, and counted.
 */
public final class GpuReader implements NativeOwner {
  private final MediaStream stream;
  private final Owners owners;
  private final PacketReader packets;
  private final GpuDecoder decoder;
  private final FrameHolder decoded;
  private final FrameHolder surface;
  private final FilterChain filters;
  private final Shape shape;
  private final ColorSpec color;
  private boolean atEnd;
  private int hostCopies;

  private GpuReader(
      Path path, MediaStream stream, Optional<FrameSize> size, GpuDevice device, Owners owners)
      throws IOException {
    this.stream = stream;
    this.owners = owners;
    packets = owners.add(PacketReader.open(path, stream.index()));
    decoder = owners.add(GpuDecoder.open(packets, device));
    decoded = owners.add(FrameHolder.create());
    surface = owners.add(FrameHolder.create());
    AVFrame first = decoded.frame();
    if (!decoder.next(first)) {
      throw new IOException("stream " + stream.index() + " has no frames");
    }
    shape = Shape.of(first);
    color = Colors.of(first);
    filters =
        owners.add(
            FilterChain.open(steps(first, size), first, packets.stream().time_base(), device));
    filter();
  }

  /**
   * Opens the stream and reads its first frame.
   *
   * @param size of the frames; empty to keep it
   */
  public static GpuReader open(
      Path path, MediaStream stream, Optional<FrameSize> size, GpuDevice device)
      throws IOException {
    Owners owners = new Owners();
    try {
      return new GpuReader(path, stream, size, device, owners);
    } catch (IOException | RuntimeException e) {
      owners.close();
      throw e;
    }
  }

  /** The filters that turn a frame into NV12 on the GPU, in FFmpeg's syntax. */
  private static List<String> steps(AVFrame frame, Optional<FrameSize> size) {
    if (frame.format() != AV_PIX_FMT_CUDA) {
      return size.map(s -> List.of("scale=" + colons(s), "format=nv12", "hwupload"))
          .orElse(List.of("format=nv12", "hwupload"));
    }
    int format = new AVHWFramesContext(frame.hw_frames_ctx().data()).sw_format();
    List<String> same = format == AV_PIX_FMT_NV12 ? List.of() : List.of("scale_cuda=format=nv12");
    return size.map(s -> List.of("scale_cuda=" + colons(s) + ":format=nv12")).orElse(same);
  }

  private static String colons(FrameSize size) {
    return size.width() + ":" + size.height();
  }

  private void filter() throws IOException {
    if (!Shape.of(decoded.frame()).equals(shape)) {
      throw new IOException(
          "stream %d changes from %s to %s"
              .formatted(stream.index(), shape, Shape.of(decoded.frame())));
    }
    if (decoded.frame().format() != AV_PIX_FMT_CUDA) {
      hostCopies++;
    }
    filters.apply(decoded.frame(), surface.emptied());
  }

  /** What must be the same for all frames of a stream. */
  private record Shape(int format, int width, int height) {

    static Shape of(AVFrame frame) {
      return new Shape(frame.format(), frame.width(), frame.height());
    }

    @Override
    public String toString() {
      return "%s %dx%d".formatted(av_get_pix_fmt_name(format).getString(), width, height);
    }
  }

  /** {@return what is read} */
  public MediaStream stream() {
    return stream;
  }

  /** {@return the color space of the frames} */
  public ColorSpec color() {
    return color;
  }

  /** {@return whether the stream has ended} */
  public boolean atEnd() {
    return atEnd;
  }

  /** {@return the next frame, in the memory of the GPU; valid until {@link #advance}} */
  public AVFrame frame() {
    return surface.frame();
  }

  /** {@return when the next frame is shown; empty if unknown, or at the end} */
  public Optional<Duration> time() {
    long ticks = decoded.frame().best_effort_timestamp();
    if (atEnd || ticks == AV_NOPTS_VALUE) {
      return Optional.empty();
    }
    AVRational timeBase = packets.stream().time_base();
    long nanos = av_rescale(ticks, 1_000_000_000L * timeBase.num(), timeBase.den());
    return Optional.of(Duration.ofNanos(nanos));
  }

  /** {@return how many frames were copied from host memory to the GPU so far} */
  public int hostCopies() {
    return hostCopies;
  }

  /** Advances to the frame after. */
  public void advance() throws IOException {
    if (decoder.next(decoded.frame())) {
      filter();
    } else {
      atEnd = true;
    }
  }

  @Override
  public void close() {
    owners.close();
  }
}
