package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns decoded frames into what a {@link VideoOutput} asks for. Used by one thread at a time.
 *
 * <p>Without filters, and with filters that give one frame for each ({@link #sequentialOnly} is
 * null), {@link #render} converts a frame. With other filters, frames are given by {@link #push},
 * and after each, {@link #pull} is called until it returns false.
 *
 * <p>Frames may change their size, pixel format and colors at any time: the size and the layout of
 * the output stay. Colors of Y'CbCr layouts are those of {@link VideoInfo#color}, whatever a frame
 * says.
 */
public final class FrameRenderer implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final VideoOutput output;
  private final PixelLayout layout;
  private final Turn turn;

  /** How frames are turned after the filters, or if there are none. */
  private final Turn lastTurn;

  private final Framing framing;

  /** The size of the frames that the stream promises, as they are shown. */
  private final Area promised;

  private final Plans plans;
  private final FormatReader decoded;
  private final FormatReader filtered;
  private final @Nullable UserFilter filter;
  private final Frame filterOutput;

  private @Nullable FrameGraph front;
  private @Nullable GraphPlan frontPlan;
  private @Nullable FrameConversion conversion;
  private long otherSizes;

  /** What the layout loses that was chosen for the frames. */
  private final Optional<String> loss;

  private FrameRenderer(VideoOutput output, VideoInfo info) throws IOException {
    this.output = output;
    this.turn = output.appliesRotation() ? new Turn(info.rotation(), info.flipped()) : Turn.NONE;
    boolean filters = output.filter().isPresent();
    this.lastTurn = filters ? Turn.NONE : turn;
    int format = format(info);
    DecodedFormat first =
        DecodedFormat.of(format, info.codedWidth(), info.codedHeight(), info.color(), true);
    try {
      filterOutput = scope.add(Frame.allocate());
      filter = filters ? scope.add(openFilter(output, info, first)) : null;
      int last = filter == null ? format : filter.format();
      int width = filter == null ? info.codedWidth() : filter.width();
      int height = filter == null ? info.codedHeight() : filter.height();
      boolean swaps = lastTurn.swaps();
      this.promised = Area.whole(swaps ? height : width, swaps ? width : height);
      this.layout = output.layout().orElseGet(() -> SourceLayouts.of(last));
      this.loss = output.layout().isPresent() ? Optional.empty() : SourceLayouts.loss(last);
      this.framing = Framing.first(output, promised.width(), promised.height(), layout);
      requireAddressable();
      this.plans = plans(info.color());
      this.decoded = new FormatReader(info.color(), filters || layout.hasAlpha());
      this.filtered = new FormatReader(info.color(), layout.hasAlpha());
      plan(DecodedFormat.of(last, width, height, info.color(), layout.hasAlpha()));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Checks what is asked for against a stream.
   *
   * @param output what is asked for
   * @param info the stream
   * @return the renderer, to be closed
   * @throws IllegalArgumentException if the stream cannot be read like that, with the reason: a
   *     crop that exceeds its frames, a size of another aspect ratio with {@code Fit.DENY}, filters
   *     that are refused, frames of more than 2 GB
   * @throws UnsupportedMediaException if frames of its pixel format cannot be converted
   * @throws IOException if memory is exhausted
   */
  public static FrameRenderer open(VideoOutput output, VideoInfo info) throws IOException {
    return new FrameRenderer(output, info);
  }

  private static int format(VideoInfo info) throws UnsupportedMediaException {
    int format = Formats.named(info.pixelFormat());
    if (format < 0) {
      throw unsupported(
          info, "its pixel format is '" + info.pixelFormat() + "': no first packet can be decoded");
    }
    if (info.codedWidth() <= 0 || info.codedHeight() <= 0) {
      throw unsupported(info, "the size of its frames is unknown");
    }
    try {
      Formats.requireReadable(format);
    } catch (IllegalArgumentException e) {
      throw unsupported(info, String.valueOf(e.getMessage()));
    }
    return format;
  }

  private static UnsupportedMediaException unsupported(VideoInfo info, String reason) {
    return new UnsupportedMediaException("decode " + info.codec(), null, 0, reason, List.of());
  }

  private UserFilter openFilter(VideoOutput output, VideoInfo info, DecodedFormat first)
      throws EncoderException {
    DecodedFormat turned = frontPlan(first).delivered();
    return UserFilter.open(output.filter().orElseThrow(), info, turned, turn.swaps());
  }

  private Plans plans(ColorSpec color) {
    return new Plans(layout, color, output.conversion(), output.toneMap().orElse(null));
  }

  private void requireAddressable() {
    long bytes = layout.frameBytes(framing.width(), framing.height());
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a frame of "
              + framing.width()
              + "x"
              + framing.height()
              + " in "
              + layout
              + " has "
              + bytes
              + " bytes: must be at most "
              + Integer.MAX_VALUE);
    }
  }

  /** The width of the output in pixels. */
  public int width() {
    return framing.width();
  }

  /** The height of the output in pixels. */
  public int height() {
    return framing.height();
  }

  /** The layout of the output. */
  public PixelLayout layout() {
    return layout;
  }

  /**
   * Returns why frames cannot be asked for by number: filters that do not give one frame for each.
   *
   * @return a sentence; null if they can
   */
  public @Nullable String sequentialOnly() {
    return filter == null ? null : filter.dependence();
  }

  /**
   * Converts a frame.
   *
   * @param frame is not changed, and may be freed afterward
   * @param target as described for {@link io.reelmux.reader.spi.VideoDecoder}
   * @throws IllegalStateException if the filters do not give one frame for each
   * @throws IOException if FFmpeg fails
   */
  public void render(AVFrame frame, ByteBuffer target) throws IOException {
    requireFits(target);
    if (filter == null) {
      convert(frame, decoded, target);
      return;
    }
    String reason = filter.dependence();
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
    push(frame);
    if (!pull(target)) {
      throw Av.failure(0, "filter a frame", "filter: it gave no frame for one");
    }
  }

  /**
   * Gives the filters a frame.
   *
   * @param frame is not changed, and may be freed afterward; null at the end
   * @throws IOException if FFmpeg fails
   */
  public void push(@Nullable AVFrame frame) throws IOException {
    UserFilter filters = requireFilter();
    if (frame == null) {
      filters.push(null, null);
      return;
    }
    GraphPlan plan = frontPlan;
    DecodedFormat format = format(frame);
    FrameGraph turning = front;
    if (plan == null || turning == null || !plan.input().equals(format)) {
      closeFront();
      plan = frontPlan(format);
      turning = new FrameGraph(plan, false);
      front = turning;
      frontPlan = plan;
    }
    try {
      AVFrame turned = turning.run(frame);
      turned.pict_type(0);
      filters.push(turned, plan.delivered());
    } finally {
      turning.release();
    }
  }

  private DecodedFormat format(AVFrame frame) throws EncoderException {
    try {
      return decoded.of(frame);
    } catch (IllegalArgumentException e) {
      throw changed(e);
    }
  }

  /** The first frames have been checked: the stream has changed. */
  private static EncoderException changed(IllegalArgumentException refusal) {
    return Av.failure(Av.EINVAL, "convert a frame", String.valueOf(refusal.getMessage()), refusal);
  }

  private GraphPlan frontPlan(DecodedFormat format) {
    return turn.equals(Turn.NONE) ? new PlanBuilder(format).build() : Plans.turning(format, turn);
  }

  /**
   * Receives a frame of the filters. Its time is {@link #pts} until the next call.
   *
   * @param target as described for {@link io.reelmux.reader.spi.VideoDecoder}
   * @return false if they need more frames, or have ended
   * @throws IOException if FFmpeg fails
   */
  public boolean pull(ByteBuffer target) throws IOException {
    requireFits(target);
    AVFrame frame = filterOutput.struct();
    filterOutput.unref();
    if (!requireFilter().pull(frame)) {
      return false;
    }
    convert(frame, filtered, target);
    return true;
  }

  /** The time of the frame that was pulled, in {@link #timeBase}. */
  public long pts() {
    return filterOutput.struct().pts();
  }

  /** The duration of the frame that was pulled, in {@link #timeBase}; 0 if it is not known. */
  public long duration() {
    return filterOutput.struct().duration();
  }

  /** The unit of the times of frames that are pulled. */
  public TimeBase timeBase() {
    return requireFilter().timeBase();
  }

  private UserFilter requireFilter() {
    UserFilter filters = filter;
    if (filters == null) {
      throw new IllegalStateException("there are no filters");
    }
    return filters;
  }

  private void convert(AVFrame frame, FormatReader reader, ByteBuffer target) throws IOException {
    try {
      DecodedFormat format = reader.of(frame);
      FrameConversion current = conversion;
      if (current == null || !current.handles(format)) {
        closeConversion();
        current = new FrameConversion(plan(format), plans, framing(format));
        conversion = current;
      }
      if (isOtherSize(format)) {
        otherSizes++;
      }
      current.run(frame, target);
    } catch (IllegalArgumentException e) {
      throw changed(e);
    }
  }

  private GraphPlan plan(DecodedFormat format) {
    Framing shown = framing(format);
    Area content = shown.content();
    boolean swaps = lastTurn.swaps();
    Area region = lastTurn.undo(shown.region(), format.width(), format.height());
    int width = swaps ? content.height() : content.width();
    int height = swaps ? content.width() : content.height();
    return plans.of(format, new Placed(region, width, height, lastTurn));
  }

  private Framing framing(DecodedFormat format) {
    boolean swaps = lastTurn.swaps();
    return isOtherSize(format)
        ? framing.other(
            output,
            promised,
            swaps ? format.height() : format.width(),
            swaps ? format.width() : format.height(),
            layout)
        : framing;
  }

  private boolean isOtherSize(DecodedFormat format) {
    boolean swaps = lastTurn.swaps();
    return promised.width() != (swaps ? format.height() : format.width())
        || promised.height() != (swaps ? format.width() : format.height());
  }

  private void requireFits(ByteBuffer target) {
    long bytes = layout.frameBytes(framing.width(), framing.height());
    if (target.isReadOnly() || target.remaining() != bytes) {
      throw new IllegalArgumentException(
          "the target has "
              + target.remaining()
              + " bytes"
              + (target.isReadOnly() ? " and is read-only" : "")
              + ": must be writable and have "
              + bytes);
    }
  }

  /** Forgets frames that filters hold, after a seek. */
  public void reset() {
    if (filter != null) {
      filter.reset();
    }
  }

  /** Returns what a user of the frames should know of them. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    loss.ifPresent(notes::add);
    if (otherSizes > 0) {
      notes.add(
          otherSizes
              + " frames had another size than "
              + promised.width()
              + "x"
              + promised.height()
              + " and were fitted into the size of the output");
    }
    return notes;
  }

  private void closeFront() {
    FrameGraph old = front;
    front = null;
    frontPlan = null;
    if (old != null) {
      old.close();
    }
  }

  private void closeConversion() {
    FrameConversion old = conversion;
    conversion = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    closeFront();
    closeConversion();
    scope.close();
  }
}
