package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_demuxer_iterate;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.av_find_input_format;

import io.reelmux.ffmpeg.internal.av.Av;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** All that is known of demuxers: which may be used, and how they seek. */
final class Demuxers {

  /**
   * Demuxers that open other files, or connect to other hosts, because the file says so. A file
   * from a stranger must not be able to.
   */
  private static final Set<String> OPENING =
      Set.of(
          "concat",
          "concatf",
          "hls",
          "applehttp",
          "dash",
          "webm_dash_manifest",
          "sdp",
          "rtsp",
          "rtp",
          "sap",
          "imf",
          "image2",
          "avisynth",
          "vapoursynth");

  /**
   * Extensions by which image2 claims what is not recognized by its content; images are recognized
   * by theirs.
   */
  private static final Set<String> IMAGES =
      Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp", "tga", "jp2", "jxl", "exr", "dpx");

  /** Options that would undo what a reader guarantees, and the setting to use instead. */
  static final Map<String, String> OWNED =
      Map.of(
          "protocol_whitelist", "MediaReader.openUrl",
          "protocol_blacklist", "MediaReader.openUrl",
          "format_whitelist", "MediaReader.Builder.format",
          "codec_whitelist", "nothing: all decoders are allowed",
          "probesize", "Limits.maxProbe",
          "formatprobesize", "Limits.maxProbe",
          "max_streams", "Limits.maxStreams",
          "enable_drefs", "nothing: files do not open other files",
          "use_absolute_path", "nothing: files do not open other files");

  /** The name of the demuxer of MP4 and MOV. */
  static final String MOV = "mov,mp4,m4a,3gp,3g2,mj2";

  /** Their headers state durations of streams, or of the file. */
  private static final Set<String> STATING_DURATION =
      Set.of(MOV, "matroska,webm", "avi", "flv", "flac");

  /** What they state of a file depends on its size. */
  private static final Set<String> NEEDING_SIZE = Set.of("mp3");

  /** Their seeks land on decoding times. */
  private static final Set<String> BY_DTS = Set.of("mpegts", "mpeg", "avi");

  private Demuxers() {}

  /** The names of the demuxers that a file may be recognized as, in FFmpeg's syntax of a list. */
  static String allowed() {
    List<String> names = new ArrayList<>();
    try (Pointer state = new Pointer()) {
      AVInputFormat next;
      while ((next = av_demuxer_iterate(state)) != null && !next.isNull()) {
        String name = Av.string(next.name());
        if (isAllowed(name)) {
          names.add(name);
        }
      }
    }
    return String.join(",", names);
  }

  private static boolean isAllowed(String name) {
    return Arrays.stream(name.split(",", -1)).noneMatch(OPENING::contains);
  }

  /**
   * Returns a demuxer by name.
   *
   * @throws IllegalArgumentException if it does not exist, or opens other files
   */
  static AVInputFormat named(String name) {
    @Nullable AVInputFormat found = av_find_input_format(name);
    if (found == null || found.isNull()) {
      throw new IllegalArgumentException(
          "unknown format '" + name + "': name a demuxer of FFmpeg, such as mov, matroska or h264");
    }
    if (!isAllowed(Av.string(found.name()))) {
      throw new IllegalArgumentException(
          "format '"
              + name
              + "' opens other files or connections: read those by MediaReader.openUrl");
    }
    return found;
  }

  /** Whether an extension makes FFmpeg take a file for the first of a sequence of images. */
  static boolean isOfImage(String extension) {
    return IMAGES.contains(extension.toLowerCase(Locale.ROOT));
  }

  /** Whether a duration is what a header states, rather than an estimate from the file's size. */
  static boolean statesDuration(String container) {
    return STATING_DURATION.contains(container);
  }

  /** Whether durations and padding are known only if the size of the file is. */
  static boolean needsSize(String container) {
    return NEEDING_SIZE.contains(container);
  }

  static SeekBy seekBy(String container, boolean raw) {
    if (raw) {
      return SeekBy.BYTE;
    }
    return BY_DTS.contains(container) ? SeekBy.DTS : SeekBy.PTS;
  }
}
