package io.reelmux.ffmpeg.internal;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderException;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SideDataType;
import io.reelmux.StreamKind;
import io.reelmux.SubtitleOptions;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.audio.AudioStreamEncoder;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.Refusals;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.FilterRules;
import io.reelmux.ffmpeg.internal.packet.PacketCopier;
import io.reelmux.ffmpeg.internal.subtitle.CueWriter;
import io.reelmux.ffmpeg.internal.video.CpuStream;
import io.reelmux.ffmpeg.internal.video.VideoDevices;
import io.reelmux.ffmpeg.internal.video.VideoStreamEncoder;
import io.reelmux.ffmpeg.spi.DeviceStream;
import io.reelmux.spi.Orientation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Opens the encoders of the streams. */
final class StreamOpener {
  private final Container container;
  private final SessionLog log;
  private final NativeScope scope;
  private final Notes notes;
  private final FilterRules filters;

  StreamOpener(
      Container container, SessionLog log, NativeScope scope, Notes notes, FilterRules filters) {
    this.filters = filters;
    this.container = container;
    this.log = log;
    this.scope = scope;
    this.notes = notes;
  }

  /** Opens a video stream; a refusal names it by the label. */
  VideoStreamInput video(String label, VideoOptions options, GopPlan gop, StreamOutlet outlet)
      throws IOException {
    VideoStreamEncoder encoder =
        labeled(
            label,
            () ->
                options.device().isCuda()
                    ? onDevice(label, options, gop, outlet)
                    : onCpu(label, options, gop, outlet));
    log.own(encoder.codec().struct(), label);
    return new VideoStreamInput(
        label, encoder, parameters(encoder.codec()), log.part(label), outlet);
  }

  /** Opens an audio stream; a refusal names it by the label. */
  AudioStreamInput audio(String label, AudioOptions options, StreamOutlet outlet)
      throws IOException {
    AudioStreamEncoder encoder =
        labeled(
            label,
            () ->
                scope.add(
                    AudioStreamEncoder.open(
                        Codecs.choose(StreamKind.AUDIO, options, container),
                        options,
                        container,
                        outlet,
                        notes.of(label),
                        filters)));
    log.own(encoder.codec().struct(), label);
    return new AudioStreamInput(
        label, encoder, parameters(encoder.codec()), log.part(label), outlet);
  }

  /** Prepares a stream of packets; a refusal names it by the label. */
  PacketStreamInput packets(String label, PacketStreamInfo info, StreamOutlet outlet)
      throws IOException {
    PacketCopier copier =
        labeled(label, () -> scope.add(PacketCopier.open(info, container, outlet)));
    for (Container member : container.members()) {
      member
          .noteEdges(info.codec(), info.initialPadding(), /* padding= */ 0)
          .ifPresent(notes.of(label).in(member.output())::add);
      if (isTurned(info) && !member.keeps(VideoTag.DISPLAY_MATRIX)) {
        notes
            .of(label)
            .in(member.output())
            .add(
                member
                    + " cannot store "
                    + VideoTag.DISPLAY_MATRIX.words()
                    + " that players apply; players do not learn it");
      }
    }
    return new PacketStreamInput(label, copier, log.part(label), outlet);
  }

  private static boolean isTurned(PacketStreamInfo info) {
    ByteBuffer matrix = info.sideData().get(SideDataType.DISPLAYMATRIX);
    if (matrix == null) {
      return false;
    }
    byte[] bytes = new byte[matrix.remaining()];
    matrix.get(bytes);
    return !Orientation.of(bytes).equals(Orientation.UPRIGHT);
  }

  /** Prepares a subtitle stream; a refusal names it by the label. */
  SubtitleStreamInput subtitle(String label, SubtitleOptions options, StreamOutlet outlet)
      throws IOException {
    CueWriter writer =
        labeled(
            label, () -> scope.add(CueWriter.open(options, container, outlet, notes.of(label))));
    return new SubtitleStreamInput(label, writer, log.part(label), outlet);
  }

  private StreamParameters parameters(CodecContext codec) throws EncoderException {
    return scope.add(StreamParameters.of(codec));
  }

  private <T> T labeled(String label, ThrowingSupplier<T, IOException> open) throws IOException {
    try {
      return log.during(label, open);
    } catch (IllegalArgumentException e) {
      throw Refusals.of(label, e);
    }
  }

  private VideoStreamEncoder onCpu(
      String label, VideoOptions options, GopPlan gop, StreamOutlet outlet) throws IOException {
    CpuStream cpu =
        new CpuStream(Codecs.choose(StreamKind.VIDEO, options, container), options, container);
    return scope.add(
        VideoStreamEncoder.open(cpu, options, gop, container, outlet, notes.of(label), filters));
  }

  private VideoStreamEncoder onDevice(
      String label, VideoOptions options, GopPlan gop, StreamOutlet outlet) throws IOException {
    Optional<String> missing = VideoDevices.missingReason(options.device());
    if (missing.isPresent() && options.fallbackToCpu()) {
      return fallBack(label, options, gop, outlet, missing.get());
    }
    List<String> before = notes.list();
    try {
      DeviceStream device = VideoDevices.of(options.device()).open(options, container);
      return scope.add(
          VideoStreamEncoder.open(
              device, options, gop, container, outlet, notes.of(label), filters));
    } catch (EncoderException e) {
      if (!options.fallbackToCpu()) {
        throw e;
      }
      // the note on the fallback says why
      notes.keep(before);
      return fallBack(label, options, gop, outlet, e.errorText());
    }
  }

  private VideoStreamEncoder fallBack(
      String label, VideoOptions options, GopPlan gop, StreamOutlet outlet, String reason)
      throws IOException {
    CpuFallback fallback = CpuFallback.of(options);
    VideoStreamEncoder encoder = onCpu(label, fallback.options(), gop, outlet);
    notes.of(label).add(fallback.note(encoder.codec().name(), reason));
    return encoder;
  }
}
