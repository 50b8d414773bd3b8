package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.OutputResult;
import io.reelmux.PacketStreamInfo;
import io.reelmux.Progress;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
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
import io.reelmux.spi.StreamId;
import io.reelmux.spi.SubtitleInput;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final List<VideoStreamInput> videos = new ArrayList<>();
  private final List<AudioStreamInput> audios = new ArrayList<>();
  private final List<SubtitleStreamInput> subtitles = new ArrayList<>();

  /** By their position among the streams of packets, which is not that in the container. */
  private final Map<Integer, PacketStreamInput> packets = new HashMap<>();

  /** All of them, in the order of the container: video, audio, subtitles. */
  private final List<StreamInput> streams = new ArrayList<>();

  private final List<StreamId> ids = new ArrayList<>();

  private final Notes notes = new Notes();
  private final SessionLog log = new SessionLog(notes);
  private final OutputPipeline pipeline;
  private volatile boolean cancelled;

  private FfmpegSession(SessionRequest request) throws IOException {
    scope.add(log);
    try {
      openStreams(request);
      List<MuxStream> muxStreams = muxStreams(streams);
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
        only.add(numbers(output.settings()));
      }
      pipeline =
          scope.add(log.during(() -> OutputPipeline.prepare(muxStreams, targets, request, only)));
      limitTimes(streams, pipeline.limits());
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static List<MuxStream> muxStreams(List<StreamInput> streams) {
    List<MuxStream> all = new ArrayList<>();
    for (StreamInput stream : streams) {
      all.add(stream.muxStream());
    }
    return all;
  }

  private static void limitTimes(
      List<? extends StreamInput> streams, List<OutputPipeline.Limit> limits) {
    for (OutputPipeline.Limit limit : limits) {
      if (streams.get(limit.stream()) instanceof VideoStreamInput video) {
        video.limitTimes(limit.container(), limit.unit());
      }
    }
  }

  private void openStreams(SessionRequest request) throws IOException {
    OutputContainers containers = new OutputContainers(request.outputs());
    FilterRules filters = new FilterRules(request.allowFilterFiles());
    for (int i = 0; i < request.videos().size(); i++) {
      VideoOptions options = request.videos().get(i);
      StreamId id = new StreamId(StreamId.Input.VIDEO, i);
      String label = "video " + i;
      StreamOpener opener = opener(containers.of(id, label), filters);
      VideoStreamInput video =
          opener.video(label, options, GopPlan.of(options), new Outlet(streams.size()));
      videos.add(video);
      add(id, video);
    }
    openPackets(request, StreamKind.VIDEO, containers, filters);
    for (int i = 0; i < request.audios().size(); i++) {
      StreamId id = new StreamId(StreamId.Input.AUDIO, i);
      String label = "audio " + i;
      StreamOpener opener = opener(containers.of(id, label), filters);
      AudioStreamInput audio =
          opener.audio(label, request.audios().get(i), new Outlet(streams.size()));
      audios.add(audio);
      add(id, audio);
    }
    openPackets(request, StreamKind.AUDIO, containers, filters);
    for (int i = 0; i < request.subtitles().size(); i++) {
      StreamId id = new StreamId(StreamId.Input.SUBTITLES, i);
      String label = "subtitle " + i;
      StreamOpener opener = opener(containers.of(id, label), filters);
      SubtitleStreamInput subtitle =
          opener.subtitle(label, request.subtitles().get(i), new Outlet(streams.size()));
      subtitles.add(subtitle);
      add(id, subtitle);
    }
    openPackets(request, StreamKind.SUBTITLE, containers, filters);
  }

  private void openPackets(
      SessionRequest request, StreamKind kind, OutputContainers containers, FilterRules filters)
      throws IOException {
    for (int i = 0; i < request.packets().size(); i++) {
      PacketStreamInfo info = request.packets().get(i);
      if (info.kind() == kind) {
        StreamId id = new StreamId(StreamId.Input.PACKETS, i);
        String label = "packets " + i;
        PacketStreamInput input =
            opener(containers.of(id, label), filters)
                .packets(label, info, new Outlet(streams.size()));
        packets.put(i, input);
        add(id, input);
      }
    }
  }

  private StreamOpener opener(Container container, FilterRules filters) {
    return new StreamOpener(container, log, scope, notes, filters);
  }

  private void add(StreamId id, StreamInput stream) {
    ids.add(id);
    streams.add(stream);
  }

  /** Returns the numbers of an output's streams; empty for all. */
  private Optional<List<Integer>> numbers(OutputRequest.Settings settings) {
    if (settings.only().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (StreamId id : settings.only().get()) {
      numbers.add(ids.indexOf(id));
    }
    return Optional.of(numbers);
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
      List<StreamInput> streams = new ArrayList<>();
      for (VideoOptions options : videos) {
        String label = "video " + streams.size();
        streams.add(opener.video(label, options, GopPlan.of(options), StreamOutlet.NONE));
      }
      for (AudioOptions options : audios) {
        String label = "audio " + (streams.size() - videos.size());
        streams.add(opener.audio(label, options, StreamOutlet.NONE));
      }
      List<MuxStream> muxStreams = muxStreams(streams);
      List<TimeBase> units = log.during(() -> Muxer.check(container, muxStreams, log));
      List<OutputPipeline.Limit> limits = new ArrayList<>();
      for (int i = 0; i < units.size(); i++) {
        limits.add(new OutputPipeline.Limit(i, container, units.get(i)));
      }
      limitTimes(streams, limits);
    }
  }

  @Override
  public VideoInput video(int number) {
    return videos.get(number);
  }

  @Override
  public VideoInput renditions(int first, int count) {
    return new RenditionsInput(videos.subList(first, first + count));
  }

  @Override
  public OutputControl output(int number) {
    return pipeline.output(number);
  }

  @Override
  public OutputControl attach(OutputRequest request) throws IOException {
    OutputControl attached = pipeline.attach(request, numbers(request.settings()));
    videos.forEach(VideoStreamInput::requestKeyFrame);
    return attached;
  }

  @Override
  public AudioInput audio(int number) {
    return audios.get(number);
  }

  @Override
  public PacketWriter packets(int number) {
    return Objects.requireNonNull(packets.get(number), "packets");
  }

  @Override
  public SubtitleInput subtitle(int number) {
    return subtitles.get(number);
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
    for (StreamInput stream : streams) {
      stream.end();
    }
    requireRunning();
    streams.forEach(stream -> stream.reportEmpty(notes));
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
    for (int i = 0; i < streams.size(); i++) {
      results.add(streams.get(i).result(i, pipeline.packets(i), pipeline.bytes(i)));
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
      System.getLogger("io.reelmux")
          .log(System.Logger.Level.WARNING, "could not free all memory of an encoder", e);
    }
  }

  @Override
  public Progress progress() {
    List<StreamProgress> done = new ArrayList<>();
    for (VideoStreamInput video : videos) {
      done.add(video.progress(done.size()));
    }
    for (AudioStreamInput audio : audios) {
      done.add(audio.progress(done.size() - videos.size()));
    }
    for (StreamInput other : streams) {
      if (other instanceof PacketStreamInput || other instanceof SubtitleStreamInput) {
        done.add(other.progress(done.size()));
      }
    }
    return new Progress(done, pipeline.size());
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
