package io.reelmux.ffmpeg.internal;

import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.ffmpeg.internal.audio.AudioStreamEncoder;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.video.VideoStreamEncoder;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of a session, of either kind. */
final class SessionStream {
  private final String label;
  private final @Nullable VideoStreamEncoder video;
  private final @Nullable AudioStreamEncoder audio;
  private boolean ended;

  SessionStream(String label, VideoStreamEncoder video) {
    this.label = label;
    this.video = video;
    this.audio = null;
  }

  SessionStream(String label, AudioStreamEncoder audio) {
    this.label = label;
    this.video = null;
    this.audio = audio;
  }

  String label() {
    return label;
  }

  VideoStreamEncoder video() {
    return Objects.requireNonNull(video, label);
  }

  AudioStreamEncoder audio() {
    return Objects.requireNonNull(audio, label);
  }

  /** Whether this call is the first. */
  boolean markEnded() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  void end(PacketConsumer consumer) throws IOException {
    if (video != null) {
      video.end(consumer);
    } else {
      audio().end(consumer);
    }
  }

  long framesIn() {
    return video == null ? 0 : video.frames();
  }

  long samplesIn() {
    return audio == null ? 0 : audio.samples();
  }

  MuxStream muxStream() {
    if (video != null) {
      var options = video.options();
      return new MuxStream(
          label,
          StreamKind.VIDEO,
          video.codec(),
          video.timeBase(),
          options.variableFrameRate() ? null : options.frameRate(),
          options.language(),
          options.title(),
          options.dispositions(),
          options.rotation());
    }
    var options = audio().options();
    return new MuxStream(
        label,
        StreamKind.AUDIO,
        audio().codec(),
        audio().timeBase(),
        null,
        options.language(),
        options.title(),
        options.dispositions(),
        0);
  }

  StreamResult result(int index, long packets, long bytes) {
    CodecContext codec = video != null ? video.codec() : audio().codec();
    return new StreamResult(
        video != null ? StreamKind.VIDEO : StreamKind.AUDIO,
        index,
        codec.name(),
        video != null ? video.formatName() : audio().formatName(),
        framesIn(),
        samplesIn(),
        packets,
        bytes,
        video != null ? video.duration() : audio().duration());
  }
}
