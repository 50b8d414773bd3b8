package io.reelmux.adapters;

import io.reelmux.AudioSamples;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacv.Frame;

/**
 * JavaCV's {@link Frame}, which holds an image, samples or both. Images are read as JavaCV's own
 * recorder reads them:
 *
 * <table>
 *   <caption>Images without a layout given</caption>
 *   <thead><tr><th>depth</th><th>channels</th><th>layout</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code DEPTH_UBYTE}</td><td>1</td><td>{@link PixelLayout#GRAY8}</td></tr>
 *     <tr><td>{@code DEPTH_UBYTE}</td><td>3</td><td>{@link PixelLayout#BGR24}</td></tr>
 *     <tr><td>{@code DEPTH_UBYTE}</td><td>4</td><td>{@link PixelLayout#RGBA}</td></tr>
 *     <tr><td>{@code DEPTH_USHORT}</td><td>1</td><td>{@link PixelLayout#GRAY16}</td></tr>
 *     <tr><td>{@code DEPTH_FLOAT}</td><td>1</td><td>{@link PixelLayout#GRAY_F32}</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>A frame's {@code timestamp}, which is 0 unless it was set, is not carried over: {@code
 * toVideoFrame(frame).withPts(Duration.of(frame.timestamp, ChronoUnit.MICROS))} does.
 */
public final class JavaCvFrames {

  /** A frame's depth and number of channels. */
  private record Form(int depth, int channels) {
    @Override
    public String toString() {
      return "depth " + depth + " with " + channels + (channels == 1 ? " channel" : " channels");
    }
  }

  private static final Map<PixelLayout, Form> FORMS =
      new EnumMap<>(
          Map.of(
              PixelLayout.GRAY8, new Form(Frame.DEPTH_UBYTE, 1),
              PixelLayout.BGR24, new Form(Frame.DEPTH_UBYTE, 3),
              PixelLayout.RGBA, new Form(Frame.DEPTH_UBYTE, 4),
              PixelLayout.GRAY16, new Form(Frame.DEPTH_USHORT, 1),
              PixelLayout.GRAY_F32, new Form(Frame.DEPTH_FLOAT, 1)));

  private JavaCvFrames() {}

  /**
   * Returns the image of a frame. Memory that is direct, as that of JavaCV's own frames, is not
   * copied; heap buffers of bytes are not copied either.
   *
   * @param frame with an image of the table above; the result keeps it reachable, and it must not
   *     be closed or changed until the result has been added
   * @return a frame over the same memory
   * @throws IllegalArgumentException if there is no image, or one of another depth or number of
   *     channels
   */
  public static VideoFrame toVideoFrame(Frame frame) {
    Form form = new Form(frame.imageDepth, frame.imageChannels);
    for (Map.Entry<PixelLayout, Form> known : FORMS.entrySet()) {
      if (frame.image != null && known.getValue().equals(form)) {
        return toVideoFrame(frame, known.getKey());
      }
    }
    throw new IllegalArgumentException(
        frame.image == null
            ? "the frame has no image"
            : form
                + " has no layout by convention; these have: "
                + FORMS.values().stream().map(Form::toString).collect(Collectors.joining(", "))
                + "; or name the layout: toVideoFrame(frame, layout)");
  }

  /**
   * Returns the image of a frame whose channels are in another order than JavaCV's, or which has
   * several planes, as Android's NV21.
   *
   * @param frame with an image; the result keeps it reachable, and it must not be closed or changed
   *     until the result has been added
   * @param layout a layout of one plane with the depth and channels of the frame; or one of several
   *     planes of bytes, which follow one another without padding
   * @return a frame over the same memory, which is copied only if it is a heap buffer of components
   *     wider than a byte
   * @throws IllegalArgumentException if there is no image, or it does not have the layout
   */
  public static VideoFrame toVideoFrame(Frame frame, PixelLayout layout) {
    Objects.requireNonNull(layout, "layout");
    if (frame.image == null) {
      throw new IllegalArgumentException("the frame has no image");
    }
    int size = Frame.pixelSize(frame.imageDepth);
    if (layout.planeCount() > 1 && size == 1 && layout.bytesPerComponent() == 1) {
      ByteBuffer all = bytes(frame.image[0]);
      int length = Math.toIntExact(layout.frameBytes(frame.imageWidth, frame.imageHeight));
      requireBytes(layout, length, all);
      return VideoFrame.of(layout, frame.imageWidth, frame.imageHeight, all.slice(0, length))
          .withOwner(frame);
    }
    Form form = new Form(frame.imageDepth, frame.imageChannels);
    if (layout.planeCount() > 1 || !form.equals(form(layout))) {
      throw new IllegalArgumentException(
          form
              + " does not hold "
              + layout
              + (layout.planeCount() > 1 ? "" : ", which is " + form(layout)));
    }
    List<ByteBuffer> plane = List.of(bytes(frame.image[0]));
    int stride = frame.imageStride * size;
    return VideoFrame.of(layout, frame.imageWidth, frame.imageHeight, plane, stride)
        .withOwner(frame);
  }

  /**
   * Returns the samples of a frame, copied, since there are few of them.
   *
   * @param frame with samples of bytes, shorts, integers, floats or doubles, interleaved or planar
   * @return samples with memory of their own; their rate is {@code frame.sampleRate}
   * @throws IllegalArgumentException if there are none, or buffers of other types
   */
  public static AudioSamples toAudioSamples(Frame frame) {
    if (frame.samples == null) {
      throw new IllegalArgumentException("the frame has no samples");
    }
    SampleLayout layout = layout(frame.samples[0], frame.samples.length > 1);
    int values = 0;
    for (Buffer plane : frame.samples) {
      values += plane.limit();
    }
    ByteBuffer copy =
        ByteBuffer.allocate(Math.multiplyExact(values, layout.type().bytes()))
            .order(ByteOrder.nativeOrder());
    for (Buffer plane : frame.samples) {
      put(copy, plane);
    }
    return AudioSamples.of(layout, frame.audioChannels, copy.flip());
  }

  /**
   * Returns a frame with a copy of an image.
   *
   * @param image in one of the layouts of the table above
   * @return a frame with memory of its own, which the caller closes
   * @throws IllegalArgumentException if the image has another layout
   */
  public static Frame toFrame(VideoFrame image) {
    Form form = FORMS.get(image.layout());
    if (form == null) {
      throw FrameBytes.unsupported(image.layout(), "a frame of JavaCV", FORMS.keySet());
    }
    Frame frame = new Frame(image.width(), image.height(), form.depth(), form.channels());
    int stride = frame.imageStride * Frame.pixelSize(form.depth());
    FrameBytes.copy(image, bytes(frame.image[0]), stride);
    return frame;
  }

  /**
   * Returns a frame with a copy of samples: interleaved shorts, which all of JavaCV reads.
   *
   * @param samples of {@link SampleLayout.Type#S16}, in either order
   * @param sampleRate samples per second and channel
   * @return a frame on the heap, which need not be closed
   * @throws IllegalArgumentException if the samples have another type: {@code
   *     AudioOutput.of(SampleLayout.S16_INTERLEAVED)} reads this one
   */
  public static Frame toFrame(AudioSamples samples, int sampleRate) {
    if (samples.layout().type() != SampleLayout.Type.S16) {
      throw new IllegalArgumentException(
          samples.layout() + ": must be S16_INTERLEAVED or S16_PLANAR, which all of JavaCV reads");
    }
    ShortBuffer values = ShortBuffer.allocate(samples.count() * samples.channels());
    ByteBuffer bytes = ByteBuffer.wrap(samples.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    ShortBuffer source = bytes.asShortBuffer();
    for (int i = 0; i < values.capacity(); i++) {
      int channel = i % samples.channels();
      int n = i / samples.channels();
      values.put(i, source.get(samples.layout().isPlanar() ? channel * samples.count() + n : i));
    }
    Frame frame = new Frame();
    frame.sampleRate = sampleRate;
    frame.audioChannels = samples.channels();
    frame.samples = new Buffer[] {values};
    return frame;
  }

  private static Form form(PixelLayout layout) {
    int channels = layout.rowBytes(0, 1) / layout.bytesPerComponent();
    int depth =
        switch (layout.bytesPerComponent()) {
          case 1 -> Frame.DEPTH_UBYTE;
          case 2 -> Frame.DEPTH_USHORT;
          default -> Frame.DEPTH_FLOAT;
        };
    return new Form(depth, channels);
  }

  /** The bytes of a whole buffer, in native order. */
  private static ByteBuffer bytes(Buffer buffer) {
    if (buffer instanceof ByteBuffer bytes) {
      return bytes.duplicate().rewind().order(ByteOrder.nativeOrder());
    }
    int size = buffer instanceof ShortBuffer ? Short.BYTES : Float.BYTES;
    long length = (long) size * buffer.limit();
    if (buffer.isDirect()) {
      return new BytePointer(new Pointer(buffer.duplicate().rewind()))
          .capacity(length)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder());
    }
    ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.nativeOrder());
    put(copy, buffer);
    return copy.flip();
  }

  private static void requireBytes(PixelLayout layout, int length, ByteBuffer all) {
    if (all.remaining() < length) {
      throw new IllegalArgumentException(
          layout + " requires " + length + " bytes, the frame's buffer has " + all.remaining());
    }
  }

  private static SampleLayout layout(Buffer samples, boolean planar) {
    if (samples instanceof ByteBuffer) {
      return planar ? SampleLayout.U8_PLANAR : SampleLayout.U8_INTERLEAVED;
    } else if (samples instanceof ShortBuffer) {
      return planar ? SampleLayout.S16_PLANAR : SampleLayout.S16_INTERLEAVED;
    } else if (samples instanceof IntBuffer) {
      return planar ? SampleLayout.S32_PLANAR : SampleLayout.S32_INTERLEAVED;
    } else if (samples instanceof FloatBuffer) {
      return planar ? SampleLayout.FLOAT_PLANAR : SampleLayout.FLOAT_INTERLEAVED;
    } else if (samples instanceof DoubleBuffer) {
      return planar ? SampleLayout.DOUBLE_PLANAR : SampleLayout.DOUBLE_INTERLEAVED;
    }
    throw new IllegalArgumentException(
        samples.getClass().getSimpleName()
            + " has no layout of samples; buffers of bytes, shorts, integers, floats and doubles"
            + " have");
  }

  /** Puts all values of a buffer, from index 0 to its limit. */
  private static void put(ByteBuffer target, Buffer values) {
    int start = target.position();
    int size = 1;
    if (values instanceof ByteBuffer bytes) {
      target.put(bytes.duplicate().rewind());
      return;
    } else if (values instanceof ShortBuffer shorts) {
      target.asShortBuffer().put(shorts.duplicate().rewind());
      size = Short.BYTES;
    } else if (values instanceof IntBuffer ints) {
      target.asIntBuffer().put(ints.duplicate().rewind());
      size = Integer.BYTES;
    } else if (values instanceof FloatBuffer floats) {
      target.asFloatBuffer().put(floats.duplicate().rewind());
      size = Float.BYTES;
    } else if (values instanceof DoubleBuffer doubles) {
      target.asDoubleBuffer().put(doubles.duplicate().rewind());
      size = Double.BYTES;
    }
    target.position(start + size * values.limit());
  }
}
