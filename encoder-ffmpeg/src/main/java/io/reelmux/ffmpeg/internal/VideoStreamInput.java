package io.reelmux.ffmpeg.internal;

import io.reelmux.DeviceFrames;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.Refusals;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.DisplayMatrix;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.video.SharedLoads;
import io.reelmux.ffmpeg.internal.video.VideoStreamEncoder;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.time.Duration;

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
  public void checkBitRate(long bitsPerSecond) {
    encoder.checkBitRate(bitsPerSecond);
  }

  @Override
  public void setBitRate(long bitsPerSecond) throws IOException {
    SessionLog.Part outer = enter();
    try {
      encoder.setBitRate(bitsPerSecond);
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  /** Reads frames together with other streams that encode the same ones. */
  void share(SharedLoads loads) {
    encoder.share(loads);
  }

  /** Makes the next frame a key frame, if the encoder can and has no grid of them. */
  void requestKeyFrame() {
    encoder.requestKeyFrame();
  }

  @Override
  public void checkEnd(Duration at) {
    encoder.checkEnd(at);
  }

  @Override
  public void end(Duration at) throws IOException {
    encoder.endLastFrame(at);
    end();
  }

  /**
   * Sets what the container can store.
   *
   * @param unit of the stream in the container
   * @throws IllegalArgumentException if it cannot store the frame rate
   */
  void limitTimes(Container container, TimeBase unit) {
    try {
      encoder.limitTimes(container, unit);
    } catch (IllegalArgumentException e) {
      throw Refusals.of(label, e);
    }
  }

  @Override
  void endEncoder() throws IOException {
    encoder.end();
  }

  @Override
  StreamProgress progress(int number) {
    return new StreamProgress(StreamKind.VIDEO, number, encoder.frames(), 0, encoder.duration());
  }

  @Override
  void reportEmpty(Notes notes) {
    if (encoder.frames() == 0) {
      notes.of(label).add(EMPTY);
    }
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
        encoder.frameRate(),
        options.language(),
        options.title(),
        options.metadata(),
        options.dispositions(),
        new DisplayMatrix(options.rotation(), options.flipHorizontal(), options.flipVertical()),
        options.timecode(),
        /* mayPause= */ false);
  }

  @Override
  StreamResult result(int index, long packets, long bytes) {
    return new StreamResult(
        StreamKind.VIDEO,
        index,
        encoder.codec().name(),
        encoder.formatName(),
        encoder.format().width(),
        encoder.format().height(),
        encoder.frameRate(),
        0,
        encoder.frames(),
        0,
        packets,
        bytes,
        encoder.duration());
  }
}
