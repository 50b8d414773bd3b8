package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.spi.SurfaceFrames;
import io.reelmux.reader.spi.DecodedSurface;
import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** A decoded frame where it was decoded; owns a reference to it. Thread-safe. */
final class Surface implements DecodedSurface {

  /** Copies a frame into Java memory. */
  interface Renderer {
    /** Renders a frame. */
    void render(AVFrame frame, ByteBuffer target) throws IOException;
  }

  private final Surfaces open;
  private final Frame frame;
  private final FrameFacts facts;
  private final Device device;
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final Renderer renderer;
  private boolean released;

  private Surface(
      Surfaces open,
      Frame frame,
      FrameFacts facts,
      Device device,
      PixelLayout hostLayout,
      Renderer renderer) {
    AVFrame struct = frame.struct();
    this.open = open;
    this.frame = frame;
    this.facts = facts;
    this.device = HostFrames.isSurface(struct) ? device : Device.cpu();
    this.layout = layout(HostFrames.format(struct), hostLayout);
    this.width = struct.width();
    this.height = struct.height();
    this.renderer = renderer;
  }

  /** Makes another reference to a frame, and notes that it is open. */
  static Surface of(
      Surfaces open,
      AVFrame decoded,
      FrameFacts facts,
      Device device,
      PixelLayout hostLayout,
      Renderer renderer)
      throws EncoderException {
    Frame frame = Frame.allocate();
    try {
      frame.reference(decoded);
      Surface surface = new Surface(open, frame, facts, device, hostLayout, renderer);
      open.add(surface);
      return surface;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, frame);
      throw e;
    }
  }

  private static PixelLayout layout(int format, PixelLayout other) {
    return switch (format) {
      case AV_PIX_FMT_NV12 -> PixelLayout.NV12;
      case AV_PIX_FMT_P010LE -> PixelLayout.P010;
      default -> other;
    };
  }

  @Override
  public FrameFacts facts() {
    return facts;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public PixelLayout layout() {
    return layout;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public DeviceFrames frames(@Nullable Duration pts) {
    if (!device.isCuda()) {
      throw new IllegalStateException(
          "frame "
              + facts.index()
              + " was decoded on the CPU and is in host memory: download() it");
    }
    synchronized (this) {
      requireOpen();
    }
    return new Lent(this, pts);
  }

  @Override
  public synchronized void render(ByteBuffer target) throws IOException {
    requireOpen();
    renderer.render(frame.struct(), target);
  }

  /** Lends the frame, which is not released meanwhile. */
  private synchronized <T, E extends Exception> T use(SurfaceFrames.Use<T, E> work) throws E {
    requireOpen();
    return work.of(frame.struct());
  }

  private void requireOpen() {
    if (released) {
      throw new IllegalStateException(
          "frame " + facts.index() + " has been closed, or its reader has");
    }
  }

  @Override
  public void release() {
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
      frame.close();
    }
    open.remove(this);
  }

  /** The frame, as an encoder sees it. */
  private record Lent(Surface surface, @Nullable Duration time) implements SurfaceFrames {

    @Override
    public <T, E extends Exception> T use(Use<T, E> work) throws E {
      return surface.use(work);
    }

    @Override
    public Device device() {
      return surface.device;
    }

    @Override
    public PixelLayout layout() {
      return surface.layout;
    }

    @Override
    public int width() {
      return surface.width;
    }

    @Override
    public int height() {
      return surface.height;
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public Optional<Duration> pts(int index) {
      return Optional.ofNullable(time);
    }

    @Override
    public Optional<Duration> duration() {
      return Optional.empty();
    }

    @Override
    public boolean keyFrame() {
      return false;
    }
  }
}
