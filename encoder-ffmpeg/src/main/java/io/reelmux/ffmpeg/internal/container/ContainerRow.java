package io.reelmux.ffmpeg.internal.container;

import static io.reelmux.ffmpeg.internal.container.VideoTag.CONTENT_LIGHT;
import static io.reelmux.ffmpeg.internal.container.VideoTag.DISPLAY_MATRIX;
import static io.reelmux.ffmpeg.internal.container.VideoTag.FIELD_ORDER;
import static io.reelmux.ffmpeg.internal.container.VideoTag.MASTERING_DISPLAY;
import static io.reelmux.ffmpeg.internal.container.VideoTag.MATRIX;
import static io.reelmux.ffmpeg.internal.container.VideoTag.PRIMARIES;
import static io.reelmux.ffmpeg.internal.container.VideoTag.RANGE;
import static io.reelmux.ffmpeg.internal.container.VideoTag.SAMPLE_ASPECT_RATIO;
import static io.reelmux.ffmpeg.internal.container.VideoTag.TRANSFER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Facts about one muxer that FFmpeg does not report or gets wrong. Muxers without a row have none
 * of these traits.
 */
final class ContainerRow {

  /** Muxers that share code and options. */
  enum Family {
    /** MP4, MOV and related formats: one muxer with several names. */
    MOV,
    /** Matroska and WebM. */
    MATROSKA,
    /** Any other. */
    OTHER
  }

  private static final String NO_DURATION_NO_INDEX = "it has no duration and no index";

  /** Codecs that an MPEG program stream can hold. */
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

  private static final Set<String> TRANSPORT_STREAM =
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
          "s302m");

  private static final String SEGMENTS =
      "write fragments with ContainerMode.FRAGMENTED, or cut the packets of a PacketListener";

  /** How long before it is decoded a packet is sent: FFmpeg's programs use the same. */
  private static final int BUFFER_MICROS = 700_000;

  /** Stands for no muxer at all: packets go to a listener only. */
  static final ContainerRow PACKETS =
      row("packets")
          .h264AndAac()
          .keepsAudioGaps()
          .withoutDurations()
          .text("subrip", "webvtt", "ass", "mov_text");

  private static final Map<String, ContainerRow> BY_NAME = new LinkedHashMap<>();
  private static final Map<String, String> BY_ALIAS = new LinkedHashMap<>();

  static {
    add(
        row("mp4")
            .mov()
            .aliases("m4v")
            .h264AndAac()
            .indexNeedsSamplesOf("ac3", "eac3")
            .stores(MATRIX, RANGE, PRIMARIES, TRANSFER, MASTERING_DISPLAY, CONTENT_LIGHT),
        row("mov")
            .mov()
            .aliases("quicktime")
            .h264AndAac()
            .indexNeedsSamplesOf("ac3", "eac3")
            .stores(MATRIX, PRIMARIES, TRANSFER, MASTERING_DISPLAY, CONTENT_LIGHT, FIELD_ORDER),
        row("ipod").mov().commonName("m4a").h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        // by default H.263 and AMR, which support only a few sizes and one sample rate
        row("3gp").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("3g2").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("f4v").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("psp").mov().indexNeedsSamplesOf("ac3", "eac3"),
        row("matroska")
            .matroska()
            .text("subrip", "ass", "webvtt")
            .aliases("mkv", "mka")
            .h264AndAac(),
        row("webm")
            .matroska()
            .text("webvtt")
            .video(AV_CODEC_ID_VP9)
            .deviceVideo(AV_CODEC_ID_AV1)
            .audio(AV_CODEC_ID_OPUS),
        // times have 33 bits and start again at 0; a gap of more than half of that is ambiguous
        row("mpegts")
            .aliases("ts", "m2ts", "mts")
            .h264AndAac()
            .keepsAudioGaps()
            .holdsOnly(TRANSPORT_STREAM)
            .buffersAhead()
            .times(TimeLimits.bits(32, 32, 64))
            .withoutDurations(),
        row("mpeg").aliases("mpg").holdsOnly(PROGRAM_STREAM).buffersAhead(),
        row("vob").holdsOnly(PROGRAM_STREAM).buffersAhead(),
        row("dvd").holdsOnly(PROGRAM_STREAM).buffersAhead(),
        row("svcd").holdsOnly(PROGRAM_STREAM).buffersAhead(),
        row("vcd").holdsOnly(PROGRAM_STREAM).buffersAhead(),
        // more than two channels of other codecs crash the process
        row("flv")
            .h264AndAac()
            .lacksWithoutSeek("it has no duration")
            // presentation times are a signed difference of 24 bits
            .times(TimeLimits.bits(31, 23, 31))
            .surroundOnly("aac", "opus", "flac", "ac3", "eac3")
            .movesIndexWith("flvflags", value -> value.contains("add_keyframe_index")),
        row("nut").stores(SAMPLE_ASPECT_RATIO),
        row("asf").stores(SAMPLE_ASPECT_RATIO),
        row("apng").stores(SAMPLE_ASPECT_RATIO),
        row("yuv4mpegpipe").stores(RANGE, SAMPLE_ASPECT_RATIO, FIELD_ORDER),
        row("mxf").stores(MATRIX, RANGE, PRIMARIES, TRANSFER, MASTERING_DISPLAY),
        row("avif").stores(DISPLAY_MATRIX, SAMPLE_ASPECT_RATIO),
        // without timestamps a shift of all streams by the priming becomes a frame of video
        row("avi")
            .stores(SAMPLE_ASPECT_RATIO)
            .mustSeek()
            .needsTags()
            .garbles("flac")
            .deviceVideo(AV_CODEC_ID_H264)
            .byDefault("avoid_negative_ts", "disabled"),
        row("ivf").mustSeek().deviceVideo(AV_CODEC_ID_AV1),
        // a delay counts hundredths of a second, and players show 1/100 as 1/10
        row("gif").maxFrameRate(50).stores(SAMPLE_ASPECT_RATIO),
        row("h264").aliases("264"),
        row("hevc").aliases("265", "h265"),
        row("adts").aliases("aac"),
        // users expect Opus in Xiph's containers; the build may default to FLAC
        row("ogg").audio(AV_CODEC_ID_OPUS),
        row("oga").audio(AV_CODEC_ID_OPUS),
        row("ogv").audio(AV_CODEC_ID_OPUS),
        row("opus").audio(AV_CODEC_ID_OPUS),
        row("mp3").audioOnly().lacksWithoutSeek("its header does not state the duration"),
        row("flac").audioOnly().lacksWithoutSeek("its header does not state the number of samples"),
        // above 4 GiB the header becomes that of RF64
        row("wav")
            .audioOnly()
            .lacksWithoutSeek("its header does not state the length")
            .byDefault("rf64", "auto"),
        row("w64").mustSeek(),
        row("caf").mustSeek(),
        row("aiff").aliases("aif").audioOnly().mustSeek(),
        row("tta").audioOnly(),
        row("srt").text("subrip"),
        row("webvtt").aliases("vtt").text("webvtt"),
        row("ass").aliases("ssa").text("ass"),
        row("hls").opensOthers().instead(SEGMENTS),
        row("dash").opensOthers().instead(SEGMENTS),
        row("segment").opensOthers().instead(SEGMENTS),
        row("stream_segment").opensOthers(),
        row("ssegment").opensOthers(),
        row("tee").opensOthers(),
        row("fifo").opensOthers(),
        row("hds").opensOthers(),
        row("smoothstreaming").opensOthers(),
        row("webm_chunk").opensOthers(),
        row("webm_dash_manifest").opensOthers(),
        row("image2")
            .opensOthers()
            .instead(
                "one frame is a still image in mjpeg (for .jpg), apng (for .png), webp or avif:"
                    + " use openFile(path, format)"),
        row("image2pipe").opensOthers(),
        row("rtp").opensOthers(),
        row("rtp_mpegts").opensOthers(),
        row("rtsp").opensOthers(),
        row("sap").opensOthers(),
        row("whip").opensOthers(),
        row("mpjpeg").opensOthers(),
        row("chromaprint").opensOthers(),
        // opens its output a second time
        row("film_cpk").opensOthers(),
        // for frames that are not encoded
        row("uncodedframecrc").opensOthers());
  }

  // set by the methods that build the table, read by Container
  private final String name;
  final TagRules tags;
  final TagRules videoTags;
  Family family = Family.OTHER;
  List<String> aliases = List.of();
  Optional<String> commonName = Optional.empty();
  OptionalInt video = OptionalInt.empty();
  OptionalInt deviceVideo = OptionalInt.empty();
  OptionalInt audio = OptionalInt.empty();
  Optional<String> lacksWithoutSeek = Optional.empty();
  List<String> text = List.of();
  Set<VideoTag> stored = Set.of();
  TimeLimits times = TimeLimits.NONE;
  boolean withoutDurations;
  boolean mustSeek;
  boolean audioOnly;
  Optional<String> instead = Optional.empty();
  int maxDelay;
  int maxFrameRate = Integer.MAX_VALUE;
  boolean needsTags;
  boolean keepsAudioGaps;
  Map<String, String> muxerDefaults = Map.of();
  boolean opensOthers;
  Set<String> holdsOnly = Set.of();
  Set<String> garbled = Set.of();
  List<String> surroundOnly = List.of();
  Set<String> indexNeedsSamplesOf = Set.of();
  Map<String, Predicate<String>> movesIndexWith = Map.of();

  private ContainerRow(String name) {
    this.name = name;
    this.tags = ContainerTags.of(name);
    this.videoTags = ContainerTags.ofVideo(name);
  }

  private static ContainerRow row(String name) {
    return new ContainerRow(name);
  }

  private static void add(ContainerRow... rows) {
    for (ContainerRow row : rows) {
      putOnce(BY_NAME, row.name, row);
      row.aliases.forEach(alias -> putOnce(BY_ALIAS, alias, row.name));
      row.commonName.ifPresent(alias -> putOnce(BY_ALIAS, alias, row.name));
    }
    BY_ALIAS.keySet().stream()
        .filter(BY_NAME::containsKey)
        .forEach(
            alias -> {
              throw new IllegalStateException("'" + alias + "' is a row and an alias of another");
            });
  }

  static <V> void putOnce(Map<String, V> table, String name, V value) {
    if (table.putIfAbsent(name, value) != null) {
      throw new IllegalStateException("the name '" + name + "' stands twice in the table");
    }
  }

  /** The row of a muxer, without traits if there is none. */
  static ContainerRow of(String name) {
    ContainerRow row = BY_NAME.get(name);
    return row == null ? row(name) : row;
  }

  /** FFmpeg's name of the muxer that has an alias. */
  static Optional<String> nameOf(String alias) {
    return Optional.ofNullable(BY_ALIAS.get(alias));
  }

  /** FFmpeg's names of all muxers that have a row. */
  static Set<String> allNames() {
    return BY_NAME.keySet();
  }

  /** All aliases. */
  static Set<String> allAliases() {
    return BY_ALIAS.keySet();
  }

  private ContainerRow mov() {
    family = Family.MOV;
    keepsAudioGaps = true;
    // FFmpeg replaces a longer gap by one tick
    times = TimeLimits.bits(31, 31, 64);
    return text("mov_text").stores(VideoTag.SAMPLE_ASPECT_RATIO, VideoTag.DISPLAY_MATRIX);
  }

  /** What it states of a video stream itself, in addition to what its family does. */
  private ContainerRow stores(VideoTag... tags) {
    Set<VideoTag> all = EnumSet.noneOf(VideoTag.class);
    all.addAll(stored);
    all.addAll(List.of(tags));
    stored = all;
    return this;
  }

  private ContainerRow matroska() {
    family = Family.MATROSKA;
    keepsAudioGaps = true;
    return stores(VideoTag.values())
        .lacksWithoutSeek(NO_DURATION_NO_INDEX)
        .movesIndexWith("cues_to_front", value -> !value.matches("0|false|no|n"));
  }

  /** The times that it can store. */
  private ContainerRow times(TimeLimits limits) {
    times = limits;
    return this;
  }

  /** It does not store how long the last frame is shown. */
  private ContainerRow withoutDurations() {
    withoutDurations = true;
    return this;
  }

  /** Common names of a muxer that has another name in FFmpeg. */
  private ContainerRow aliases(String... names) {
    aliases = List.of(names);
    return this;
  }

  /** The display name, if FFmpeg's is obscure. */
  private ContainerRow commonName(String text) {
    commonName = Optional.of(text);
    return this;
  }

  /** Default codecs that do not depend on the build. */
  private ContainerRow h264AndAac() {
    return video(AV_CODEC_ID_H264).audio(AV_CODEC_ID_AAC);
  }

  private ContainerRow video(int codec) {
    video = OptionalInt.of(codec);
    return this;
  }

  /** The default on devices that do not encode the CPU's. */
  private ContainerRow deviceVideo(int codec) {
    deviceVideo = OptionalInt.of(codec);
    return this;
  }

  private ContainerRow audio(int codec) {
    audio = OptionalInt.of(codec);
    return this;
  }

  /** Codecs of text subtitles, the default first; codecs of other muxers are refused. */
  private ContainerRow text(String... codecs) {
    text = List.of(codecs);
    return this;
  }

  /** What is missing from the output of a muxer that works without seeking. */
  private ContainerRow lacksWithoutSeek(String what) {
    lacksWithoutSeek = Optional.of(what);
    return this;
  }

  /** The output is wrong or unreadable without seeking, and FFmpeg does not report it. */
  private ContainerRow mustSeek() {
    mustSeek = true;
    return this;
  }

  /** The only images that it can hold are cover art. */
  private ContainerRow audioOnly() {
    audioOnly = true;
    return this;
  }

  /** Players identify a codec by its tag alone. */
  private ContainerRow needsTags() {
    needsTags = true;
    return this;
  }

  /** A muxer option that is set unless the caller sets it. */
  private ContainerRow byDefault(String option, String value) {
    muxerDefaults = Map.of(option, value);
    return this;
  }

  /** Timestamps of audio may jump. */
  private ContainerRow keepsAudioGaps() {
    keepsAudioGaps = true;
    return this;
  }

  /** It opens files or connections of its own in addition to its destination. */
  private ContainerRow opensOthers() {
    opensOthers = true;
    return this;
  }

  /** What to do instead of writing a container that opens others. */
  private ContainerRow instead(String what) {
    instead = Optional.of(what);
    return this;
  }

  /** Its players have a clock, and must receive a packet before they decode it. */
  private ContainerRow buffersAhead() {
    maxDelay = BUFFER_MICROS;
    return this;
  }

  /** The highest rate at which players show all frames. */
  private ContainerRow maxFrameRate(int rate) {
    maxFrameRate = rate;
    return this;
  }

  /** It accepts any codec but writes all except these as data that no player can read. */
  private ContainerRow holdsOnly(Set<String> codecs) {
    holdsOnly = codecs;
    return this;
  }

  /** It accepts these codecs but writes them so that no player can read them. */
  private ContainerRow garbles(String... codecs) {
    garbled = Set.of(codecs);
    return this;
  }

  /** Codecs that it can write with more than two channels. */
  private ContainerRow surroundOnly(String... codecs) {
    surroundOnly = List.of(codecs);
    return this;
  }

  /** Codecs with which it refuses an index without samples at the head. */
  private ContainerRow indexNeedsSamplesOf(String... codecs) {
    indexNeedsSamplesOf = Set.of(codecs);
    return this;
  }

  /** An option that, with some values, puts an index before the data when the file is finished. */
  private ContainerRow movesIndexWith(String option, Predicate<String> values) {
    movesIndexWith = Map.of(option, values);
    return this;
  }

  /** FFmpeg's name. */
  String name() {
    return name;
  }

  /** The display name. */
  String displayName() {
    return commonName.orElse(name);
  }

  /** Whether a codec would be written so that no player can read it. */
  boolean isGarbled(String codec) {
    return garbled.contains(codec) || (!holdsOnly.isEmpty() && !holdsOnly.contains(codec));
  }

  /** The option among these that puts an index before the data. */
  Optional<String> indexMover(Map<String, String> options) {
    return movesIndexWith.entrySet().stream()
        .filter(entry -> options.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().test(options.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
