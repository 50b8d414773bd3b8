package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.audio.AudioStreamEncoder;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.video.VideoDevice;
import io.reelmux.ffmpeg.internal.video.VideoDevices;
import io.reelmux.ffmpeg.internal.video.VideoStreamEncoder;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens the encoders of all streams. */
final class StreamOpener {
  private final Container container;
  private final SessionLog log;
  private final NativeScope scope;
  private final List<String> notes;

  StreamOpener(Container container, SessionLog log, NativeScope scope, List<String> notes) {
    this.container = container;
    this.log = log;
    this.scope = scope;
    this.notes = notes;
  }

  /** All tracks in the order of the container: video first. */
  List<SessionStream> open(SessionRequest request) throws IOException {
    List<SessionStream> tracks = new ArrayList<>();
    for (VideoOptions options : request.videos()) {
      String label = "video " + tracks.size();
      tracks.add(labelled(label, () -> video(label, options)));
    }
    int audios = 0;
    for (AudioOptions options : request.audios()) {
      String label = "audio " + audios++;
      tracks.add(labelled(label, () -> audio(label, options)));
    }
    return tracks;
  }

  /** Says in a refusal which stream it is about. */
  private SessionStream labelled(String label, SessionLog.Work<SessionStream, IOException> open)
      throws IOException {
    try {
      return log.during(label, open);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(label + ": " + e.getMessage(), e);
    }
  }

  private SessionStream video(String label, VideoOptions options) throws IOException {
    VideoStreamEncoder track =
        options.device().isCuda() ? onDevice(label, options) : onCpu(options);
    log.own(track.codec().struct(), label);
    return new SessionStream(label, track);
  }

  private VideoStreamEncoder onCpu(VideoOptions options) throws IOException {
    return scope.add(
        VideoStreamEncoder.open(
            Codecs.choose(StreamKind.VIDEO, options.codec(), container), options, container));
  }

  private VideoStreamEncoder onDevice(String label, VideoOptions options) throws IOException {
    try {
      VideoDevice video = VideoDevices.of(options.device());
      return scope.add(VideoStreamEncoder.open(video.open(options, container), options, container));
    } catch (EncoderException e) {
      if (!options.fallbackToCpu()) {
        throw e;
      }
      CpuFallback fallback = CpuFallback.of(options);
      VideoStreamEncoder track = onCpu(fallback.options());
      notes.add(fallback.note(label, track.codec().name(), e));
      return track;
    }
  }

  private SessionStream audio(String label, AudioOptions options) throws IOException {
    AudioStreamEncoder track =
        scope.add(
            AudioStreamEncoder.open(
                Codecs.choose(StreamKind.AUDIO, options.codec(), container), options, container));
    log.own(track.codec().struct(), label);
    int rate = track.codec().struct().sample_rate();
    if (rate != options.outputSampleRate().orElse(options.sampleRate())) {
      notes.add(
          "%s: %d Hz was resampled to %d Hz, the nearest rate that %s has"
              .formatted(label, options.sampleRate(), rate, track.codec().name()));
    }
    return new SessionStream(label, track);
  }
}
