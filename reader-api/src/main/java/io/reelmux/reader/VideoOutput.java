package io.reelmux.reader;

import io.reelmux.Device;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which frames are wanted of a video stream. Immutable; each method returns a changed copy. What it
 * asks for is applied in this order: rotation, filter, crop, size, colors, layout, frame rate.
 * Serializable between programs that use the same version of this library.
 */
public final class VideoOutput implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SIZE = 16_384;
  private static final int MAX_THREADS = 64;

  private final transient Settings settings;

  private VideoOutput(Settings settings) {
    this.settings = settings;
  }

  /** The values, mutable while a copy is made. */
  private static final class Settings implements Cloneable, Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable PixelLayout layout;
    private @Nullable Size size;
    private @Nullable Crop crop;
    private @Nullable String filter;
    private boolean keepRotation;
    private @Nullable FrameRate frameRate;
    private Conversion conversion = Conversion.EXACT;
    private @Nullable ToneMap toneMap;
    private Damage damage = Damage.SKIP;
    private @Nullable Integer threads;
    private Device device = Device.cpu();
    private boolean fallbackToCpu;
    private @Nullable FrameIndex index;

    Settings copy() {
      try {
        return (Settings) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * The size of the frames.
   *
   * @param width in pixels
   * @param height in pixels
   * @param fit what is done about another aspect ratio
   */
  public record Size(int width, int height, Fit fit) implements Serializable {}

  /**
   * A part of each frame.
   *
   * @param x the first column
   * @param y the first row
   * @param width in pixels
   * @param height in pixels
   */
  public record Crop(int x, int y, int width, int height) implements Serializable {}

  /**
   * Returns an output of a layout, with everything else as in the file.
   *
   * @param layout any layout but {@link PixelLayout#BGRA_PRE}; components wider than a byte are
   *     little-endian
   * @return the output
   * @throws IllegalArgumentException if the layout is premultiplied
   */
  public static VideoOutput of(PixelLayout layout) {
    Objects.requireNonNull(layout, "layout");
    if (layout.isPremultiplied()) {
      throw new IllegalArgumentException(
          layout + " is premultiplied: read " + PixelLayout.BGRA + " and multiply");
    }
    Settings settings = new Settings();
    settings.layout = layout;
    return new VideoOutput(settings);
  }

  /**
   * Returns an output without color conversion, for encoding again: the layout that has the decoded
   * samples as they are, or if there is none, the nearest that holds them.
   *
   * @return the output
   */
  public static VideoOutput source() {
    return new VideoOutput(new Settings());
  }

  private Object writeReplace() {
    return new Form(settings);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("VideoOutput is read as its settings");
  }

  /** The serialized form. */
  private record Form(Settings settings) implements Serializable {
    private Object readResolve() {
      return new VideoOutput(settings);
    }
  }

  private Settings change() {
    return settings.copy();
  }

  /**
   * Scales frames.
   *
   * @param width in pixels, 1 to 16384
   * @param height in pixels, 1 to 16384
   * @param fit {@link Fit#DENY} refuses another aspect ratio; the margins of {@link Fit#CONTAIN}
   *     are black
   * @return the changed output
   * @throws IllegalArgumentException if a length is out of range
   */
  public VideoOutput size(int width, int height, Fit fit) {
    requireLength("width", width);
    requireLength("height", height);
    Settings next = change();
    next.size = new Size(width, height, Objects.requireNonNull(fit, "fit"));
    return new VideoOutput(next);
  }

  private static void requireLength(String name, int value) {
    if (value < 1 || value > MAX_SIZE) {
      throw new IllegalArgumentException(name + " " + value + ": must be 1 to " + MAX_SIZE);
    }
  }

  /**
   * Cuts a part out of each frame.
   *
   * @param x the first column, from 0
   * @param y the first row, from 0
   * @param width in pixels, positive
   * @param height in pixels, positive
   * @return the changed output
   * @throws IllegalArgumentException if a value is out of range; a part that exceeds the frames is
   *     refused when the stream is opened
   */
  public VideoOutput crop(int x, int y, int width, int height) {
    if (x < 0 || y < 0) {
      throw new IllegalArgumentException("crop at " + x + "," + y + ": must not be negative");
    }
    requireLength("width", width);
    requireLength("height", height);
    Settings next = change();
    next.crop = new Crop(x, y, width, height);
    return new VideoOutput(next);
  }

  /**
   * Filters frames with FFmpeg's filters.
   *
   * @param description filters in FFmpeg's syntax, such as {@code yadif,hqdn3d=2}; checked when the
   *     stream is opened. Those that open files, devices or connections are refused
   * @return the changed output
   * @throws IllegalArgumentException if the description is blank
   */
  public VideoOutput filter(String description) {
    if (description.isBlank()) {
      throw new IllegalArgumentException("the filter is blank");
    }
    Settings next = change();
    next.filter = description;
    return new VideoOutput(next);
  }

  /**
   * Leaves frames as they are decoded, although the file says that they are turned or mirrored.
   *
   * @return the changed output
   */
  public VideoOutput keepRotation() {
    Settings next = change();
    next.keepRotation = true;
    return new VideoOutput(next);
  }

  /**
   * Returns frames at a constant rate: frame k is the one that is shown at k / rate after the first
   * frame. Frames are repeated or left out.
   *
   * @param rate the rate
   * @return the changed output
   */
  public VideoOutput frameRate(FrameRate rate) {
    Settings next = change();
    next.frameRate = Objects.requireNonNull(rate, "rate");
    return new VideoOutput(next);
  }

  /**
   * Chooses between exact and fast conversion.
   *
   * @param conversion {@link Conversion#EXACT} by default
   * @return the changed output
   */
  public VideoOutput conversion(Conversion conversion) {
    Settings next = change();
    next.conversion = Objects.requireNonNull(conversion, "conversion");
    return new VideoOutput(next);
  }

  /**
   * Converts HDR (PQ or HLG) to SDR in BT.709. SDR video is not changed. What was HDR is encoded
   * again with the encoder's usual depth, 8 bits in H.264, unless {@link
   * io.reelmux.VideoOptions.Builder#bitDepth} sets another.
   *
   * @param map how luminance is brought into range
   * @return the changed output
   */
  public VideoOutput toSdr(ToneMap map) {
    Settings next = change();
    next.toneMap = Objects.requireNonNull(map, "map");
    return new VideoOutput(next);
  }

  /**
   * Sets what becomes of damaged frames.
   *
   * @param damage {@link Damage#SKIP} by default
   * @return the changed output
   */
  public VideoOutput damage(Damage damage) {
    Settings next = change();
    next.damage = Objects.requireNonNull(damage, "damage");
    return new VideoOutput(next);
  }

  /**
   * Sets the number of threads of a decoder on the CPU. Threads do not help to read single frames;
   * each holds a frame in memory. A GPU decodes with one.
   *
   * @param count 1 to 64; 1 by default
   * @return the changed output
   * @throws IllegalArgumentException if it is out of range
   */
  public VideoOutput threads(int count) {
    if (count < 1 || count > MAX_THREADS) {
      throw new IllegalArgumentException("threads " + count + ": must be 1 to " + MAX_THREADS);
    }
    Settings next = change();
    next.threads = count;
    return new VideoOutput(next);
  }

  /**
   * Chooses where frames are decoded. What else is asked for is done on the CPU: frames are copied
   * there, unless they are read with {@link VideoReader#deviceCursor} or {@link
   * VideoReader#deviceFrame}. Numbers, times and layouts do not depend on the device. Opening the
   * stream fails if the GPU cannot decode it, unless {@link #fallbackToCpu} is set.
   *
   * @param device {@link Device#cpu} by default
   * @return the changed output
   */
  public VideoOutput device(Device device) {
    Settings next = change();
    next.device = Objects.requireNonNull(device, "device");
    return new VideoOutput(next);
  }

  /**
   * Sets whether the CPU decodes what the {@link #device} cannot: no driver, no decoder for the
   * codec, the profile or the size, or a failure later. {@link VideoReader#device} and {@link
   * ReadReport#notes} then tell that it did, and why.
   *
   * @param value false by default: reading fails
   * @return the changed output
   */
  public VideoOutput fallbackToCpu(boolean value) {
    Settings next = change();
    next.fallbackToCpu = value;
    return new VideoOutput(next);
  }

  /**
   * Finds frames by an index that was made before, so that the file is not scanned.
   *
   * @param index what {@link VideoReader#index} has returned for the same stream of the same file,
   *     without {@link #frameRate}; it may have been written and read. One of another file is
   *     refused when the stream is opened; if the file turns out later to differ from it, reading
   *     fails
   * @return the changed output
   */
  public VideoOutput index(FrameIndex index) {
    Settings next = change();
    next.index = Objects.requireNonNull(index, "index");
    return new VideoOutput(next);
  }

  /** {@return the layout; empty for the decoder's} */
  public Optional<PixelLayout> layout() {
    return Optional.ofNullable(settings.layout);
  }

  /** {@return the size; empty for the file's} */
  public Optional<Size> size() {
    return Optional.ofNullable(settings.size);
  }

  /** {@return the part; empty for the whole frame} */
  public Optional<Crop> crop() {
    return Optional.ofNullable(settings.crop);
  }

  /** {@return the filters; empty if there are none} */
  public Optional<String> filter() {
    return Optional.ofNullable(settings.filter);
  }

  /** {@return whether frames are turned and mirrored as the file says} */
  public boolean appliesRotation() {
    return !settings.keepRotation;
  }

  /** {@return the frame rate; empty for the file's times} */
  public Optional<FrameRate> frameRate() {
    return Optional.ofNullable(settings.frameRate);
  }

  /** {@return the kind of conversion} */
  public Conversion conversion() {
    return settings.conversion;
  }

  /** {@return how HDR becomes SDR; empty if it does not} */
  public Optional<ToneMap> toneMap() {
    return Optional.ofNullable(settings.toneMap);
  }

  /** {@return what becomes of damaged frames} */
  public Damage damage() {
    return settings.damage;
  }

  /** {@return the number of threads; empty for the default} */
  public OptionalInt threads() {
    return settings.threads == null ? OptionalInt.empty() : OptionalInt.of(settings.threads);
  }

  /** {@return where frames are decoded} */
  public Device device() {
    return settings.device;
  }

  /** {@return whether the CPU decodes what the device cannot} */
  public boolean fallbackToCpu() {
    return settings.fallbackToCpu;
  }

  /** {@return the index to find frames by; empty to make one when it is needed} */
  public Optional<FrameIndex> index() {
    return Optional.ofNullable(settings.index);
  }

  /** {@code RGB24, size 640x360 CONTAIN, frameRate 25}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(layout().map(PixelLayout::toString).orElse("the decoder's layout"));
    if (settings.keepRotation) {
      parts.add("rotation kept");
    }
    filter().ifPresent(value -> parts.add("filter " + value));
    crop().ifPresent(c -> parts.add("crop " + c.width + "x" + c.height + " at " + c.x + "," + c.y));
    size().ifPresent(s -> parts.add("size " + s.width + "x" + s.height + " " + s.fit));
    frameRate().ifPresent(value -> parts.add("frameRate " + value));
    if (settings.conversion != Conversion.EXACT) {
      parts.add("conversion " + settings.conversion);
    }
    toneMap().ifPresent(value -> parts.add("toSdr " + value));
    if (settings.damage != Damage.SKIP) {
      parts.add("damage " + settings.damage);
    }
    threads().ifPresent(value -> parts.add("threads " + value));
    if (settings.device.isCuda()) {
      parts.add("on " + settings.device + (settings.fallbackToCpu ? " or the CPU" : ""));
    }
    index().ifPresent(value -> parts.add("index " + value));
    return String.join(", ", parts);
  }
}
