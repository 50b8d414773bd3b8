package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.Damage;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.ReadReport;
import io.reelmux.reader.ffmpeg.internal.audio.SampleWriter.Target;
import io.reelmux.reader.ffmpeg.internal.audio.Timeline.Piece;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import io.reelmux.reader.ffmpeg.internal.demux.Failures;
import io.reelmux.reader.ffmpeg.internal.demux.MediaFile;
import io.reelmux.reader.spi.AudioDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decodes one audio stream: finds samples, converts them, and copies them to the caller. */
public final class FfmpegAudioDecoder implements AudioDecoder {
  private static final long NANOS = 1_000_000_000L;

  private final MediaFile file;
  private final String label;
  private final AudioForm form;
  private final Damage policy;
  private final DamageCount count;
  private final SampleSource source;

  /** Missing if the stream's rate is kept. */
  private final @Nullable RateConverter rate;

  private final SampleWriter writer;
  private final NativeScope owners;

  /** Takes over the owners. */
  FfmpegAudioDecoder(
      MediaFile file,
      String label,
      AudioForm form,
      Damage policy,
      DamageCount count,
      SampleSource source,
      @Nullable RateConverter rate,
      NativeScope owners) {
    this.file = file;
    this.label = label;
    this.form = form;
    this.policy = policy;
    this.count = count;
    this.source = source;
    this.rate = rate;
    this.writer = new SampleWriter(form.layout(), form.channels().count(), form.order());
    this.owners = owners;
  }

  /**
   * Opens a decoder before the first sample.
   *
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public static FfmpegAudioDecoder open(MediaFile file, AudioInfo info, AudioOutput output)
      throws IOException {
    return new AudioOpener(file, info, output).open();
  }

  @Override
  public int sampleRate() {
    return form.sampleRate();
  }

  @Override
  public ChannelLayout channels() {
    return form.channels();
  }

  @Override
  public SampleLayout layout() {
    return form.layout();
  }

  @Override
  public long startNanos() throws IOException {
    return Failures.during(file.log(), label, source::startNanos);
  }

  @Override
  public long sampleCount() throws IOException {
    return Failures.during(
        file.log(),
        label,
        () -> {
          if (!source.seekable() && !source.ended()) {
            throw new IllegalStateException(
                "the source can be read once, from start to end: the number of samples is known at"
                    + " the end; use ByteSource.spooled");
          }
          return rate == null ? source.count() : rate.total();
        });
  }

  @Override
  public int read(long from, int wanted, ByteBuffer buffer) throws IOException {
    return Failures.during(
        file.log(),
        label,
        () -> {
          Target target = new Target(buffer, wanted);
          RateConverter converter = rate;
          int read =
              converter == null
                  ? readAsIs(from, target)
                  : converter.read(
                      from,
                      wanted,
                      (frame, samples, at) -> writer.write(frame, 0, samples, target, at));
          if (policy == Damage.FAIL && read > 0) {
            checkDamage(from, from + read);
          }
          return read;
        });
  }

  private int readAsIs(long from, Target target) throws IOException {
    int read = 0;
    while (read < target.wanted()) {
      Piece piece = source.load(from + read);
      if (piece == null) {
        break;
      }
      int skipped = (int) (from + read - piece.start());
      int part = Math.min(target.wanted() - read, piece.count() - skipped);
      writer.write(source.frame(), piece.offset() + skipped, part, target, read);
      read += part;
    }
    return read;
  }

  private void checkDamage(long from, long to) throws IOException {
    long damaged;
    if (rate == null) {
      damaged = source.firstSilent(from, to);
    } else {
      long silent = source.firstSilent(rate.inputOf(from), rate.inputOf(to - 1) + 1);
      damaged = silent < 0 ? -1 : Math.max(from, rate.outputOf(silent));
    }
    if (damaged >= 0) {
      throw damaged(damaged);
    }
  }

  private DamagedFrameException damaged(long sample) throws IOException {
    int sampleRate = form.sampleRate();
    Duration time =
        Duration.ofNanos(source.startNanos())
            .plusSeconds(sample / sampleRate)
            .plusNanos(sample % sampleRate * NANOS / sampleRate);
    return new DamagedFrameException(
        label, sample, time, "its packet cannot be decoded", file.log().lastLines());
  }

  @Override
  public ReadReport report() {
    return count.report();
  }

  @Override
  public void release() {
    owners.close();
  }
}
