package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioGaps;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.ffmpeg.internal.audio.AudioStreamEncoder;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.mux.DisplayMatrix;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.spi.AudioInput;
import java.io.IOException;
import java.util.Optional;

/** An audio stream of a session. */
final class AudioStreamInput extends StreamInput implements AudioInput {
  private final String label;
  private final AudioStreamEncoder encoder;
  private final StreamParameters parameters;

  AudioStreamInput(
      String label,
      AudioStreamEncoder encoder,
      StreamParameters parameters,
      SessionLog.Part log,
      StreamOutlet outlet) {
    super(log, outlet);
    this.label = label;
    this.encoder = encoder;
    this.parameters = parameters;
  }

  @Override
  public void check(AudioSamples samples) {
    encoder.check(samples);
  }

  @Override
  public void add(AudioSamples samples) throws IOException {
    SessionLog.Part outer = enter();
    try {
      encoder.add(samples);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  void endEncoder() throws IOException {
    encoder.end();
  }

  @Override
  StreamProgress progress(int number) {
    return new StreamProgress(StreamKind.AUDIO, number, 0, encoder.samples(), encoder.duration());
  }

  @Override
  void reportEmpty(Notes notes) {
    if (encoder.samples() == 0) {
      notes.of(label).add(EMPTY);
    }
  }

  @Override
  MuxStream muxStream() {
    AudioOptions options = encoder.options();
    return new MuxStream(
        label,
        StreamKind.AUDIO,
        encoder.codec().name(),
        parameters,
        encoder.timeBase(),
        Optional.empty(),
        options.language(),
        options.title(),
        options.metadata(),
        options.dispositions(),
        DisplayMatrix.IDENTITY,
        Optional.empty(),
        options.gaps() == AudioGaps.KEEP);
  }

  @Override
  StreamResult result(int index, long packets, long bytes) {
    return new StreamResult(
        StreamKind.AUDIO,
        index,
        encoder.codec().name(),
        encoder.formatName(),
        0,
        0,
        Optional.empty(),
        encoder.codec().struct().sample_rate(),
        0,
        encoder.samples(),
        packets,
        bytes,
        encoder.duration());
  }
}
