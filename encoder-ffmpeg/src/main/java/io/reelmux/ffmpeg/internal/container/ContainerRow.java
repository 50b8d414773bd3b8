package io.reelmux.ffmpeg.internal.container;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** How long before it is decoded a packet is sent: FFmpeg's programs use the same. */
  private static final int BUFFER_MICROS = 700_000;

  // set by the methods that build the table in ContainerRows, read by Container
  final String name;
  Family family = Family.OTHER;
  List<String> aliases = List.of();
  Optional<String> commonName = Optional.empty();
  OptionalInt video = OptionalInt.empty();
  OptionalInt deviceVideo = OptionalInt.empty();
  OptionalInt audio = OptionalInt.empty();
  Optional<String> lacksWithoutSeek = Optional.empty();
  List<String> text = List.of();
  int cueMillis = 1;
  Set<VideoTag> stored = Set.of();
  TimeLimits times = TimeLimits.NONE;
  Optional<String> statesNothing = Optional.empty();
  boolean sharesTimes;
  Set<String> rounded = Set.of();
  boolean withoutDurations;
  boolean startsAtZero;
  Container.LastDelay lastDelay = Container.LastDelay.OF_ITS_PACKET;
  boolean writesHeaderUpdates;
  boolean unreadableIfEmpty;
  int minShownTicks;
  boolean mustSeek;
  boolean audioOnly;
  Optional<String> instead = Optional.empty();
  int maxDelay;
  int maxFrameRate = Integer.MAX_VALUE;
  boolean needsTags;
  boolean keepsAudioGaps;
  boolean trimsAll;
  Set<String> trims = Set.of();
  Set<String> skipsPriming = Set.of();
  boolean startsTogether;
  boolean ordersPackets;
  boolean statesLayouts;
  Set<String> misstatesLayouts = Set.of();
  Map<String, String> muxerDefaults = Map.of();
  Optional<String> unrepeatable = Optional.empty();
  boolean opensOthers;
  Set<String> holdsOnly = Set.of();
  Set<String> garbled = Set.of();
  List<String> surroundOnly = List.of();
  Set<String> indexNeedsSamplesOf = Set.of();
  Set<String> goesBackForHeadersOf = Set.of();
  private String indexMover = "";
  private Set<String> leavesIndex = Set.of();
  private Optional<String> indexFlag = Optional.empty();

  /** Made when they are asked for: a program writes few of all containers. */
  private volatile @Nullable TagRules tags;

  private volatile @Nullable TagRules videoTags;

  /** A row without traits. */
  ContainerRow(String name) {
    this.name = name;
  }

  ContainerRow mov() {
    family = Family.MOV;
    keepsAudioGaps = true;
    trimsAll = true;
    // FFmpeg replaces a longer gap by one tick
    times = TimeLimits.bits(31, 31, 64);
    return text("mov_text").stores(VideoTag.SAMPLE_ASPECT_RATIO, VideoTag.DISPLAY_MATRIX);
  }

  /** What it states of a video stream itself, in addition to what its family does. */
  ContainerRow stores(VideoTag... tags) {
    Set<VideoTag> all = EnumSet.noneOf(VideoTag.class);
    all.addAll(stored);
    all.addAll(List.of(tags));
    stored = all;
    return this;
  }

  ContainerRow matroska() {
    family = Family.MATROSKA;
    keepsAudioGaps = true;
    trimsAll = true;
    return stores(VideoTag.values())
        .unreadableIfEmpty()
        .goesBackForHeadersOf("av1")
        .lacksWithoutSeek(NO_DURATION_NO_INDEX)
        .movesIndexUnless("cues_to_front", "0", "false", "no", "n");
  }

  /** The times that it can store. */
  ContainerRow times(TimeLimits limits) {
    times = limits;
    return this;
  }

  /** Its ticks are long enough to be seen, and players show a frame for no fewer than these. */
  ContainerRow minShownTicks(int ticks) {
    minShownTicks = ticks;
    return this;
  }

  /** It does not store how long the last frame is shown. */
  ContainerRow withoutDurations() {
    withoutDurations = true;
    return this;
  }

  /** Its first frame is shown at once, whatever its time is. */
  ContainerRow startsAtZero() {
    startsAtZero = true;
    return this;
  }

  /** Where its muxer reads how long the last frame is shown. */
  ContainerRow lastDelay(Container.LastDelay where) {
    lastDelay = where;
    return this;
  }

  /** It writes a packet that only brings a new header of the codec as one without data. */
  ContainerRow writesHeaderUpdates() {
    writesHeaderUpdates = true;
    return this;
  }

  /** Readers do not open it if nothing was added. */
  ContainerRow unreadableIfEmpty() {
    unreadableIfEmpty = true;
    return this;
  }

  /** Frames that are small share the time of the first of them. */
  ContainerRow sharesTimes() {
    sharesTimes = true;
    return this;
  }

  /** It states how long a sample of these codecs is, in microseconds. */
  ContainerRow roundsRatesOf(String... codecs) {
    rounded = Set.of(codecs);
    return this;
  }

  /** Common names of a muxer that has another name in FFmpeg. */
  ContainerRow aliases(String... names) {
    aliases = List.of(names);
    return this;
  }

  /** The display name, if FFmpeg's is obscure. */
  ContainerRow commonName(String text) {
    commonName = Optional.of(text);
    return this;
  }

  /** Default codecs that do not depend on the build. */
  ContainerRow h264AndAac() {
    return video(AV_CODEC_ID_H264).audio(AV_CODEC_ID_AAC);
  }

  ContainerRow video(int codec) {
    video = OptionalInt.of(codec);
    return this;
  }

  /** The default on devices that do not encode the CPU's. */
  ContainerRow deviceVideo(int codec) {
    deviceVideo = OptionalInt.of(codec);
    return this;
  }

  ContainerRow audio(int codec) {
    audio = OptionalInt.of(codec);
    return this;
  }

  /** Codecs of text subtitles, the default first; codecs of other muxers are refused. */
  ContainerRow text(String... codecs) {
    text = List.of(codecs);
    return this;
  }

  /** The unit of the times of cues. */
  ContainerRow cueMillis(int millis) {
    cueMillis = millis;
    return this;
  }

  /** What is missing from the output of a muxer that works without seeking. */
  ContainerRow lacksWithoutSeek(String what) {
    lacksWithoutSeek = Optional.of(what);
    return this;
  }

  /** No reader finds out from it what its streams are. */
  ContainerRow statesNothing(String why) {
    statesNothing = Optional.of(why);
    return this;
  }

  /** The output is wrong or unreadable without seeking, and FFmpeg does not report it. */
  ContainerRow mustSeek() {
    mustSeek = true;
    return this;
  }

  /** The only images that it can hold are cover art. */
  ContainerRow audioOnly() {
    audioOnly = true;
    return this;
  }

  /** Players identify a codec by its tag alone. */
  ContainerRow needsTags() {
    needsTags = true;
    return this;
  }

  /** A muxer option that is set unless the caller sets it. */
  ContainerRow byDefault(String option, String value) {
    muxerDefaults = Map.of(option, value);
    return this;
  }

  /** Of these codecs it states which samples at both ends are the encoder's, not the caller's. */
  ContainerRow trims(String... codecs) {
    trims = Set.of(codecs);
    return this;
  }

  /** Of these codecs it states only how many samples at the start are the encoder's. */
  ContainerRow skipsPriming(String... codecs) {
    skipsPriming = Set.of(codecs);
    return this;
  }

  /** All streams start at the same time, so that audio is late by its priming. */
  ContainerRow startsTogether() {
    startsTogether = true;
    return this;
  }

  /** What belongs to one frame of video lies together, whatever its decoding time is. */
  ContainerRow ordersPackets() {
    ordersPackets = true;
    return this;
  }

  /** It states the places of the channels of any codec. */
  ContainerRow statesLayouts() {
    statesLayouts = true;
    return this;
  }

  /** It states these layouts with channels in another order than that of the samples. */
  ContainerRow misstatesLayouts(String... layouts) {
    misstatesLayouts = Set.of(layouts);
    return this;
  }

  /** Timestamps of audio may jump. */
  ContainerRow keepsAudioGaps() {
    keepsAudioGaps = true;
    return this;
  }

  /** Why the same packets of several streams may give other bytes. */
  ContainerRow unrepeatable(String why) {
    unrepeatable = Optional.of(why);
    return this;
  }

  /** It opens files or connections of its own in addition to its destination. */
  ContainerRow opensOthers() {
    opensOthers = true;
    return this;
  }

  /** What to do instead of writing a container that opens others. */
  ContainerRow instead(String what) {
    instead = Optional.of(what);
    return this;
  }

  /** Its players have a clock, and must receive a packet before they decode it. */
  ContainerRow buffersAhead() {
    maxDelay = BUFFER_MICROS;
    return this;
  }

  /** The highest rate at which players show all frames. */
  ContainerRow maxFrameRate(int rate) {
    maxFrameRate = rate;
    return this;
  }

  /** It accepts any codec but writes all except these as data that no player can read. */
  ContainerRow holdsOnly(Set<String> codecs) {
    holdsOnly = codecs;
    return this;
  }

  /** It accepts these codecs but writes them so that no player can read them. */
  ContainerRow garbles(String... codecs) {
    garbled = Set.of(codecs);
    return this;
  }

  /** Codecs that it can write with more than two channels. */
  ContainerRow surroundOnly(String... codecs) {
    surroundOnly = List.of(codecs);
    return this;
  }

  /** Codecs whose header it writes into its own when the first packet brings it. */
  ContainerRow goesBackForHeadersOf(String... codecs) {
    goesBackForHeadersOf = Set.of(codecs);
    return this;
  }

  /** Codecs with which it refuses an index without samples at the head. */
  ContainerRow indexNeedsSamplesOf(String... codecs) {
    indexNeedsSamplesOf = Set.of(codecs);
    return this;
  }

  /**
   * An option that puts an index before the data when the file is finished, but for some values.
   */
  ContainerRow movesIndexUnless(String option, String... values) {
    indexMover = option;
    leavesIndex = Set.of(values);
    return this;
  }

  /** A flag of an option that puts an index before the data when the file is finished. */
  ContainerRow movesIndexWithFlag(String option, String flag) {
    indexMover = option;
    indexFlag = Optional.of(flag);
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
    String value = options.get(indexMover);
    boolean moves =
        value != null
            && !leavesIndex.contains(value)
            && (indexFlag.isEmpty() || value.contains(indexFlag.get()));
    return moves ? Optional.of(indexMover) : Optional.empty();
  }

  /** What it stores of tags, chapters and images. */
  TagRules tags() {
    TagRules known = tags;
    if (known == null) {
      known = ContainerTags.of(name);
      tags = known;
    }
    return known;
  }

  /** What it stores of the tags of its video streams. */
  TagRules videoTags() {
    TagRules known = videoTags;
    if (known == null) {
      known = ContainerTags.ofVideo(name);
      videoTags = known;
    }
    return known;
  }
}
