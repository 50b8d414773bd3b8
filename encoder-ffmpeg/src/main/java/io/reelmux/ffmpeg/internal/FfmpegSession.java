package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.EncodingResult;
import io.reelmux.PacketStreamInfo;
import io.reelmux.Progress;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.StreamResult;
import io.reelmux.SubtitleOptions;
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
import io.reelmux.spi.AudioInput;
import io.reelmux.spi.Destination;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.PacketWriter;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.SubtitleInput;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<SubtitleStreamInput> subtitles = new ArrayList<>();

  /** By their position among the streams of packets, which is not that in the container. */
  private final Map<Integer, PacketStreamInput> packets = new HashMap<>();

  /** All of them, in the order of the container: video, audio, subtitles. */
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
      limitTimes(streams, container, pipeline.timeBases());
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  private static void limitTimes(
      List<? extends StreamInput> streams, Container container, List<TimeBase> units) {
    for (int i = 0; i < units.size(); i++) {
      if (streams.get(i) instanceof VideoStreamInput video) {
        video.limitTimes(container, units.get(i));
      }
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
    List<GopPlan> gops = GopPlans.of(request.videos(), request.alignKeyFrames());
    for (VideoOptions options : request.videos()) {
      String label = "video " + videos.size();
      GopPlan gop = gops.get(videos.size());
      VideoStreamInput video = opener.video(label, options, gop, new Outlet(streams.size()));
      videos.add(video);
      streams.add(video);
    }
    openPackets(request, StreamKind.VIDEO, opener);
    for (AudioOptions options : request.audios()) {
      String label = "audio " + audios.size();
      AudioStreamInput audio = opener.audio(label, options, new Outlet(streams.size()));
      audios.add(audio);
      streams.add(audio);
    }
    openPackets(request, StreamKind.AUDIO, opener);
    for (SubtitleOptions options : request.subtitles()) {
      String label = "subtitle " + subtitles.size();
      SubtitleStreamInput subtitle = opener.subtitle(label, options, new Outlet(streams.size()));
      subtitles.add(subtitle);
      streams.add(subtitle);
    }
    openPackets(request, StreamKind.SUBTITLE, opener);
  }

  private void openPackets(SessionRequest request, StreamKind kind, StreamOpener opener)
      throws IOException {
    for (int i = 0; i < request.packets().size(); i++) {
      PacketStreamInfo info = request.packets().get(i);
      if (info.kind() == kind) {
        PacketStreamInput input = opener.packets("packets " + i, info, new Outlet(streams.size()));
        packets.put(i, input);
        streams.add(input);
      }
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
      List<StreamInput> streams = new ArrayList<>();
      for (VideoOptions options : videos) {
        String label = "video " + streams.size();
        streams.add(opener.video(label, options, GopPlan.of(options), StreamOutlet.NONE));
      }
      for (AudioOptions options : audios) {
        String label = "audio " + (streams.size() - videos.size());
        streams.add(opener.audio(label, options, StreamOutlet.NONE));
      }
      List<MuxStream> muxStreams = streams.stream().map(StreamInput::muxStream).toList();
      limitTimes(streams, container, log.during(() -> Muxer.check(container, muxStreams, log)));
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
