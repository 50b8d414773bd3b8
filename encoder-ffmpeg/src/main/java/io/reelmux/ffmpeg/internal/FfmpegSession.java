package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.OutputResult;
import io.reelmux.Progress;
import io.reelmux.StreamResult;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.Muxer;
import io.reelmux.ffmpeg.internal.mux.OutputPipeline;
import io.reelmux.ffmpeg.internal.mux.OutputTargets;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.internal.segment.SegmentTargets;
import io.reelmux.spi.AudioInput;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.PacketWriter;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.SubtitleInput;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

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
  private final NativeScope scope = new NativeScope();
  private final Notes notes = new Notes();
  private final SessionLog log = new SessionLog(notes);
  private final SessionStreams streams;
  private final OutputPipeline pipeline;
  private volatile boolean cancelled;

  private FfmpegSession(SessionRequest request) throws IOException {
    scope.add(log);
    try {
      streams = SessionStreams.open(request, log, scope, notes, Outlet::new);
      List<MuxStream> muxStreams = SessionStreams.muxStreams(streams.all());
      OutputTargets targets =
          new OutputTargets(
              muxStreams,
              request.metadata(),
              request.reproducible(),
              log,
              notes,
              SegmentTargets::prepare);
      List<Optional<List<Integer>>> only = new ArrayList<>();
      for (OutputRequest output : request.outputs()) {
        only.add(streams.numbers(output.settings()));
      }
      pipeline =
          scope.add(log.during(() -> OutputPipeline.prepare(muxStreams, targets, request, only)));
      SessionStreams.limitTimes(streams.all(), pipeline.limits());
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
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
    if (!request.videos().isEmpty()) {
      NativeLibraries.beginFilters();
    }
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
   * Checks everything, and starts no destination.
   *
   * @throws IllegalArgumentException if a setting does not fit
   * @throws IOException if the library fails
   */
  public static void check(SessionRequest request) throws IOException {
    NativeLibraries.load();
    new FfmpegSession(request).release();
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
      StreamOpener opener = new StreamOpener(container, log, scope, notes, new FilterRules(false));
      List<StreamInput> opened = new ArrayList<>();
      for (VideoOptions options : videos) {
        String label = "video " + opened.size();
        opened.add(opener.video(label, options, GopPlan.of(options), StreamOutlet.NONE));
      }
      for (AudioOptions options : audios) {
        String label = "audio " + (opened.size() - videos.size());
        opened.add(opener.audio(label, options, StreamOutlet.NONE));
      }
      List<MuxStream> muxStreams = SessionStreams.muxStreams(opened);
      List<TimeBase> units = log.during(() -> Muxer.check(container, muxStreams, log));
      List<OutputPipeline.Limit> limits = new ArrayList<>();
      for (int i = 0; i < units.size(); i++) {
        limits.add(new OutputPipeline.Limit(i, container, units.get(i)));
      }
      SessionStreams.limitTimes(opened, limits);
    }
  }

  @Override
  public VideoInput video(int number) {
    return streams.videos().get(number);
  }

  @Override
  public VideoInput renditions(int first, int count) {
    return new RenditionsInput(streams.videos().subList(first, first + count));
  }

  @Override
  public OutputControl output(int number) {
    return pipeline.output(number);
  }

  @Override
  public OutputControl attach(OutputRequest request) throws IOException {
    OutputControl attached = pipeline.attach(request, streams.numbers(request.settings()));
    streams.videos().forEach(VideoStreamInput::requestKeyFrame);
    return attached;
  }

  @Override
  public AudioInput audio(int number) {
    return streams.audios().get(number);
  }

  @Override
  public PacketWriter packets(int number) {
    return streams.packets(number);
  }

  @Override
  public SubtitleInput subtitle(int number) {
    return streams.subtitles().get(number);
  }

  @Override
  public EncodingResult finish() throws IOException {
    try {
      complete();
    } catch (EncoderException e) {
      boolean nothing =
          progress().streams().stream().allMatch(stream -> stream.position().isZero());
      throw nothing ? nothingAdded(e) : e;
    }
    return result();
  }

  private void complete() throws IOException {
    pipeline.finishing();
    for (StreamInput stream : streams.all()) {
      stream.end();
    }
    requireRunning();
    streams.all().forEach(stream -> stream.reportEmpty(notes));
    log.run(pipeline::finish);
  }

  /** Most containers can be empty; the encoders and muxers of the others fail obscurely. */
  private EncoderException nothingAdded(EncoderException cause) {
    return new EncoderException(
        "complete the file",
        cause.stream().orElse(null),
        cause.errorCode(),
        "nothing was added to any stream, and "
            + pipeline.containerName()
            + " cannot be empty: add a frame, or cancel()",
        cause.logLines(),
        cause);
  }

  private EncodingResult result() {
    List<OutputResult> outputs = pipeline.results();
    List<StreamResult> results = new ArrayList<>();
    for (int i = 0; i < streams.all().size(); i++) {
      results.add(streams.all().get(i).result(i, pipeline.packets(i), pipeline.bytes(i)));
    }
    return new EncodingResult(
        pipeline.containerName(),
        results,
        pipeline.size(),
        NativeLibraries.description(),
        notes.list(),
        outputs);
  }

  @Override
  public void salvage() throws IOException {
    if (pipeline.resume()) {
      // the encoders still work, and hold frames that can be written
      for (StreamInput stream : streams.all()) {
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
      System.getLogger("io.reelmux")
          .log(System.Logger.Level.WARNING, "could not free all memory of an encoder", e);
    }
  }

  @Override
  public Progress progress() {
    return new Progress(streams.progress(), pipeline.size());
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
