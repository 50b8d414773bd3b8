package io.reelmux.reader;

import io.reelmux.ColorSpec;
import io.reelmux.FieldOrder;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.SampleAspectRatio;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Options for encoding again what a {@link VideoReader} returns. */
final class VideoEncoding {

  /** Of a file that does not state a rate and whose frames cannot be counted. */
  private static final FrameRate UNKNOWN_RATE = FrameRate.of(25, 1);

  private VideoEncoding() {}

  /**
   * Fills in options.
   *
   * @param index null if the frames can only be read in order
   */
  static VideoOptions.Builder options(VideoReader reader, @Nullable FrameIndex index) {
    VideoInfo info = reader.info();
    VideoOutput output = reader.output();
    VideoOptions.Builder options =
        VideoOptions.builder(reader.width(), reader.height(), rate(info, output, index));
    options.variableFrameRate(true).color(color(info, output));
    if (output.toneMap().isEmpty()) {
      info.hdr().ifPresent(options::hdr);
    }
    boolean deep = info.bitDepth() > 8 && reader.layout().bytesPerComponent() > 1;
    if (deep && !becomesSdr(info, output)) {
      options.preferredBitDepth(preferredDepth(info.bitDepth()));
    }
    if (!output.appliesRotation()) {
      options.rotation(info.rotation()).flip(info.flipped(), false);
    }
    if (info.fieldOrder() != FieldOrder.PROGRESSIVE && keepsLines(info, output)) {
      options.fieldOrder(info.fieldOrder());
    }
    pixelShape(info, output)
        .ifPresent(shape -> options.sampleAspectRatio(shape.numerator(), shape.denominator()));
    StreamTags.copy(info.facts(), options);
    return options;
  }

  /** Returns the least depth of encoders that holds more than eight bits. */
  private static int preferredDepth(int bits) {
    if (bits > 12) {
      return 16;
    }
    return bits > 10 ? 12 : 10;
  }

  /** Whether every line of the output is one of the file. */
  private static boolean keepsLines(VideoInfo info, VideoOutput output) {
    boolean turned = output.appliesRotation() && info.rotation() != 0;
    return !turned
        && output.filter().isEmpty()
        && output.crop().isEmpty()
        && output.size().isEmpty()
        && output.frameRate().isEmpty();
  }

  /** Returns the color space of the frames that a reader returns. */
  static ColorSpec color(VideoInfo info, VideoOutput output) {
    return becomesSdr(info, output) ? ColorSpec.BT709_LIMITED : info.color();
  }

  private static boolean becomesSdr(VideoInfo info, VideoOutput output) {
    ColorSpec.Transfer transfer = info.color().transfer();
    boolean hdr = transfer == ColorSpec.Transfer.PQ || transfer == ColorSpec.Transfer.HLG;
    return hdr && output.toneMap().isPresent();
  }

  /** Returns the exact rate if all frames keep it, otherwise one that describes them. */
  static FrameRate rate(VideoInfo info, VideoOutput output, @Nullable FrameIndex index) {
    if (output.frameRate().isPresent()) {
      return output.frameRate().get();
    }
    Optional<FrameRate> exact = index == null ? Optional.empty() : constantRate(info, index);
    return exact
        .or(info::frameRate)
        .or(() -> index == null ? Optional.empty() : averageRate(index))
        .orElse(UNKNOWN_RATE);
  }

  /** Returns the rate that all frames keep within a tick; empty if there is none. */
  static Optional<FrameRate> constantRate(VideoInfo info, FrameIndex index) {
    if (!index.constantRate()) {
      return Optional.empty();
    }
    return info.frameRate()
        .filter(rate -> keeps(index, rate))
        .or(() -> averageRate(index).flatMap(average -> simplest(index, average.toDouble())));
  }

  /** Returns the simplest rate near the average, which is off by up to a tick, that is kept. */
  private static Optional<FrameRate> simplest(FrameIndex index, double average) {
    List<FrameRate> candidates = new ArrayList<>();
    addCandidate(candidates, Math.round(average), 1);
    addCandidate(candidates, Math.round(average * 1.001) * 1000, 1001);
    for (int denominator = 2; denominator <= 12; denominator++) {
      addCandidate(candidates, Math.round(average * denominator), denominator);
    }
    candidates.add(FrameRate.of(average));
    return candidates.stream().filter(rate -> keeps(index, rate)).findFirst();
  }

  private static void addCandidate(List<FrameRate> candidates, long frames, int seconds) {
    if (frames > 0 && frames <= (long) FrameRate.MAX * seconds) {
      candidates.add(FrameRate.of((int) frames, seconds));
    }
  }

  private static Optional<FrameRate> averageRate(FrameIndex index) {
    int frames = index.count() - 1;
    long ticks = frames < 1 ? 0 : index.pts(frames) - index.pts(0);
    if (frames == 0) {
      frames = 1;
      ticks = index.durationTicks(0);
    }
    TimeBase unit = index.timeBase();
    double rate = (double) frames * unit.denominator() / ((double) ticks * unit.numerator());
    boolean possible = ticks > 0 && rate >= 1.0 / 3600 && rate <= FrameRate.MAX;
    return possible ? Optional.of(FrameRate.of(rate)) : Optional.empty();
  }

  private static boolean keeps(FrameIndex index, FrameRate rate) {
    TimeBase unit = index.timeBase();
    // ticks * a and frames * b are the same unit of time
    BigInteger a = product(unit.numerator(), rate.numerator());
    BigInteger b = product(unit.denominator(), rate.denominator());
    for (int i = 1; i < index.count(); i++) {
      BigInteger is = a.multiply(BigInteger.valueOf(index.pts(i) - index.pts(0)));
      BigInteger shouldBe = b.multiply(BigInteger.valueOf(i));
      if (is.subtract(shouldBe).abs().compareTo(a) > 0) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  /** Returns the width of a pixel of the output over its height, unless it is square. */
  private static Optional<SampleAspectRatio> pixelShape(VideoInfo info, VideoOutput output) {
    SampleAspectRatio decoded = info.sampleAspectRatio();
    boolean turned = output.appliesRotation() && info.rotation() % 180 != 0;
    long width = turned ? decoded.denominator() : decoded.numerator();
    long height = turned ? decoded.numerator() : decoded.denominator();
    if (output.size().isPresent() && output.filter().isEmpty()) {
      VideoOutput.Size size = output.size().get();
      if (size.fit() == Fit.STRETCH) {
        width *= (long) inputWidth(info, output) * size.height();
        height *= (long) inputHeight(info, output) * size.width();
      }
    }
    return reduced(width, height).filter(shape -> shape.numerator() != shape.denominator());
  }

  private static int inputWidth(VideoInfo info, VideoOutput output) {
    int whole = output.appliesRotation() ? info.width() : info.codedWidth();
    return output.crop().map(VideoOutput.Crop::width).orElse(whole);
  }

  private static int inputHeight(VideoInfo info, VideoOutput output) {
    int whole = output.appliesRotation() ? info.height() : info.codedHeight();
    return output.crop().map(VideoOutput.Crop::height).orElse(whole);
  }

  /** Returns the ratio in lowest terms, rounded to what streams can store. */
  private static Optional<SampleAspectRatio> reduced(long width, long height) {
    long divisor = BigInteger.valueOf(width).gcd(BigInteger.valueOf(height)).longValueExact();
    long w = width / divisor;
    long h = height / divisor;
    while (w > SampleAspectRatio.MAX || h > SampleAspectRatio.MAX) {
      w = (w + 1) / 2;
      h = (h + 1) / 2;
    }
    return Optional.of(SampleAspectRatio.of((int) w, (int) h));
  }
}
