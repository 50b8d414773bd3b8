package io.reelmux.ffmpeg.internal.container;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_VARIABLE_FPS;
import static org.bytedeco.ffmpeg.global.avformat.av_codec_get_tag;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.av_muxer_iterate;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A muxer, chosen by name or by a file's extension. */
public final class Container {

  /** Common names of muxers that have another name in FFmpeg. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("mkv", "matroska"),
          Map.entry("mka", "matroska"),
          Map.entry("ts", "mpegts"),
          Map.entry("m2ts", "mpegts"),
          Map.entry("mts", "mpegts"),
          Map.entry("m4a", "ipod"),
          Map.entry("m4v", "mp4"),
          Map.entry("quicktime", "mov"),
          Map.entry("mpg", "mpeg"),
          Map.entry("aac", "adts"),
          Map.entry("264", "h264"),
          Map.entry("265", "hevc"),
          Map.entry("h265", "hevc"),
          Map.entry("oga", "ogg"),
          Map.entry("aif", "aiff"));

  /** Display names of muxers whose FFmpeg name is obscure. */
  private static final Map<String, String> COMMON_NAMES = Map.of("ipod", "m4a");

  /** Muxers that open files or connections of their own in addition to their destination. */
  private static final Set<String> OPENS_OTHERS =
      Set.of(
          "hls",
          "dash",
          "segment",
          "stream_segment",
          "ssegment",
          "tee",
          "fifo",
          "hds",
          "smoothstreaming",
          "webm_chunk",
          "webm_dash_manifest",
          "image2",
          "image2pipe",
          "rtp",
          "rtp_mpegts",
          "rtsp",
          "sap",
          "whip",
          "mpjpeg",
          "chromaprint");

  /** The MP4 family: one muxer with several names. */
  private static final Set<String> MOV_FAMILY =
      Set.of("mp4", "mov", "ipod", "3gp", "3g2", "psp", "f4v");

  /** Output of these is wrong or unreadable without seeking, and FFmpeg does not report it. */
  private static final Set<String> MUST_SEEK = Set.of("avi", "aiff", "w64", "ivf", "caf");

  /** What is missing from the output of these without seeking. */
  private static final Map<String, String> WITHOUT_SEEK =
      Map.of(
          "matroska", "it has no duration and no index",
          "webm", "it has no duration and no index",
          "flv", "it has no duration",
          "flac", "its header does not state the number of samples",
          "mp3", "its header does not state the duration",
          "wav", "its header does not state the length");

  /** The only images that these can hold are cover art. */
  private static final Set<String> AUDIO_ONLY = Set.of("mp3", "flac", "aiff", "tta", "wav");

  private static final Set<String> PROGRAM_STREAM =
      Set.of(
          "mpeg1video",
          "mpeg2video",
          "mpeg4",
          "h264",
          "hevc",
          "mp1",
          "mp2",
          "mp3",
          "ac3",
          "dts",
          "pcm_s16be",
          "pcm_dvd");

  /** Muxers that accept any codec but write all except these as data that no player can read. */
  private static final Map<String, Set<String>> HOLDS_ONLY =
      Map.of(
          "mpegts",
          Set.of(
              "mpeg1video",
              "mpeg2video",
              "mpeg4",
              "h264",
              "hevc",
              "vvc",
              "cavs",
              "dirac",
              "vc1",
              "jpeg2000",
              "mp1",
              "mp2",
              "mp3",
              "aac",
              "aac_latm",
              "ac3",
              "eac3",
              "dts",
              "truehd",
              "opus",
              "s302m"),
          "mpeg",
          PROGRAM_STREAM,
          "vob",
          PROGRAM_STREAM,
          "dvd",
          PROGRAM_STREAM,
          "svcd",
          PROGRAM_STREAM,
          "vcd",
          PROGRAM_STREAM);

  private final AVOutputFormat format;
  private final String name;

  private Container(AVOutputFormat format) {
    this.format = format;
    this.name = Av.string(format.name());
  }

  /**
   * Returns the container with a name, or otherwise the one of a file's extension.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be written through a
   *     destination
   */
  public static Container choose(@Nullable String format, @Nullable String fileName) {
    return format != null ? byName(format) : byExtension(fileName == null ? "" : fileName);
  }

  private static Container byName(String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    AVOutputFormat found = find(ALIASES.getOrDefault(lower, lower));
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown container '%s'%s; usual ones: mp4, mov, mkv, webm, avi, flv, ts, gif, m4a, mp3, wav, flac, ogg, opus, h264"
              .formatted(wanted, Suggestions.hint(wanted, namesAndAliases())));
    }
    return usable(found, wanted);
  }

  private static Container byExtension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (dot < 0 || dot == fileName.length() - 1) {
      throw new IllegalArgumentException(
          "the file name '"
              + fileName
              + "' has no extension that names a container: use openFile(path, format)");
    }
    String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    String alias = ALIASES.get(extension);
    AVOutputFormat found =
        alias != null ? find(alias) : extension.matches("[a-z0-9_]+") ? guess(extension) : null;
    if (found == null) {
      throw new IllegalArgumentException(
          "the extension '.%s' of '%s' does not name a container%s; use openFile(path, format)"
              .formatted(extension, fileName, Suggestions.hint(extension, namesAndAliases())));
    }
    return usable(found, "." + extension);
  }

  private static @Nullable AVOutputFormat guess(String extension) {
    AVOutputFormat found = av_guess_format((String) null, "x." + extension, null);
    return found == null || found.isNull() ? null : found;
  }

  private static @Nullable AVOutputFormat find(String name) {
    if (!name.matches("[a-z0-9_]+")) {
      return null;
    }
    AVOutputFormat found = av_guess_format(name, null, null);
    return found == null || found.isNull() ? null : found;
  }

  private static Container usable(AVOutputFormat format, String wanted) {
    Container container = new Container(format);
    if ((format.flags() & AVFMT_NOFILE) != 0 || OPENS_OTHERS.contains(container.name)) {
      throw new IllegalArgumentException(
          "container '"
              + wanted
              + "' writes to files or connections of its own, not to one destination");
    }
    return container;
  }

  /** Names of all muxers that can be written through a destination. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    try (Pointer state = new Pointer()) {
      AVOutputFormat next;
      while ((next = av_muxer_iterate(state)) != null && !next.isNull()) {
        if ((next.flags() & AVFMT_NOFILE) == 0) {
          names.addAll(Arrays.asList(Av.string(next.name()).split(",")));
        }
      }
    }
    names.removeAll(OPENS_OTHERS);
    COMMON_NAMES.forEach(
        (name, common) -> {
          if (names.remove(name)) {
            names.add(common);
          }
        });
    return names;
  }

  private static Set<String> namesAndAliases() {
    Set<String> names = new TreeSet<>(names());
    names.addAll(ALIASES.keySet());
    return names;
  }

  /** FFmpeg's description of the muxer. */
  public AVOutputFormat format() {
    return format;
  }

  /** FFmpeg's name ({@code matroska}). */
  public String name() {
    return name;
  }

  /** Whether it is MP4, MOV or a related format. */
  public boolean isMov() {
    return MOV_FAMILY.contains(name);
  }

  /** Whether it is Matroska or WebM. */
  public boolean isMatroska() {
    return List.of("matroska", "webm").contains(name);
  }

  /** Whether the output is broken if the destination cannot seek. */
  public boolean mustSeek() {
    return MUST_SEEK.contains(name);
  }

  /** Whether it cannot hold video. */
  public boolean audioOnly() {
    return AUDIO_ONLY.contains(name);
  }

  /** Whether the muxer would accept a codec but write it so that no player can read it. */
  public boolean garbles(AVCodec codec) {
    String codecName = Av.string(avcodec_get_name(codec.id()));
    Set<String> only = HOLDS_ONLY.get(name);
    if (only != null) {
      return !only.contains(codecName);
    }
    boolean video = codec.type() == AVMEDIA_TYPE_VIDEO;
    boolean untagged =
        video
            && !codecName.equals("rawvideo")
            && av_codec_get_tag(format.codec_tag(), codec.id()) == 0;
    return name.equals("avi") && (untagged || codecName.equals("flac"));
  }

  /** What the output lacks if the destination cannot seek; null if nothing. */
  public @Nullable String lacksWithoutSeek() {
    return WITHOUT_SEEK.get(name);
  }

  /** Whether players identify a codec by its tag alone. */
  public boolean needsTags() {
    return name.equals("avi");
  }

  /** Whether frames may have arbitrary times. */
  public boolean variableFrameRate() {
    return (format.flags() & AVFMT_VARIABLE_FPS) != 0;
  }

  /** Whether codec headers belong in the container instead of the packets. */
  public boolean globalHeader() {
    return (format.flags() & AVFMT_GLOBALHEADER) != 0;
  }

  /** Whether the container itself stores the colors. */
  public boolean carriesColor() {
    return isMov() || isMatroska();
  }

  /** The display name: FFmpeg's, but {@code m4a} for {@code ipod}. */
  public String commonName() {
    return COMMON_NAMES.getOrDefault(name, name);
  }

  @Override
  public String toString() {
    return commonName();
  }
}
