package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.Device;
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
import io.reelmux.reader.spi.DecodedSurface;
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
  private final DecodingDevice device;
  private final FrameFinder finder;
  private final FrameRenderer renderer;
  private final HostFrames host;
  private final @Nullable String hostOnly;
  private final Surfaces surfaces = new Surfaces();
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
      DecodingDevice device,
      FrameFinder finder,
      FrameRenderer renderer,
      HostFrames host,
      NativeScope owners) {
    this.file = file;
    this.info = info;
    this.label = "video " + info.index();
    this.timeBase = info.facts().timeBase();
    this.policy = output.damage();
    this.count = count;
    this.device = device;
    this.finder = finder;
    this.renderer = renderer;
    this.host = host;
    this.hostOnly = hostOnly(info, output, device.current());
    this.owners = owners;
    owners.add(surfaces);
  }

  /** What is made of frames on the CPU, so that they cannot stay on a device. */
  private static @Nullable String hostOnly(VideoInfo info, VideoOutput output, Device device) {
    if (!device.isCuda()) {
      return "they are decoded on the CPU";
    }
    boolean turned = info.rotation() != 0 || info.flipped();
    if (turned && output.appliesRotation()) {
      return "the CPU turns them; VideoOutput.keepRotation leaves them as they are";
    }
    String asked =
        output.layout().isPresent()
            ? "the layout"
            : output.filter().isPresent()
                ? "the filter"
                : output.crop().isPresent()
                    ? "the crop"
                    : output.size().isPresent()
                        ? "the size"
                        : output.toneMap().isPresent() ? "toSdr" : null;
    return asked == null ? null : asked + " of VideoOutput is made on the CPU";
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
            DecodingDevice device = new DecodingDevice(output, "video " + info.index(), count);
            HostFrames host = owners.add(new HostFrames(output.device()));
            FrameFinder finder =
                owners.add(
                    new FrameFinder(
                        new StreamDecoding(file, info), device, output.threads().orElse(1), count));
            if (output.index().isPresent()) {
              finder.use(output.index().get());
            }
            return new FfmpegVideoDecoder(
                file, info, output, count, device, finder, renderer, host, owners);
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
          FrameFacts facts = find(index);
          renderer.reset();
          renderer.render(host.of(finder.found()), target);
          return facts;
        });
  }

  private FrameFacts find(int index) throws IOException {
    pending = null;
    FrameFacts facts = finder.frame(index);
    expected = index + 1L;
    if (facts.damaged() && policy != Damage.KEEP) {
      throw damaged(facts, "it was decoded with errors");
    }
    return facts;
  }

  @Override
  public Device device() {
    return device.current();
  }

  @Override
  public @Nullable String hostOnly() {
    return hostOnly;
  }

  @Override
  public DecodedSurface surface(int index) throws IOException {
    surfaces.requireRoom();
    return during(() -> surface(find(index)));
  }

  @Override
  public @Nullable DecodedSurface nextSurface() throws IOException {
    surfaces.requireRoom();
    return during(
            () -> {
              FrameFacts facts = nextWhole();
              return Optional.ofNullable(facts == null ? null : surface(facts));
            })
        .orElse(null);
  }

  private DecodedSurface surface(FrameFacts facts) throws IOException {
    return Surface.of(
        surfaces,
        finder.found(),
        facts,
        device.current(),
        renderer.layout(),
        (frame, target) ->
            during(
                () -> {
                  renderer.render(host.of(frame), target);
                  return true;
                }));
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
      renderer.render(host.of(finder.found()), target);
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
      renderer.push(facts == null ? null : host.of(finder.found()));
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
