package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import io.reelmux.StreamResult;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.OutputPipeline;
import io.reelmux.spi.AudioInput;
import io.reelmux.spi.Destination;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * An open encoding: the streams with their encoders, and the pipeline that all their packets pass.
 *
 * <p><b>Lifetime.</b> {@link #open} loads the native libraries, opens the encoders, writes the
 * header into memory and starts the destination; if it fails, nothing is left behind. {@link
 * #finish} ends all streams and completes the container. After a failure {@link #salvage} may still
 * complete it. {@link #release} frees everything in reverse order.
 *
 * <p><b>Locks.</b> The session has none. As the caller guarantees, one thread at a time uses a
 * stream, and no stream is in use during {@link #finish}, {@link #salvage} and {@link #release}.
 * Streams share the {@link OutputPipeline}, which has a lock, and the flag that {@link #cancel}
 * sets. {@link #cancel} and {@link #progress} may be called from any thread, even after {@link
 * #release}.
 */
public final class FfmpegSession implements EncodingSession {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");

  private final NativeScope scope = new NativeScope();
  private final List<VideoStreamInput> videos = new ArrayList<>();
  private final List<AudioStreamInput> audios = new ArrayList<>();

  /** All of them, in the order of the container: video first. */
  private final List<StreamInput> streams = new ArrayList<>();

  private final Notes notes = new Notes();
  private final SessionLog log = new SessionLog(notes);
  private final @Nullable Destination destination;
  private final OutputPipeline pipeline;
  private volatile boolean cancelled;

  private FfmpegSession(SessionRequest request) throws IOException {
    this.destination = request.destination();
    scope.add(log);
    try {
      Container container = container(request);
      openStreams(request, new StreamOpener(container, log, scope, notes));
      List<MuxStream> muxStreams = streams.stream().map(StreamInput::muxStream).toList();
      pipeline =
          scope.add(
              log.during(() -> OutputPipeline.prepare(container, muxStreams, request, log, notes)));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static Container container(SessionRequest request) {
    if (request.destination() == null) {
      return Container.PACKETS_ONLY;
    }
    String format = request.format();
    return format != null
        ? Container.named(format)
        : Container.ofFile(Objects.requireNonNullElse(request.fileName(), ""));
  }

  private void openStreams(SessionRequest request, StreamOpener opener) throws IOException {
    for (VideoOptions options : request.videos()) {
      String label = "video " + videos.size();
      VideoStreamInput video = opener.video(label, options, new Outlet(streams.size()));
      videos.add(video);
      streams.add(video);
    }
    for (AudioOptions options : request.audios()) {
      String label = "audio " + audios.size();
      AudioStreamInput audio = opener.audio(label, options, new Outlet(streams.size()));
      audios.add(audio);
      streams.add(audio);
    }
  }

  /**
   * Checks everything, then starts the destination.
   *
   * @throws IllegalArgumentException if a setting does not fit; nothing is left behind
   * @throws IOException if the library or the destination fails; nothing is left behind
   */
  public static FfmpegSession open(SessionRequest request) throws IOException {
    NativeLibraries.load();
    FfmpegSession session = new FfmpegSession(request);
    try {
      session.log.run(session.pipeline::start);
      return session;
    } catch (IOException | RuntimeException | Error e) {
      session.release();
      throw e;
    }
  }

  /**
   * Opens the encoders and asks the container whether it supports them, without a destination.
   *
   * @throws IllegalArgumentException if a setting does not fit
   * @throws IOException if the library fails
   */
  static void check(List<VideoOptions> videos, List<AudioOptions> audios, String format)
      throws IOException {
    NativeLibraries.load();
    Container container = Container.named(format);
    try (NativeScope scope = new NativeScope()) {
      Notes notes = new Notes();
      SessionLog log = scope.add(new SessionLog(notes));
      StreamOpener opener = new StreamOpener(container, log, scope, notes);
      List<MuxStream> streams = new ArrayList<>();
      for (VideoOptions options : videos) {
        String label = "video " + streams.size();
        streams.add(opener.video(label, options, StreamOutlet.NONE).muxStream());
      }
      for (AudioOptions options : audios) {
        String label = "audio " + (streams.size() - videos.size());
        streams.add(opener.audio(label, options, StreamOutlet.NONE).muxStream());
      }
      log.run(() -> Muxer.check(container, streams, log));
    }
  }

  @Override
  public VideoInput video(int number) {
    return videos.get(number);
  }

  @Override
  public AudioInput audio(int number) {
    return audios.get(number);
  }

  @Override
  public EncodingResult finish() throws IOException {
    pipeline.finishing();
    for (StreamInput stream : streams) {
      stream.end();
    }
    requireRunning();
    log.run(pipeline::finish);
    return result();
  }

  private EncodingResult result() {
    if (destination != null) {
      destination.notes().forEach(notes::add);
    }
    List<StreamResult> results = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      results.add(streams.get(i).result(i, pipeline.packets(i), pipeline.bytes(i)));
    }
    return new EncodingResult(
        pipeline.containerName(),
        results,
        pipeline.size(),
        NativeLibraries.description(),
        notes.list());
  }

  @Override
  public void salvage() throws IOException {
    if (pipeline.resume()) {
      // the encoders still work, and hold frames that can be written
      for (StreamInput stream : streams) {
        stream.drain();
      }
    }
    log.run(pipeline::salvage);
  }

  @Override
  public void cancel() {
    cancelled = true;
    pipeline.cancel();
  }

  @Override
  public void release() {
    try {
      scope.close();
    } catch (RuntimeException | Error e) {
      // every owner has been closed or has tried; the caller can do no more
      LOGGER.log(System.Logger.Level.WARNING, "could not free all memory of an encoder", e);
    }
  }

  @Override
  public Progress progress() {
    long frames = videos.stream().mapToLong(VideoStreamInput::frames).sum();
    long samples = audios.stream().mapToLong(AudioStreamInput::samples).sum();
    return new Progress(frames, samples, pipeline.size());
  }

  private void requireRunning() {
    if (cancelled) {
      throw new CancellationException("the encoder has been canceled");
    }
  }

  /** A stream's way into the pipeline. */
  private final class Outlet implements StreamOutlet {
    private final int stream;

    Outlet(int stream) {
      this.stream = stream;
    }

    @Override
    public void requireRunning() {
      FfmpegSession.this.requireRunning();
    }

    @Override
    public void accept(AVPacket packet) throws IOException {
      requireRunning();
      pipeline.add(stream, packet);
    }

    @Override
    public void end() throws IOException {
      pipeline.end(stream);
    }
  }
}
