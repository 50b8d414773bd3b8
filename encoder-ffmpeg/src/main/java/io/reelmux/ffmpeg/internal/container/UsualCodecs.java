package io.reelmux.ffmpeg.internal.container;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_codec_get_tag;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avcodec.FF_COMPLIANCE_NORMAL;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** The codecs of a container that users ask for, for messages. */
public final class UsualCodecs {

  private static final List<String> TEXT = List.of("subrip", "webvtt", "ass", "mov_text");

  /** Codecs that users ask for, most usual first. */
  private static final List<String> VIDEO =
      List.of(
          "h264",
          "hevc",
          "av1",
          "vp9",
          "vp8",
          "mpeg4",
          "mpeg2video",
          "mjpeg",
          "prores",
          "ffv1",
          "gif");

  private static final List<String> AUDIO =
      List.of("aac", "mp3", "opus", "vorbis", "flac", "alac", "ac3", "eac3", "mp2", "pcm_s16le");

  private UsualCodecs() {}

  /**
   * Returns the default codec and other usual ones that a container is known to hold; there may be
   * more. Empty if it is known to hold none of them.
   */
  public static List<String> of(Container container, StreamKind kind) {
    if (!container.holdsAny(kind)) {
      return List.of();
    }
    Set<String> codecs = new LinkedHashSet<>();
    List<String> usual =
        switch (kind) {
          case VIDEO -> {
            codecs.add(Av.string(avcodec_get_name(container.videoCodecs().get(0))));
            yield VIDEO;
          }
          case AUDIO -> {
            codecs.add(Av.string(avcodec_get_name(container.audioCodec())));
            yield AUDIO;
          }
          case SUBTITLE -> TEXT;
        };
    usual.stream().filter(codec -> isHeld(container, codec)).forEach(codecs::add);
    return List.copyOf(codecs);
  }

  private static boolean isHeld(Container container, String name) {
    AVCodecDescriptor codec = avcodec_descriptor_get_by_name(name);
    if (codec == null || codec.isNull() || container.garbles(name)) {
      return false;
    }
    boolean tagged =
        !container.needsTags()
            || codec.type() != AVMEDIA_TYPE_VIDEO
            || av_codec_get_tag(container.format().codec_tag(), codec.id()) != 0;
    return tagged
        && avformat_query_codec(container.format(), codec.id(), FF_COMPLIANCE_NORMAL) == 1;
  }
}
