package io.reelmux.demos.transcode.copy;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBLP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8P;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.SampleLayout;
import io.reelmux.demos.transcode.decode.StreamReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies audio, in the sample format in which it was decoded. */
final class AudioCopy implements StreamCopy {
  private static final Map<Integer, SampleLayout> LAYOUTS =
      Map.of(
          AV_SAMPLE_FMT_U8, SampleLayout.U8_INTERLEAVED,
          AV_SAMPLE_FMT_S16, SampleLayout.S16_INTERLEAVED,
          AV_SAMPLE_FMT_S32, SampleLayout.S32_INTERLEAVED,
          AV_SAMPLE_FMT_FLT, SampleLayout.FLOAT_INTERLEAVED,
          AV_SAMPLE_FMT_DBL, SampleLayout.DOUBLE_INTERLEAVED,
          AV_SAMPLE_FMT_U8P, SampleLayout.U8_PLANAR,
          AV_SAMPLE_FMT_S16P, SampleLayout.S16_PLANAR,
          AV_SAMPLE_FMT_S32P, SampleLayout.S32_PLANAR,
          AV_SAMPLE_FMT_FLTP, SampleLayout.FLOAT_PLANAR,
          AV_SAMPLE_FMT_DBLP, SampleLayout.DOUBLE_PLANAR);

  /** Shorter gaps between frames are rounding, not silence. */
  private static final double GAP_SECONDS = 0.05;

  private final StreamReader reader;
  private final Duration origin;
  private final SampleLayout layout;
  private final AudioStream target;
  private double seconds;

  /**
   * Adds the stream to an encoder.
   *
   * @param origin the time in the source that becomes 0
   * @throws IllegalArgumentException if Reelmux does not support the sample format
   */
  AudioCopy(Encoder encoder, StreamReader reader, Duration origin) {
    this.reader = reader;
    this.origin = origin;
    AVFrame frame = reader.frame();
    SampleLayout known = LAYOUTS.get(frame.format());
    if (known == null) {
      throw new IllegalArgumentException(
          "stream %d: sample format %d is not supported"
              .formatted(reader.stream().index(), frame.format()));
    }
    layout = known;
    AudioOptions.Builder options =
        AudioOptions.builder(frame.sample_rate(), frame.ch_layout().nb_channels());
    reader.stream().language().ifPresent(options::language);
    target = encoder.addAudio(options.build());
  }

  @Override
  public double seconds() {
    return seconds;
  }

  @Override
  public boolean copyFrame() throws IOException {
    AudioSamples samples = samples(reader.frame());
    Duration start = reader.time().orElse(origin).minus(origin);
    if (start.toNanos() / 1e9 > seconds + GAP_SECONDS) {
      samples = samples.withPts(start);
      seconds = start.toNanos() / 1e9;
    }
    target.addSamples(samples);
    seconds += (double) samples.count() / target.options().sampleRate();
    reader.advance();
    if (reader.atEnd()) {
      target.end();
    }
    return !reader.atEnd();
  }

  private AudioSamples samples(AVFrame frame) {
    int channels = target.options().channels();
    int planes = layout.isPlanar() ? channels : 1;
    int planeBytes = frame.nb_samples() * layout.type().bytes() * (channels / planes);
    ByteBuffer all = ByteBuffer.allocate(planes * planeBytes).order(ByteOrder.nativeOrder());
    for (int plane = 0; plane < planes; plane++) {
      all.put(frame.extended_data(plane).capacity(planeBytes).asByteBuffer());
    }
    return AudioSamples.of(layout, channels, all.flip());
  }
}
