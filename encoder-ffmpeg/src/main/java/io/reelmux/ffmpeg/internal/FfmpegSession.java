package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioSamples;
import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import io.reelmux.StreamResult;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.choose.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.OutputPipeline;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * An open encoding. Each track is used by one thread at a time, as the caller of this class
 * promises; what follows the encoders is behind the lock of the {@link OutputPipeline}.
 */
public final class FfmpegSession implements EncodingSession {
  private final NativeScope scope = new NativeScope();
  private final SessionLog log;
  private final List<SessionStream> tracks = new ArrayList<>();

  /** For each track: whose messages its work prints, and where its packets go. */
  private final List<SessionLog.Part> parts = new ArrayList<>();

  private final List<PacketConsumer> outlets = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final OutputPipeline pipe;
  private volatile boolean cancelled;

  private FfmpegSession(SessionRequest request, SessionLog log) throws IOException {
    this.log = log;
    scope.add(log);
    try {
      @Nullable Container container = container(request);
      StreamOpener opener = new StreamOpener(container, log, scope, notes);
      tracks.addAll(opener.open(request));
      for (int i = 0; i < tracks.size(); i++) {
        int stream = i;
        parts.add(log.part(tracks.get(i).label()));
        outlets.add(packet -> emit(stream, packet));
      }
      List<MuxStream> streams = tracks.stream().map(SessionStream::muxStream).toList();
      pipe =
          scope.add(
              log.during(null, () -> OutputPipeline.prepare(container, streams, request, log)));
    } catch (IOException | RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  private static @Nullable Container container(SessionRequest request) {
    return request.destination() == null
        ? null
        : Container.choose(request.format(), request.fileName());
  }

  /**
   * Checks everything, then starts the destination.
   *
   * @throws IllegalArgumentException if a setting does not fit; nothing is left behind
   * @throws IOException if the library or the destination fails; nothing is left behind
   */
  public static FfmpegSession open(SessionRequest request) throws IOException {
    NativeLibraries.load();
    FfmpegSession session = new FfmpegSession(request, new SessionLog());
    try {
      session.log.run(null, session.pipe::start);
      return session;
    } catch (IOException | RuntimeException | Error e) {
      session.release();
      throw e;
    }
  }

  /**
   * Checks everything without a destination.
   *
   * @throws IllegalArgumentException if a setting does not fit
   */
  static void check(SessionRequest request) throws IOException {
    NativeLibraries.load();
    Container container = Container.choose(request.format(), request.fileName());
    try (NativeScope scope = new NativeScope()) {
      SessionLog log = scope.add(new SessionLog());
      StreamOpener opener = new StreamOpener(container, log, scope, new ArrayList<>());
      List<MuxStream> streams =
          opener.open(request).stream().map(SessionStream::muxStream).toList();
      log.run(null, () -> Muxer.check(container, streams, log));
    }
  }

  @Override
  public void checkFrame(int stream, VideoFrame frame) {
    tracks.get(stream).video().check(frame);
  }

  @Override
  public void addFrame(int stream, VideoFrame frame) throws IOException {
    requireRunning();
    SessionLog.Part outer = parts.get(stream).enter();
    try {
      tracks.get(stream).video().add(frame, outlets.get(stream));
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  public void checkDeviceFrames(int stream, VideoFrames frames) {
    tracks.get(stream).video().check(frames);
  }

  @Override
  public void addDeviceFrames(int stream, VideoFrames frames) throws IOException {
    requireRunning();
    SessionLog.Part outer = parts.get(stream).enter();
    try {
      tracks.get(stream).video().add(frames, outlets.get(stream));
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  public void checkSamples(int stream, AudioSamples samples) {
    tracks.get(stream).audio().check(samples);
  }

  @Override
  public void addSamples(int stream, AudioSamples samples) throws IOException {
    requireRunning();
    SessionLog.Part outer = parts.get(stream).enter();
    try {
      tracks.get(stream).audio().add(samples, outlets.get(stream));
    } finally {
      SessionLog.Part.leave(outer);
    }
  }

  @Override
  public void end(int stream) throws IOException {
    SessionStream track = tracks.get(stream);
    if (track.markEnded()) {
      drain(stream);
    }
  }

  private void drain(int stream) throws IOException {
    SessionStream track = tracks.get(stream);
    requireRunning();
    log.run(
        track.label(),
        () -> {
          track.end(outlets.get(stream));
          pipe.end(stream);
        });
  }

  @Override
  public EncodingResult finish() throws IOException {
    pipe.finishing();
    for (int stream = 0; stream < tracks.size(); stream++) {
      end(stream);
    }
    requireRunning();
    log.run(null, pipe::finish);
    return result();
  }

  private EncodingResult result() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(pipe.notes());
    List<StreamResult> results = new ArrayList<>();
    for (int stream = 0; stream < tracks.size(); stream++) {
      results.add(tracks.get(stream).result(stream, pipe.packets(stream), pipe.bytes(stream)));
    }
    return new EncodingResult(
        pipe.containerName(), results, pipe.size(), NativeLibraries.description(), all);
  }

  @Override
  public void salvage() throws IOException {
    if (pipe.resume()) {
      // the encoders are well, and what they still hold can be had
      for (int stream = 0; stream < tracks.size(); stream++) {
        drain(stream);
      }
    }
    log.run(null, pipe::salvage);
  }

  @Override
  public void cancel() {
    cancelled = true;
    pipe.cancel();
  }

  @Override
  public void release() {
    scope.close();
  }

  @Override
  public Progress progress() {
    long frames = 0;
    long samples = 0;
    for (SessionStream track : tracks) {
      frames += track.framesIn();
      samples += track.samplesIn();
    }
    return new Progress(frames, samples, pipe.size());
  }

  private void emit(int stream, AVPacket packet) throws IOException {
    requireRunning();
    pipe.add(stream, packet);
  }

  private void requireRunning() {
    if (cancelled) {
      throw new CancellationException("the encoder has been cancelled");
    }
  }
}
