package io.reelmux.ffmpeg.internal;

import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.SubtitleOptions;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.mux.DisplayMatrix;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.subtitle.CueWriter;
import io.reelmux.spi.SubtitleInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A subtitle stream of a session. */
final class SubtitleStreamInput extends StreamInput implements SubtitleInput {
  private final String label;
  private final CueWriter writer;

  SubtitleStreamInput(String label, CueWriter writer, SessionLog.Part log, StreamOutlet outlet) {
    super(log, outlet);
    this.label = label;
    this.writer = writer;
  }

  @Override
  public void check(Duration start, Duration end, String text) {
    writer.check(start, end, text);
  }

  @Override
  public void add(Duration start, Duration end, String text) throws IOException {
    SessionLog.Part outer = enter();
    try {
      writer.add(start, end, text);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  void endEncoder() {}

  @Override
  StreamProgress progress(int number) {
    return new StreamProgress(StreamKind.SUBTITLE, number, 0, 0, writer.duration());
  }

  @Override
  void reportEmpty(Notes notes) {
    if (writer.isEmpty()) {
      notes.of(label).add(EMPTY);
    }
  }

  @Override
  MuxStream muxStream() {
    SubtitleOptions options = writer.options();
    return new MuxStream(
        label,
        StreamKind.SUBTITLE,
        writer.codec(),
        writer.parameters(),
        writer.timeBase(),
        Optional.empty(),
        options.language(),
        options.title(),
        Map.of(),
        options.dispositions(),
        DisplayMatrix.IDENTITY,
        Optional.empty(),
        /* mayPause= */ false);
  }

  @Override
  StreamResult result(int index, long packets, long bytes) {
    return new StreamResult(
        StreamKind.SUBTITLE,
        index,
        writer.codec(),
        "text",
        0,
        0,
        Optional.empty(),
        0,
        0,
        0,
        packets,
        bytes,
        writer.duration());
  }
}
