package io.reelmux.reader.ffmpeg.internal;

import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.ffmpeg.internal.audio.FfmpegAudioDecoder;
import io.reelmux.reader.ffmpeg.internal.decode.FfmpegVideoDecoder;
import io.reelmux.reader.ffmpeg.internal.demux.Failures;
import io.reelmux.reader.ffmpeg.internal.demux.FfmpegPacketDemuxer;
import io.reelmux.reader.ffmpeg.internal.demux.MediaFile;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import io.reelmux.reader.spi.AudioDecoder;
import io.reelmux.reader.spi.MediaSession;
import io.reelmux.reader.spi.OpenRequest;
import io.reelmux.reader.spi.PacketDemuxer;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;

/** An open file. */
public final class FfmpegMediaSession implements MediaSession {
  private final Cancellation cancellation;
  private final SessionLog log;
  private final MediaFile file;
  private final NativeScope owners;

  private FfmpegMediaSession(
      Cancellation cancellation, SessionLog log, MediaFile file, NativeScope owners) {
    this.cancellation = cancellation;
    this.log = log;
    this.file = file;
    this.owners = owners;
  }

  /**
   * Opens a file and reads its headers.
   *
   * @throws IllegalArgumentException if a setting is not supported
   * @throws IOException if the library or the source fails
   */
  public static FfmpegMediaSession open(OpenRequest request) throws IOException {
    Failures.converted(
        () -> {
          NativeLibraries.load();
          return true;
        });
    Cancellation cancellation = new Cancellation(request.check());
    NativeScope owners = new NativeScope();
    SessionLog log = owners.add(new SessionLog(new Notes()));
    try {
      MediaFile file =
          owners.add(Failures.during(log, () -> MediaFile.open(request, cancellation, log)));
      return new FfmpegMediaSession(cancellation, log, file, owners);
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, owners);
      throw e;
    }
  }

  @Override
  public MediaInfo info() {
    return file.info();
  }

  @Override
  public VideoDecoder video(int stream, VideoOutput output) throws IOException {
    VideoInfo info = (VideoInfo) file.info().streams().get(stream);
    return FfmpegVideoDecoder.open(file, info, output);
  }

  @Override
  public AudioDecoder audio(int stream, AudioOutput output) throws IOException {
    AudioInfo info = (AudioInfo) file.info().streams().get(stream);
    return FfmpegAudioDecoder.open(file, info, output);
  }

  @Override
  public PacketDemuxer packets(int... streams) throws IOException {
    return FfmpegPacketDemuxer.open(file, streams);
  }

  @Override
  public void cancel() {
    cancellation.cancel();
  }

  @Override
  public void release() {
    owners.close();
  }
}
