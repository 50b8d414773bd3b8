package io.reelmux.ffmpeg.internal.container;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_codec_get_tag;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_get_exact_bits_per_sample;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_guess_format;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_muxer_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.FF_COMPLIANCE_NORMAL;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_VARIABLE_FPS;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB8;

import io.reelmux.AudioGaps;
import io.reelmux.Disposition;
import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A muxer, chosen by name or by a file's extension, or {@link #PACKETS_ONLY}. */
public final class Container {
  private static final String NAME = "[a-z0-9_]+";
  private static final int MICROS = 1_000_000;

  /** Well-known names, for messages. */
  private static final List<String> USUAL_VIDEO =
      List.of("mp4", "mov", "mkv", "webm", "avi", "flv", "ts", "gif", "h264");

  private static final List<String> USUAL_AUDIO =
      List.of("m4a", "mp3", "wav", "flac", "ogg", "opus");

  private static final List<String> USUAL_TEXT = List.of("srt", "vtt", "ass");

  /** No container: packets go to a listener only. It supports every codec and every time. */
  public static final Container PACKETS_ONLY =
      new Container(Optional.empty(), ContainerRows.PACKETS);

  /** The codec tag that Apple's players require for HEVC in MP4. */
  private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

  private final Optional<AVOutputFormat> format;
  private final ContainerRow row;

  /** Those that the same packets go into, this one first; empty if it is alone. */
  private final List<Container> together;

  private final Optional<String> output;

  private Container(Optional<AVOutputFormat> format, ContainerRow row) {
    this(format, row, List.of(), Optional.empty());
  }

  private Container(
      Optional<AVOutputFormat> format,
      ContainerRow row,
      List<Container> together,
      Optional<String> output) {
    this.format = format;
    this.row = row;
    this.together = together;
    this.output = output;
  }

  /**
   * Returns the same container, of one output among several.
   *
   * @param name of the output
   */
  public Container of(String name) {
    List<Container> own = together.stream().map(member -> member.of(name)).toList();
    return new Container(format, row, own, Optional.of(name));
  }

  /**
   * Returns the name of its output, which has the notes on this container; empty if it is alone.
   */
  public Optional<String> output() {
    return output;
  }

  /**
   * Returns the container of a stream whose packets go into several: the first one, which refuses
   * what any of them cannot hold, and asks for global headers, which all of them can be made from.
   *
   * @param containers at least one
   */
  public static Container together(List<Container> containers) {
    Container first = containers.get(0);
    return containers.size() == 1
        ? first
        : new Container(first.format, first.row, List.copyOf(containers), Optional.empty());
  }

  /** Returns the containers that the same packets go into. */
  public List<Container> members() {
    return together.isEmpty() ? List.of(this) : together;
  }

  /**
   * Returns the container with a name or an alias.
   *
   * @throws IllegalArgumentException if it does not exist, or cannot be written through a
   *     destination
   */
  public static Container named(String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    Optional<AVOutputFormat> found = find(ContainerRows.nameOf(lower).orElse(lower));
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown container '%s'%s; usual ones: %s, %s"
              .formatted(
                  wanted,
                  Suggestions.hint(wanted, namesAndAliases()),
                  String.join(", ", USUAL_VIDEO),
                  String.join(", ", USUAL_AUDIO)));
    }
    return usable(found.get(), wanted);
  }

  /**
   * Returns the container of a file's extension.
   *
   * @throws IllegalArgumentException if it does not exist, or cannot be written through a
   *     destination
   */
  public static Container ofFile(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (dot < 0 || dot == fileName.length() - 1) {
      throw new IllegalArgumentException(
          "the file name '"
              + fileName
              + "' has no extension that names a container: use openFile(path, format)");
    }
    String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    Optional<String> name = ContainerRows.nameOf(extension);
    Optional<AVOutputFormat> found = name.isPresent() ? find(name.get()) : guess(extension);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "the extension '.%s' of '%s' does not name a container%s; use openFile(path, format)"
              .formatted(extension, fileName, Suggestions.hint(extension, namesAndAliases())));
    }
    return usable(found.get(), "." + extension);
  }

  private static Optional<AVOutputFormat> guess(String extension) {
    return extension.matches(NAME)
        ? present(av_guess_format((String) null, "x." + extension, null))
        : Optional.empty();
  }

  private static Optional<AVOutputFormat> find(String name) {
    return name.matches(NAME) ? present(av_guess_format(name, null, null)) : Optional.empty();
  }

  private static Optional<AVOutputFormat> present(@Nullable AVOutputFormat found) {
    return found == null || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  private static Container usable(AVOutputFormat format, String wanted) {
    ContainerRow row = ContainerRows.of(Av.string(format.name()));
    if ((format.flags() & AVFMT_NOFILE) != 0 || row.opensOthers) {
      throw new IllegalArgumentException(
          "container '"
              + wanted
              + "' writes to files or connections of its own, not to one destination"
              + row.instead.map(what -> "; " + what).orElse(""));
    }
    return new Container(Optional.of(format), row);
  }

  /** Names of all muxers that can be written through a destination. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    try (Pointer state = new Pointer()) {
      AVOutputFormat next;
      while ((next = av_muxer_iterate(state)) != null && !next.isNull()) {
        if ((next.flags() & AVFMT_NOFILE) == 0) {
          Arrays.stream(Av.string(next.name()).split(","))
              .map(ContainerRows::of)
              .filter(row -> !row.opensOthers)
              .map(ContainerRow::displayName)
              .forEach(names::add);
        }
      }
    }
    return names;
  }

  private static Set<String> namesAndAliases() {
    Set<String> names = new TreeSet<>(names());
    names.addAll(ContainerRows.allAliases());
    return names;
  }

  /** FFmpeg's description of the muxer. */
  public AVOutputFormat format() {
    if (format.isEmpty()) {
      throw new IllegalStateException("no container, packets only");
    }
    return format.get();
  }

  /** FFmpeg's name ({@code matroska}). */
  public String name() {
    return format.isPresent() ? Av.string(format.get().name()) : row.displayName();
  }

  /**
   * The default video codecs, by number: the CPU's, then that of devices that do not encode it.
   * Empty if there is none.
   */
  public List<Integer> videoCodecs() {
    List<Integer> codecs = new ArrayList<>();
    if (row.video.isPresent()) {
      codecs.add(row.video.getAsInt());
    } else if (!audioOnly() && format().video_codec() != AV_CODEC_ID_NONE) {
      // audio-only containers report an image codec for their cover art
      codecs.add(format().video_codec());
    }
    row.deviceVideo.ifPresent(codecs::add);
    return codecs;
  }

  /** The default audio codec, by number; AV_CODEC_ID_NONE if there is none. */
  public int audioCodec() {
    return row.audio.orElseGet(() -> format().audio_codec());
  }

  /** Whether it is MP4, MOV or a related format. */
  public boolean isMov() {
    return row.family == ContainerRow.Family.MOV;
  }

  /** Whether it is Matroska or WebM. */
  public boolean isMatroska() {
    return row.family == ContainerRow.Family.MATROSKA;
  }

  /** Whether the output is broken if the destination cannot seek. */
  public boolean mustSeek() {
    return row.mustSeek;
  }

  /** Whether it cannot hold video. */
  public boolean audioOnly() {
    return row.audioOnly;
  }

  /**
   * Whether it is known to hold video of a codec; of several, whether all are.
   *
   * @param codec its number
   */
  public boolean isKnownToHold(int codec) {
    return members().stream().allMatch(member -> member.holds(codec));
  }

  private boolean holds(int codec) {
    return format.isEmpty()
        || (!audioOnly()
            && avformat_query_codec(format(), codec, FF_COMPLIANCE_NORMAL) == 1
            && !row.isGarbled(Av.string(avcodec_get_name(codec))));
  }

  /** Whether it holds streams of a kind, in whatever codec. */
  public boolean holdsAny(StreamKind kind) {
    return switch (kind) {
      case VIDEO -> !videoCodecs().isEmpty();
      case AUDIO -> audioCodec() != AV_CODEC_ID_NONE;
      case SUBTITLE -> !textSubtitles().isEmpty();
    };
  }

  /** Whether the muxer would accept a codec but write it so that no player can read it. */
  public boolean garbles(StreamParameters stream) {
    int codec = stream.codecId();
    boolean untagged =
        needsTags()
            && stream.struct().codec_type() == AVMEDIA_TYPE_VIDEO
            && codec != AV_CODEC_ID_RAWVIDEO
            && av_codec_get_tag(format().codec_tag(), codec) == 0;
    return untagged || garbles(stream.codecName());
  }

  /** Whether it is written so that no player can read it, by the name of its codec. */
  boolean garbles(String codec) {
    return row.isGarbled(codec);
  }

  /**
   * Checks the number of channels: some muxers crash the process if they have no code for it.
   *
   * @param codec the name of the codec
   * @param label the stream, for messages
   * @throws IllegalArgumentException if the muxer has no code for so many channels
   */
  public void checkChannels(int channels, String codec, String label) {
    if (channels > 2 && !row.surroundOnly.isEmpty() && !row.surroundOnly.contains(codec)) {
      throw new IllegalArgumentException(
          "container '%s' supports %d channels for these codecs only: %s; not for %s (%s)"
              .formatted(this, channels, String.join(", ", row.surroundOnly), codec, label));
    }
  }

  /**
   * Checks whether gaps in the audio can be kept.
   *
   * @throws IllegalArgumentException if they are to be kept, and the container cannot say so
   */
  public void checkGaps(AudioGaps gaps, int codec) {
    members().forEach(member -> member.checkOwnGaps(gaps, codec));
  }

  private void checkOwnGaps(AudioGaps gaps, int codec) {
    boolean kept = row.keepsAudioGaps && !(isMov() && av_get_exact_bits_per_sample(codec) > 0);
    if (gaps == AudioGaps.KEEP && !kept) {
      throw new IllegalArgumentException(
          "container '"
              + this
              + "' cannot keep gaps in "
              + Av.string(avcodec_get_name(codec))
              + " audio: use AudioGaps.FILL, or mkv, webm, ts, or mp4 with aac");
    }
  }

  /**
   * Says which samples of the encoder players cannot tell from the caller's.
   *
   * @param codec the name of the codec
   * @param priming samples before the first one
   * @param padding samples after the last one
   */
  public Optional<String> noteEdges(String codec, int priming, long padding) {
    if (format.isEmpty() || row.trimsAll || row.trims.contains(codec)) {
      return Optional.empty();
    }
    List<String> heard = new ArrayList<>();
    if (priming > 0 && !row.skipsPriming.contains(codec)) {
      heard.add("the first " + priming);
    }
    if (padding > 0) {
      heard.add("the last " + padding);
    }
    if (heard.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "players play samples that %s adds, because %s does not mark them: %s%s"
            .formatted(
                codec,
                this,
                String.join(" and ", heard),
                row.startsTogether ? "; the audio is late by the first" : ""));
  }

  /** The tag that players require for a codec, or 0 for the muxer's own. */
  public int codecTag(int codec) {
    return isMov() && codec == AV_CODEC_ID_HEVC ? HVC1 : 0;
  }

  /**
   * Returns the pixel format that the muxer is to be told. FFmpeg writes a color table for palettes
   * into MOV, and reads none where the codec does not state its depth, as GIF does not: it would
   * take the table for what follows, such as the colors.
   *
   * @param bits those of a coded sample, or 0 if the codec does not state them
   */
  public int muxedFormat(int pixelFormat, int bits) {
    return isMov() && pixelFormat == AV_PIX_FMT_PAL8 && bits == 0 ? AV_PIX_FMT_RGB8 : pixelFormat;
  }

  /** Whether it has to go back to store the header of a stream, which comes with its packets. */
  public boolean goesBackForHeaderOf(StreamParameters stream) {
    return row.goesBackForHeadersOf.contains(stream.codecName()) && stream.extradata().length == 0;
  }

  /** Whether the muxer refuses an index without samples of one of these codecs. */
  public boolean indexNeedsSamplesOf(Set<String> codecs) {
    return !Collections.disjoint(codecs, row.indexNeedsSamplesOf);
  }

  /** The option among these that puts an index before the data when the file is finished. */
  Optional<String> indexMover(Map<String, String> options) {
    return row.indexMover(options);
  }

  /** Muxer options that are set unless the caller sets them. */
  Map<String, String> muxerDefaults() {
    return row.muxerDefaults;
  }

  /**
   * Returns whether readers learn the places of channels.
   *
   * @param layout FFmpeg's name
   * @param stated whether the codec's stream states it; empty if the container has to
   */
  public boolean storesLayout(String layout, Optional<Boolean> stated) {
    return format.isEmpty()
        || (!row.misstatesLayouts.contains(layout) && stated.orElse(row.statesLayouts));
  }

  /** Why the same packets of so many streams may give other bytes, if they may. */
  public Optional<String> unrepeatable(int streams) {
    return streams > 1 ? row.unrepeatable : Optional.empty();
  }

  /** Whether the muxer has an order of its own for the packets of all streams. */
  public boolean ordersPackets() {
    return row.ordersPackets;
  }

  /** Whether it states the sample rate of a codec in a unit that rounds it. */
  public boolean rounds(int sampleRate, String codec) {
    return row.rounded.contains(codec) && MICROS % sampleRate != 0;
  }

  /** AVFormatContext.max_delay, in microseconds. */
  public int maxDelay() {
    return row.maxDelay;
  }

  /**
   * Checks a constant frame rate.
   *
   * @throws IllegalArgumentException if players show it more slowly
   */
  public void checkFrameRate(FrameRate rate) {
    for (Container member : members()) {
      member.checkOwnFrameRate(rate);
    }
  }

  private void checkOwnFrameRate(FrameRate rate) {
    if (rate.numerator() > (long) row.maxFrameRate * rate.denominator()) {
      throw new IllegalArgumentException(
          "frame rate "
              + rate
              + ": container "
              + this
              + " supports at most "
              + row.maxFrameRate
              + " frames a second, and players slow down anything faster");
    }
  }

  /** What the output lacks if the destination cannot seek. */
  public Optional<String> lacksWithoutSeek() {
    return row.lacksWithoutSeek;
  }

  /** Why no reader finds out from it what its streams are; empty if readers do. */
  Optional<String> statesNothing() {
    return row.statesNothing;
  }

  /** Returns what it stores of tags, chapters and images. */
  public TagRules tags() {
    return row.tags();
  }

  /** Returns the dispositions among these of a stream that it does not store. */
  public Set<Disposition> lost(StreamKind kind, Set<Disposition> asked) {
    Set<Disposition> lost = EnumSet.noneOf(Disposition.class);
    lost.addAll(asked);
    lost.removeAll(tags(kind).dispositions());
    lost.addAll(ContainerTags.lostTogether(row.name(), asked));
    return lost;
  }

  /** Whether what packets carry beside their data, such as alpha, reaches who reads them. */
  public boolean storesSideDataOfPackets() {
    return isMatroska() || format.isEmpty();
  }

  /** Returns what it stores of the tags of a stream of a kind. */
  public TagRules tags(StreamKind kind) {
    return kind == StreamKind.VIDEO ? row.videoTags() : row.tags();
  }

  /** Well-known containers of video, for messages. */
  public static List<Container> usualVideo() {
    return USUAL_VIDEO.stream().map(Container::named).toList();
  }

  /** Well-known containers that store what a rule says, for messages. */
  public static List<String> usualThatStore(Predicate<TagRules> rule) {
    return Stream.concat(USUAL_VIDEO.stream(), USUAL_AUDIO.stream())
        .filter(name -> rule.test(named(name).tags()))
        .toList();
  }

  /** Whether players identify a codec by its tag alone. */
  public boolean needsTags() {
    return row.needsTags;
  }

  /** Whether frames may have arbitrary times. */
  public boolean variableFrameRate() {
    for (Container member : members()) {
      if (member.format.isPresent() && !member.hasFlag(AVFMT_VARIABLE_FPS)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the muxer has a flag of FFmpeg's. */
  private boolean hasFlag(int flag) {
    return format.isPresent() && (format.get().flags() & flag) != 0;
  }

  /** The times that it can store. */
  public TimeLimits timeLimits() {
    return row.times;
  }

  /**
   * The fewest ticks for which players show a frame, where ticks are long enough to be seen; 0
   * elsewhere.
   */
  public int minShownTicks() {
    return row.minShownTicks;
  }

  /** Whether its first frame is shown at once, whatever its time is. */
  public boolean startsAtZero() {
    return row.startsAtZero;
  }

  /** Where a muxer reads how long the last frame is shown. */
  public enum LastDelay {
    /** In its packet. */
    OF_ITS_PACKET,
    /** In an option, as ticks of the container. */
    IN_TICKS,
    /** In an option, as a fraction of a second. */
    IN_SECONDS
  }

  /** Where its muxer reads how long the last frame is shown. */
  public LastDelay lastDelay() {
    return row.lastDelay;
  }

  /** Whether it writes a packet that only brings a new header of the codec as one without data. */
  public boolean writesHeaderUpdates() {
    return row.writesHeaderUpdates;
  }

  /** Whether readers do not open it if nothing was added. */
  public boolean isUnreadableIfEmpty() {
    return row.unreadableIfEmpty;
  }

  /** Whether it stores how long the last frame is shown; of several, whether any does. */
  public boolean storesDurations() {
    for (Container member : members()) {
      if (!member.row.withoutDurations) {
        return true;
      }
    }
    return false;
  }

  /** Well-known containers in which frames may have arbitrary times, for messages. */
  public static List<String> usualWithVariableFrameRate() {
    return USUAL_VIDEO.stream().filter(name -> named(name).variableFrameRate()).toList();
  }

  /** The codecs in which it holds text subtitles, the default first; empty if it holds none. */
  public List<String> textSubtitles() {
    return row.text;
  }

  /** The unit of the times of cues, in milliseconds. */
  public int cueMillis() {
    return row.cueMillis;
  }

  /** Well-known containers that hold text subtitles, for messages. */
  public static List<String> usualWithTextSubtitles() {
    return Stream.concat(USUAL_VIDEO.stream(), USUAL_TEXT.stream())
        .filter(name -> !named(name).textSubtitles().isEmpty())
        .toList();
  }

  /** Whether codec headers belong in the container instead of the packets. */
  public boolean globalHeader() {
    return together.size() > 1 || hasFlag(AVFMT_GLOBALHEADER);
  }

  /** Whether the container itself states a setting, for any codec. */
  public boolean stores(VideoTag tag) {
    return row.stored.contains(tag) || (tag == VideoTag.FRAME_RATE && hasTimes());
  }

  /** Whether a setting of copied packets is not lost: a listener receives it with them. */
  public boolean keeps(VideoTag tag) {
    return format.isEmpty() || stores(tag);
  }

  private boolean hasTimes() {
    return !hasFlag(AVFMT_NOTIMESTAMPS) && !row.sharesTimes;
  }

  /** Whether the container states the shape of pixels by a size in whole pixels. */
  public boolean storesDisplaySize() {
    return isMatroska();
  }

  /** The display name: FFmpeg's, but {@code m4a} for {@code ipod}. */
  public String commonName() {
    return row.displayName();
  }

  @Override
  public String toString() {
    return commonName();
  }
}
