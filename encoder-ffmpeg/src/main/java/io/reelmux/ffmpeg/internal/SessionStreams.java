package io.reelmux.ffmpeg.internal;

import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.StreamProgress;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.OutputPipeline;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** The streams of a session, with their encoders. They do not change once they are open. */
final class SessionStreams {
  private final OutputContainers containers;
  private final FilterRules filters;
  private final SessionLog log;
  private final NativeScope scope;
  private final Notes notes;
  private final IntFunction<StreamOutlet> outlets;

  private final List<VideoStreamInput> videos = new ArrayList<>();
  private final List<AudioStreamInput> audios = new ArrayList<>();
  private final List<SubtitleStreamInput> subtitles = new ArrayList<>();

  /** By their position among the streams of packets, which is not that in the container. */
  private final Map<Integer, PacketStreamInput> packets = new HashMap<>();

  /** All of them, in the order of the container: video, audio, subtitles. */
  private final List<StreamInput> all = new ArrayList<>();

  private final List<StreamId> ids = new ArrayList<>();

  private SessionStreams(
      SessionRequest request,
      SessionLog log,
      NativeScope scope,
      Notes notes,
      IntFunction<StreamOutlet> outlets) {
    this.containers = new OutputContainers(request.outputs());
    this.filters = new FilterRules(request.allowFilterFiles());
    this.log = log;
    this.scope = scope;
    this.notes = notes;
    this.outlets = outlets;
  }

  /**
   * Opens the encoders.
   *
   * @param scope receives what is to be closed, also if this fails
   * @param outlets returns the way into the pipeline of a stream, by its number in the container
   * @throws IllegalArgumentException if a setting does not fit; the message names the stream
   */
  static SessionStreams open(
      SessionRequest request,
      SessionLog log,
      NativeScope scope,
      Notes notes,
      IntFunction<StreamOutlet> outlets)
      throws IOException {
    SessionStreams streams = new SessionStreams(request, log, scope, notes, outlets);
    streams.openAll(
        StreamId.Input.VIDEO, "video", request.videos(), streams.videos, SessionStreams::openVideo);
    streams.openPackets(request, StreamKind.VIDEO);
    streams.openAll(
        StreamId.Input.AUDIO, "audio", request.audios(), streams.audios, StreamOpener::audio);
    streams.openPackets(request, StreamKind.AUDIO);
    streams.openAll(
        StreamId.Input.SUBTITLES,
        "subtitle",
        request.subtitles(),
        streams.subtitles,
        StreamOpener::subtitle);
    streams.openPackets(request, StreamKind.SUBTITLE);
    return streams;
  }

  /** Opens one stream. */
  @FunctionalInterface
  private interface Opening<O, S> {
    S open(StreamOpener opener, String label, O options, StreamOutlet outlet) throws IOException;
  }

  private <O, S extends StreamInput> void openAll(
      StreamId.Input kind, String name, List<O> options, List<S> opened, Opening<O, S> opening)
      throws IOException {
    for (int i = 0; i < options.size(); i++) {
      StreamId id = new StreamId(kind, i);
      String label = name + " " + i;
      S stream = opening.open(opener(id, label), label, options.get(i), nextOutlet());
      opened.add(stream);
      add(id, stream);
    }
  }

  private static VideoStreamInput openVideo(
      StreamOpener opener, String label, VideoOptions options, StreamOutlet outlet)
      throws IOException {
    return opener.video(label, options, GopPlan.of(options), outlet);
  }

  private void openPackets(SessionRequest request, StreamKind kind) throws IOException {
    for (int i = 0; i < request.packets().size(); i++) {
      PacketStreamInfo info = request.packets().get(i);
      if (info.kind() == kind) {
        StreamId id = new StreamId(StreamId.Input.PACKETS, i);
        String label = MuxStream.COPIED + i;
        PacketStreamInput input = opener(id, label).packets(label, info, nextOutlet());
        packets.put(i, input);
        add(id, input);
      }
    }
  }

  private StreamOpener opener(StreamId id, String label) {
    return new StreamOpener(containers.of(id, label), log, scope, notes, filters);
  }

  private StreamOutlet nextOutlet() {
    return outlets.apply(all.size());
  }

  private void add(StreamId id, StreamInput stream) {
    ids.add(id);
    all.add(stream);
  }

  List<VideoStreamInput> videos() {
    return videos;
  }

  List<AudioStreamInput> audios() {
    return audios;
  }

  List<SubtitleStreamInput> subtitles() {
    return subtitles;
  }

  PacketStreamInput packets(int number) {
    return Objects.requireNonNull(packets.get(number), "packets");
  }

  /** Returns all of them, in the order of the container. */
  List<StreamInput> all() {
    return all;
  }

  /** Returns the numbers of an output's streams; empty for all. */
  Optional<List<Integer>> numbers(OutputRequest.Settings settings) {
    if (settings.only().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (StreamId id : settings.only().get()) {
      numbers.add(ids.indexOf(id));
    }
    return Optional.of(numbers);
  }

  /** Returns what was added so far: video, audio, then all others. May be called by any thread. */
  List<StreamProgress> progress() {
    List<StreamProgress> done = new ArrayList<>();
    for (VideoStreamInput video : videos) {
      done.add(video.progress(done.size()));
    }
    for (AudioStreamInput audio : audios) {
      done.add(audio.progress(done.size() - videos.size()));
    }
    for (StreamInput other : all) {
      if (other instanceof PacketStreamInput || other instanceof SubtitleStreamInput) {
        done.add(other.progress(done.size()));
      }
    }
    return done;
  }

  /** Returns streams as muxers see them. */
  static List<MuxStream> muxStreams(List<StreamInput> streams) {
    List<MuxStream> all = new ArrayList<>();
    for (StreamInput stream : streams) {
      all.add(stream.muxStream());
    }
    return all;
  }

  /**
   * Lets streams know what containers can store.
   *
   * @throws IllegalArgumentException if one cannot store a frame rate
   */
  static void limitTimes(List<StreamInput> streams, List<OutputPipeline.Limit> limits) {
    for (OutputPipeline.Limit limit : limits) {
      if (streams.get(limit.stream()) instanceof VideoStreamInput video) {
        video.limitTimes(limit.container(), limit.unit());
      }
    }
  }
}
