package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.reader.Damage;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.ffmpeg.internal.demux.Failures;
import io.reelmux.reader.ffmpeg.internal.demux.MediaFile;
import io.reelmux.reader.ffmpeg.internal.video.FrameRenderer;
import io.reelmux.reader.spi.FrameFacts;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes one video stream: finds frames, applies the policy on damage, and renders. */
public final class FfmpegVideoDecoder implements VideoDecoder {
  private final MediaFile file;
  private final VideoInfo info;
  private final String label;
  private final TimeBase timeBase;
  private final Damage policy;
  private final DamageCount count;
  private final FrameFinder finder;
  private final FrameRenderer renderer;
  private final NativeScope owners;

  /** A frame that was found while the one before it proved to be missing. */
  private @Nullable FrameFacts pending;

  /** The number of the frame that {@link #next} should return. */
  private long expected;

  private boolean keysOnly;
  private long lastPts;

  /** The state of filters that number frames themselves. */
  private boolean filterEnded;

  private long filterCount;

  private FfmpegVideoDecoder(
      MediaFile file,
      VideoInfo info,
      VideoOutput output,
      DamageCount count,
      FrameFinder finder,
      FrameRenderer renderer,
      NativeScope owners) {
    this.file = file;
    this.info = info;
    this.label = "video " + info.index();
    this.timeBase = info.facts().timeBase();
    this.policy = output.damage();
    this.count = count;
    this.finder = finder;
    this.renderer = renderer;
    this.owners = owners;
  }

  /**
   * Opens a decoder before the first frame.
   *
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public static FfmpegVideoDecoder open(MediaFile file, VideoInfo info, VideoOutput output)
      throws IOException {
    DamageCount count = new DamageCount(info.facts().timeBase());
    NativeScope owners = new NativeScope();
    return Failures.during(
        file.log(),
        "video " + info.index(),
        () -> {
          try {
            FrameRenderer renderer = owners.add(FrameRenderer.open(output, info));
            FrameFinder finder =
                owners.add(
                    new FrameFinder(
                        new StreamDecoding(file, info), output.threads().orElse(1), count));
            if (output.index().isPresent()) {
              finder.use(output.index().get());
            }
            return new FfmpegVideoDecoder(file, info, output, count, finder, renderer, owners);
          } catch (IOException | RuntimeException | Error e) {
            NativeScope.closeAfter(e, owners);
            throw e;
          }
        });
  }

  @Override
  public int width() {
    return renderer.width();
  }

  @Override
  public int height() {
    return renderer.height();
  }

  @Override
  public PixelLayout layout() {
    return renderer.layout();
  }

  @Override
  public @Nullable String sequentialOnly() {
    String filters = renderer.sequentialOnly();
    return filters != null || file.seekable()
        ? filters
        : "the source can be read once, from start to end: use ByteSource.spooled";
  }

  private <T> T during(ThrowingSupplier<T, IOException> work) throws IOException {
    return Failures.during(file.log(), label, work);
  }

  @Override
  public FrameIndex index() throws IOException {
    return during(finder::index);
  }

  @Override
  public FrameFacts frame(int index, ByteBuffer target) throws IOException {
    return during(
        () -> {
          pending = null;
          FrameFacts facts = finder.frame(index);
          expected = index + 1L;
          if (facts.damaged() && policy != Damage.KEEP) {
            throw damaged(facts, "it was decoded with errors");
          }
          renderer.reset();
          renderer.render(finder.found(), target);
          return facts;
        });
  }

  @Override
  public @Nullable FrameFacts next(ByteBuffer target) throws IOException {
    return during(
            () ->
                Optional.ofNullable(
                    renderer.sequentialOnly() == null ? nextFrame(target) : filtered(target)))
        .orElse(null);
  }

  private @Nullable FrameFacts nextFrame(ByteBuffer target) throws IOException {
    FrameFacts facts = nextWhole();
    if (facts != null) {
      renderer.render(finder.found(), target);
    }
    return facts;
  }

  /** Finds the next frame that the policy admits. */
  private @Nullable FrameFacts nextWhole() throws IOException {
    while (true) {
      FrameFacts facts = pending != null ? pending : finder.next();
      pending = null;
      if (facts == null) {
        checkEnd();
        return null;
      }
      lastPts = facts.pts();
      long missing = facts.index() - expected;
      long first = expected;
      expected = facts.index();
      if (missing > 0 && !keysOnly) {
        count.skipped(missing);
        if (policy == Damage.FAIL) {
          pending = facts;
          throw new DamagedFrameException(
              label, first, null, "the decoder returns no frame for its packet", List.of());
        }
      }
      expected++;
      if (!facts.damaged() || policy == Damage.KEEP) {
        return facts;
      }
      count.skipped(1);
      if (policy == Damage.FAIL) {
        throw damaged(facts, "it was decoded with errors");
      }
    }
  }

  private DamagedFrameException damaged(FrameFacts facts, String text) {
    return new DamagedFrameException(
        label, facts.index(), timeBase.toDuration(facts.pts()), text, file.log().lastLines());
  }

  private void checkEnd() {
    finder
        .error()
        .ifPresent(text -> count.truncated("the file cannot be read to its end: " + text));
    file.endsEarly(info, timeBase.toDuration(lastPts)).ifPresent(count::truncated);
  }

  /** Filters that change how many frames there are number what they return themselves. */
  private @Nullable FrameFacts filtered(ByteBuffer target) throws IOException {
    while (!renderer.pull(target)) {
      if (filterEnded) {
        return null;
      }
      FrameFacts facts = nextWhole();
      filterEnded = facts == null;
      renderer.push(facts == null ? null : finder.found());
    }
    TimeBase base = renderer.timeBase();
    return new FrameFacts(
        filterCount++,
        rescale(renderer.pts(), base),
        rescale(renderer.duration(), base),
        /* keyFrame= */ false,
        /* damaged= */ false,
        '?');
  }

  private long rescale(long ticks, TimeBase base) {
    return base.equals(timeBase) ? ticks : timeBase.toTicks(base.toDuration(ticks));
  }

  @Override
  public void position(int index) throws IOException {
    Failures.during(
        file.log(),
        label,
        () -> {
          pending = null;
          finder.position(index);
          expected = index;
          renderer.reset();
          filterEnded = false;
          filterCount = 0;
          return true;
        });
  }

  @Override
  public void keyFramesOnly(boolean value) {
    keysOnly = value;
    finder.keysOnly(value);
  }

  @Override
  public ReadReport report() {
    renderer.notes().forEach(count::note);
    return count.report();
  }

  @Override
  public void release() {
    owners.close();
  }
}
