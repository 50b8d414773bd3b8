package io.reelmux.ffmpeg.internal;

import io.reelmux.DeviceFrames;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.video.VideoStreamEncoder;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.util.Optional;

/** A video stream of a session. */
final class VideoStreamInput extends StreamInput implements VideoInput {
  private final String label;
  private final VideoStreamEncoder encoder;
  private final StreamParameters parameters;

  VideoStreamInput(
      String label,
      VideoStreamEncoder encoder,
      StreamParameters parameters,
      SessionLog.Part log,
      StreamOutlet outlet) {
    super(log, outlet);
    this.label = label;
    this.encoder = encoder;
    this.parameters = parameters;
  }

  @Override
  public void check(VideoFrame frame) {
    encoder.check(frame);
  }

  @Override
  public void add(VideoFrame frame) throws IOException {
    SessionLog.Part outer = enter();
    try {
      encoder.add(frame);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  public void check(DeviceFrames frames) {
    encoder.check(frames);
  }

  @Override
  public void add(DeviceFrames frames) throws IOException {
    SessionLog.Part outer = enter();
    try {
      encoder.add(frames);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  void endEncoder() throws IOException {
    encoder.end();
  }

  /** Frames added, from any thread. */
  long frames() {
    return encoder.frames();
  }

  @Override
  MuxStream muxStream() {
    VideoOptions options = encoder.options();
    return new MuxStream(
        label,
        StreamKind.VIDEO,
        encoder.codec().name(),
        parameters,
        encoder.timeBase(),
        options.variableFrameRate() ? Optional.empty() : Optional.of(options.frameRate()),
        options.language(),
        options.title(),
        options.dispositions(),
        options.rotation());
  }

  @Override
  StreamResult result(int index, long packets, long bytes) {
    return new StreamResult(
        StreamKind.VIDEO,
        index,
        encoder.codec().name(),
        encoder.formatName(),
        encoder.frames(),
        0,
        packets,
        bytes,
        encoder.duration());
  }
}
