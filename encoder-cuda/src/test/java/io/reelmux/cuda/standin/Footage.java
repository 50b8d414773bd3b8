package io.reelmux.cuda.standin;

import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.DevicePointerFrames;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.internal.kernel.RgbFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sequence of different frames in one layout, and the NV12 that the encoder must get for them,
 * without padding.
 *
 * @param frames the bytes of each frame
 * @param expected the NV12 of each frame, as {@link ColorSpec#BT709_LIMITED}
 */
record Footage(
    PixelLayout layout,
    boolean onDevice,
    int width,
    int height,
    int codedWidth,
    int codedHeight,
    byte[][] frames,
    byte[][] expected) {

  /** Where frames are, and in which layout. */
  enum Source {
    DEVICE_RGB_PLANAR(PixelLayout.RGB_PLANAR, true),
    DEVICE_RGB24(PixelLayout.RGB24, true),
    DEVICE_RGBA(PixelLayout.RGBA, true),
    DEVICE_NV12(PixelLayout.NV12, true),
    HOST_RGB24(PixelLayout.RGB24, false);

    private final PixelLayout layout;
    private final boolean onDevice;

    Source(PixelLayout layout, boolean onDevice) {
      this.layout = layout;
      this.onDevice = onDevice;
    }
  }

  private static final Map<List<Object>, Footage> CACHE = new ConcurrentHashMap<>();

  /** Frames of a source; cached. */
  static Footage of(Source source, int width, int height, int count) {
    return CACHE.computeIfAbsent(
        List.of(source, width, height, count), key -> create(source, width, height, count));
  }

  private static Footage create(Source source, int width, int height, int count) {
    RgbFrame[] frames = new RgbFrame[count];
    Arrays.setAll(frames, n -> RgbFrame.numbered(width, height, n));
    byte[][] expected =
        source.onDevice
            ? byTheFormula(width, height, frames)
            : byTheCpu(VideoOptions.builder(width, height, 25), frames);
    byte[][] bytes =
        source.layout == PixelLayout.NV12
            ? expected
            : Arrays.stream(frames).map(p -> p.bytes(source.layout)).toArray(byte[][]::new);
    return new Footage(
        source.layout, source.onDevice, width, height, width, height, bytes, expected);
  }

  /** RGB24 frames in host memory that must be scaled. */
  static Footage scaled(int width, int height, int codedWidth, int codedHeight, int count) {
    RgbFrame[] frames = new RgbFrame[count];
    Arrays.setAll(frames, n -> RgbFrame.numbered(width, height, n));
    VideoOptions.Builder options = VideoOptions.builder(width, height, 25);
    return new Footage(
        PixelLayout.RGB24,
        false,
        width,
        height,
        codedWidth,
        codedHeight,
        Arrays.stream(frames).map(p -> p.bytes(PixelLayout.RGB24)).toArray(byte[][]::new),
        byTheCpu(options.outputSize(codedWidth, codedHeight), frames));
  }

  private static final Map<List<Integer>, byte[][]> FORMULA = new ConcurrentHashMap<>();

  private static byte[][] byTheFormula(int width, int height, RgbFrame[] frames) {
    return FORMULA.computeIfAbsent(
        List.of(width, height, frames.length),
        key ->
            Arrays.stream(frames)
                .map(frame -> frame.nv12(ColorSpec.BT709_LIMITED))
                .toArray(byte[][]::new));
  }

  /** The input of the encoder of a stream on the CPU. */
  private static byte[][] byTheCpu(VideoOptions.Builder options, RgbFrame[] frames) {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              options.codec("rawvideo").pixelFormat("nv12").color(ColorSpec.BT709_LIMITED).build());
      encoder.openPackets(packets::add);
      int width = video.options().width();
      int height = video.options().height();
      for (RgbFrame frame : frames) {
        video.addFrame(
            VideoFrame.of(PixelLayout.RGB24, width, height, frame.bytes(PixelLayout.RGB24)));
      }
      encoder.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packets.stream().map(Packet::toByteArray).toArray(byte[][]::new);
  }

  int count() {
    return frames.length;
  }

  /** Options for a stream on GPU 0 that accepts these frames, at 25 frames per second. */
  VideoOptions.Builder options() {
    return VideoOptions.builder(width, height, 25).device(Device.cuda(0));
  }

  /** Encodes the frames in a stream of their own; returns the packets in the encoder's order. */
  List<Packet> encode(VideoOptions options, Set<Integer> keys) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Gpu gpu = new Gpu(onDevice ? joined() : new byte[1]);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      add(video, gpu, keys);
      encoder.finish();
    }
    return packets;
  }

  /**
   * Adds the frames to a stream.
   *
   * @param gpu holds the {@link #joined} frames, if they are device frames
   * @param keys indexes of the frames that must become key frames
   */
  void add(VideoStream video, Gpu gpu, Set<Integer> keys) throws IOException {
    if (!onDevice) {
      for (int n = 0; n < count(); n++) {
        VideoFrame frame = VideoFrame.of(layout, width, height, frames[n]);
        video.addFrame(keys.contains(n) ? frame.withKeyFrame() : frame);
      }
      return;
    }
    int first = 0;
    for (int n = 1; n <= count(); n++) {
      if (n == count() || keys.contains(n)) {
        DevicePointerFrames batch = batch(gpu, first, n - first);
        video.addFrames(keys.contains(first) ? batch.withKeyFrame() : batch);
        first = n;
      }
    }
  }

  /** Returns frames on the GPU, starting with the first index. */
  DevicePointerFrames batch(Gpu gpu, int first, int count) {
    long address = gpu.address() + (long) first * frames[0].length;
    return DeviceFrames.of(gpu.device(), layout, width, height, address, count);
  }

  /** All frames in one array. */
  byte[] joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return "%s %s %dx%d".formatted(onDevice ? "device" : "host", layout, width, height);
  }
}
