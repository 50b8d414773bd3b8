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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pictures in a layout, one after another, that all differ, and the NV12 that an encoder must be
 * given for them, without padding.
 *
 * @param pictures the bytes of each
 * @param expected NV12 of each, as {@link ColorSpec#BT709_LIMITED}
 */
record Footage(
    PixelLayout layout,
    boolean onDevice,
    int width,
    int height,
    int codedWidth,
    int codedHeight,
    byte[][] pictures,
    byte[][] expected) {

  /** Where pictures are, and how they lie there. */
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

  private static final Map<List<Object>, Footage> MADE = new ConcurrentHashMap<>();

  /** Pictures of a source; made once. */
  static Footage of(Source source, int width, int height, int count) {
    return MADE.computeIfAbsent(
        List.of(source, width, height, count), key -> make(source, width, height, count));
  }

  private static Footage make(Source source, int width, int height, int count) {
    RgbFrame[] pictures = new RgbFrame[count];
    Arrays.setAll(pictures, n -> RgbFrame.numbered(width, height, n));
    byte[][] expected =
        source.onDevice
            ? byTheFormula(width, height, pictures)
            : byTheCpu(VideoOptions.builder(width, height, 25), pictures);
    byte[][] bytes =
        source.layout == PixelLayout.NV12
            ? expected
            : Arrays.stream(pictures).map(p -> p.bytes(source.layout)).toArray(byte[][]::new);
    return new Footage(
        source.layout, source.onDevice, width, height, width, height, bytes, expected);
  }

  /** RGB24 pictures in the host's memory that are to be scaled. */
  static Footage scaled(int width, int height, int codedWidth, int codedHeight, int count) {
    RgbFrame[] pictures = new RgbFrame[count];
    Arrays.setAll(pictures, n -> RgbFrame.numbered(width, height, n));
    VideoOptions.Builder options = VideoOptions.builder(width, height, 25);
    return new Footage(
        PixelLayout.RGB24,
        false,
        width,
        height,
        codedWidth,
        codedHeight,
        Arrays.stream(pictures).map(p -> p.bytes(PixelLayout.RGB24)).toArray(byte[][]::new),
        byTheCpu(options.outputSize(codedWidth, codedHeight), pictures));
  }

  private static final Map<List<Integer>, byte[][]> FORMULA = new ConcurrentHashMap<>();

  private static byte[][] byTheFormula(int width, int height, RgbFrame[] pictures) {
    return FORMULA.computeIfAbsent(
        List.of(width, height, pictures.length),
        key ->
            Arrays.stream(pictures)
                .map(picture -> picture.nv12(ColorSpec.BT709_LIMITED))
                .toArray(byte[][]::new));
  }

  /** What a stream on the CPU gives its encoder. */
  private static byte[][] byTheCpu(VideoOptions.Builder options, RgbFrame[] pictures) {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              options.codec("rawvideo").pixelFormat("nv12").color(ColorSpec.BT709_LIMITED).build());
      encoder.openPackets(packets::add);
      int width = video.options().width();
      int height = video.options().height();
      for (RgbFrame picture : pictures) {
        video.addFrame(
            VideoFrame.of(PixelLayout.RGB24, width, height, picture.bytes(PixelLayout.RGB24)));
      }
      encoder.finish();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packets.stream().map(Packet::toByteArray).toArray(byte[][]::new);
  }

  int count() {
    return pictures.length;
  }

  /** Options of a stream on board 0 that takes these pictures, at 25 frames a second. */
  VideoOptions.Builder options() {
    return VideoOptions.builder(width, height, 25).device(Device.cuda(0));
  }

  /** Encodes the pictures alone; the packets in the order of the encoder. */
  List<Packet> encode(VideoOptions options, Set<Integer> keys) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Gpu board = new Gpu(onDevice ? joined() : new byte[1]);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      add(video, board, keys);
      encoder.finish();
    }
    return packets;
  }

  /**
   * Adds the pictures to a stream.
   *
   * @param board has the {@link #joined} pictures, if they are to be on a device
   * @param keys numbers of those that must become key frames
   */
  void add(VideoStream video, Gpu board, Set<Integer> keys) throws IOException {
    if (!onDevice) {
      for (int n = 0; n < count(); n++) {
        VideoFrame frame = VideoFrame.of(layout, width, height, pictures[n]);
        video.addFrame(keys.contains(n) ? frame.withKeyFrame() : frame);
      }
      return;
    }
    int first = 0;
    for (int n = 1; n <= count(); n++) {
      if (n == count() || keys.contains(n)) {
        DevicePointerFrames batch = batch(board, first, n - first);
        video.addFrames(keys.contains(first) ? batch.withKeyFrame() : batch);
        first = n;
      }
    }
  }

  /** Pictures on the board, from the first on. */
  DevicePointerFrames batch(Gpu board, int first, int count) {
    long address = board.address() + (long) first * pictures[0].length;
    return DeviceFrames.of(board.device(), layout, width, height, address, count);
  }

  /** All pictures in one array. */
  byte[] joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] picture : pictures) {
      all.writeBytes(picture);
    }
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return "%s %s %dx%d".formatted(onDevice ? "device" : "host", layout, width, height);
  }
}
