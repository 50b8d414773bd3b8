package io.reelmux.ffmpeg.internal.container;

import io.reelmux.Disposition;
import java.util.Map;
import java.util.Set;

/** What the muxers store, measured with FFmpeg 8.1.2; see docs/decisions/0011. */
final class ContainerTags {

  /** QuickTime's language codes that FFmpeg's muxer knows. */
  private static final Set<String> QUICKTIME_LANGUAGES =
      Set.of(
          "eng", "fra", "ger", "ita", "dut", "sve", "spa", "dan", "por", "nor", "heb", "jpn", "ara",
          "fin", "gre", "ice", "mlt", "tur", "chi", "urd", "hin", "tha", "kor", "lit", "pol", "hun",
          "est", "lav", "rus", "iri", "alb", "ron", "ces", "slk", "slv", "yid", "mac", "bul", "ukr",
          "bel", "uzb", "kaz", "aze", "arm", "geo", "mol", "kir", "tgk", "tuk", "mon", "pus", "kur",
          "kas", "snd", "tib", "nep", "san", "mar", "ben", "asm", "guj", "ori", "mal", "kan", "tam",
          "tel", "bur", "khm", "lao", "vie", "ind", "tgl", "may", "amh", "tir", "orm", "som", "swa",
          "run", "mlg", "epo", "wel", "baq", "cat", "lat", "que", "grn", "aym", "tat", "uig", "dzo",
          "jav");

  /** Nothing, or nothing known. */
  private static final TagRules NONE = TagRules.none();

  private static final TagRules MP4 =
      TagRules.mp4()
          .streamTitle()
          .timecodes(TagRules.Timecodes.TRACKS)
          .dispositions(
              Disposition.DUB,
              Disposition.COMMENT,
              Disposition.FORCED,
              Disposition.HEARING_IMPAIRED,
              Disposition.VISUAL_IMPAIRED);

  private static final TagRules M4A = TagRules.mp4();

  // its muxer does not keep a cover and negative times apart
  private static final TagRules F4V =
      TagRules.mp4().maxChapters(255).maxChapterTitle(255).cover(TagRules.Cover.NONE);

  private static final TagRules MOV =
      TagRules.none()
          .keys(
              "title", "artist", "album", "date", "comment", "genre", "copyright", "make", "model")
          .place("location")
          .ownKeysWith("movflags", "+use_metadata_tags")
          .languages(QUICKTIME_LANGUAGES)
          .timecodes(TagRules.Timecodes.TRACKS)
          .streamTitle()
          .creationTime()
          .wholeSeconds()
          .chapters(TagRules.Chapters.AT_TRAILER)
          .dispositions(Disposition.DEFAULT)
          .maxBytes(65_535);

  /** Its tags are of a kind that few programs read. */
  private static final TagRules MOBILE =
      TagRules.none()
          .anyLanguage()
          .titleAsHandler()
          .creationTime()
          .wholeSeconds()
          .dispositions(Disposition.DEFAULT)
          .chapters(TagRules.Chapters.AT_TRAILER)
          .maxChapters(255)
          .maxChapterTitle(255);

  private static final TagRules MATROSKA =
      TagRules.any()
          .drops("encoding_tool", "stereo_mode", "duration")
          .upperCaseKeys()
          .streamKeys()
          .anyLanguage()
          .dispositions(
              Disposition.DEFAULT,
              Disposition.DUB,
              Disposition.ORIGINAL,
              Disposition.COMMENT,
              Disposition.FORCED,
              Disposition.HEARING_IMPAIRED,
              Disposition.VISUAL_IMPAIRED)
          .chapters(TagRules.Chapters.AT_TRAILER)
          .cover(TagRules.Cover.ATTACHMENT)
          .timecodes(TagRules.Timecodes.ONE)
          .attachments();

  private static final TagRules WEBM =
      TagRules.any()
          .drops("encoding_tool", "stereo_mode", "duration")
          .upperCaseKeys()
          .streamKeys()
          .anyLanguage()
          .dispositions(Disposition.DEFAULT, Disposition.FORCED)
          .timecodes(TagRules.Timecodes.ONE)
          .chapters(TagRules.Chapters.AT_TRAILER);

  private static final TagRules TRANSPORT_STREAM =
      transportStream()
          .anyLanguage()
          .dispositions(Disposition.HEARING_IMPAIRED, Disposition.VISUAL_IMPAIRED);

  /** The descriptor of language and role is written for audio and subtitles only. */
  private static final TagRules TRANSPORT_STREAM_VIDEO = transportStream();

  private static final TagRules FLV =
      TagRules.any()
          .timecodes(TagRules.Timecodes.ONE)
          // FFmpeg reads no longer ones
          .maxBytes(1023)
          .drops(
              "width",
              "height",
              "videodatarate",
              "framerate",
              "videocodecid",
              "audiodatarate",
              "audiosamplerate",
              "audiosamplesize",
              "stereo",
              "audiocodecid",
              "duration",
              "onmetadata",
              "datasize",
              "lasttimestamp",
              "totalframes",
              "hasaudio",
              "hasvideo",
              "hascuepoints",
              "hasmetadata",
              "haskeyframes");

  private static final TagRules AVI =
      TagRules.riff().streamTitle().timecodes(TagRules.Timecodes.ONE);

  private static final TagRules WAV = TagRules.riff("album");

  private static final TagRules OGG =
      TagRules.vorbis()
          .streamKeys()
          .anyLanguage()
          .streamHidesFile()
          .timecodes(TagRules.Timecodes.ONE)
          .cover(TagRules.Cover.COMMENT);

  private static final TagRules FLAC = TagRules.vorbis().cover(TagRules.Cover.STREAM);

  /** With ID3v2.4, FFmpeg writes wrong sizes for chapters. */
  private static final TagRules MP3 =
      TagRules.any()
          .chapters(TagRules.Chapters.AT_HEADER)
          .maxChapters(255)
          .chaptersWith("id3v2_version", "3")
          .cover(TagRules.Cover.STREAM);

  private static final TagRules CAF = TagRules.any();

  /** With ID3 tags as MP3 has them. */
  private static final TagRules AIFF =
      TagRules.none()
          .keys("title", "author", "copyright", "comment")
          .ownKeysWith("write_id3v2", "1");

  private static final TagRules APE = TagRules.any();

  private static final TagRules NUT =
      TagRules.any()
          .streamKeys()
          .anyLanguage()
          .dispositions(
              Disposition.DEFAULT,
              Disposition.DUB,
              Disposition.ORIGINAL,
              Disposition.COMMENT,
              Disposition.LYRICS,
              Disposition.KARAOKE)
          .timecodes(TagRules.Timecodes.ONE)
          .chapters(TagRules.Chapters.AT_HEADER);

  /** Of whose tags nothing else is known. */
  private static final TagRules WITH_TIMECODE = TagRules.none().timecodes(TagRules.Timecodes.ONE);

  private static final Map<String, TagRules> BY_NAME =
      Map.ofEntries(
          Map.entry("mp4", MP4),
          Map.entry("mov", MOV),
          Map.entry("ipod", M4A),
          Map.entry("f4v", F4V),
          Map.entry("3gp", MOBILE),
          Map.entry("3g2", MOBILE),
          Map.entry("psp", MOBILE),
          Map.entry("matroska", MATROSKA),
          Map.entry("webm", WEBM),
          Map.entry("mpegts", TRANSPORT_STREAM),
          Map.entry("flv", FLV),
          Map.entry("avi", AVI),
          Map.entry("wav", WAV),
          Map.entry("ogg", OGG),
          Map.entry("oga", OGG),
          Map.entry("ogv", OGG),
          Map.entry("opus", OGG),
          Map.entry("flac", FLAC),
          Map.entry("mp3", MP3),
          Map.entry("caf", CAF),
          Map.entry("aiff", AIFF),
          Map.entry("tta", APE),
          Map.entry("wv", APE),
          Map.entry("nut", NUT),
          Map.entry("mxf", WITH_TIMECODE),
          Map.entry("mxf_d10", WITH_TIMECODE),
          Map.entry("mxf_opatom", WITH_TIMECODE),
          Map.entry("gxf", WITH_TIMECODE),
          Map.entry("dv", WITH_TIMECODE),
          Map.entry("asf", WITH_TIMECODE),
          Map.entry("wtv", WITH_TIMECODE));

  private ContainerTags() {}

  private static TagRules transportStream() {
    return TagRules.none().keys("title", "service_name", "service_provider").maxBytes(255);
  }

  /** The rules of a muxer; nothing is known to be stored by one without. */
  static TagRules of(String name) {
    return BY_NAME.getOrDefault(name, NONE);
  }

  /**
   * The roles among these that a muxer loses because of another: Matroska has one flag for an
   * original and a dub, a transport stream one number for all.
   */
  static Set<Disposition> lostTogether(String name, Set<Disposition> asked) {
    Set<Disposition> languages = Set.of(Disposition.DUB, Disposition.ORIGINAL);
    Set<Disposition> senses = Set.of(Disposition.HEARING_IMPAIRED, Disposition.VISUAL_IMPAIRED);
    if (name.equals("matroska") && asked.containsAll(languages)) {
      return languages;
    }
    return name.equals("mpegts") && asked.containsAll(senses)
        ? Set.of(Disposition.VISUAL_IMPAIRED)
        : Set.of();
  }

  /** The rules of a muxer for its video streams. */
  static TagRules ofVideo(String name) {
    return name.equals("mpegts") ? TRANSPORT_STREAM_VIDEO : of(name);
  }
}
