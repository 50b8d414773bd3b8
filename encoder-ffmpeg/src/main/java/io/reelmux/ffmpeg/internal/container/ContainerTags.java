package io.reelmux.ffmpeg.internal.container;

import io.reelmux.Disposition;
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

  private ContainerTags() {}

  private static TagRules mp4() {
    return m4a()
        .streamTitle()
        .timecodes(TagRules.Timecodes.TRACKS)
        .dispositions(
            Disposition.DUB,
            Disposition.COMMENT,
            Disposition.FORCED,
            Disposition.HEARING_IMPAIRED,
            Disposition.VISUAL_IMPAIRED);
  }

  private static TagRules m4a() {
    return TagRules.mp4().firstChapterAtZero();
  }

  /** Its muxer does not keep a cover and negative times apart. */
  private static TagRules f4v() {
    return TagRules.mp4().maxChapters(255).maxChapterTitle(255).cover(TagRules.Cover.NONE);
  }

  private static TagRules mov() {
    return TagRules.none()
        .keys("title", "artist", "album", "date", "comment", "genre", "copyright", "make", "model")
        .place("location")
        .ownKeysWith("movflags", "+use_metadata_tags")
        .languages(QUICKTIME_LANGUAGES)
        .timecodes(TagRules.Timecodes.TRACKS)
        .streamTitle()
        .creationTime()
        .wholeSeconds()
        .chapters(TagRules.Chapters.AT_TRAILER)
        .firstChapterAtZero()
        .dispositions(Disposition.DEFAULT)
        .maxBytes(65_535);
  }

  /** Its tags are of a kind that few programs read. */
  private static TagRules mobile() {
    return TagRules.none()
        .anyLanguage()
        .titleAsHandler()
        .creationTime()
        .wholeSeconds()
        .dispositions(Disposition.DEFAULT)
        .chapters(TagRules.Chapters.AT_TRAILER)
        .maxChapters(255)
        .maxChapterTitle(255);
  }

  private static TagRules matroska() {
    return webmOrMatroska()
        .dispositions(
            Disposition.DEFAULT,
            Disposition.DUB,
            Disposition.ORIGINAL,
            Disposition.COMMENT,
            Disposition.FORCED,
            Disposition.HEARING_IMPAIRED,
            Disposition.VISUAL_IMPAIRED)
        .cover(TagRules.Cover.ATTACHMENT)
        .attachments();
  }

  private static TagRules webm() {
    return webmOrMatroska().dispositions(Disposition.DEFAULT, Disposition.FORCED);
  }

  private static TagRules webmOrMatroska() {
    return TagRules.any()
        .drops("encoding_tool", "stereo_mode", "duration")
        .upperCaseKeys()
        .streamKeys()
        .anyLanguage()
        .timecodes(TagRules.Timecodes.ONE)
        .chapters(TagRules.Chapters.AT_TRAILER);
  }

  private static TagRules transportStream() {
    return transportStreamVideo()
        .anyLanguage()
        .dispositions(Disposition.HEARING_IMPAIRED, Disposition.VISUAL_IMPAIRED);
  }

  /** The descriptor of language and role is written for audio and subtitles only. */
  private static TagRules transportStreamVideo() {
    return TagRules.none().keys("title", "service_name", "service_provider").maxBytes(255);
  }

  private static TagRules flv() {
    return TagRules.any()
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
  }

  private static TagRules avi() {
    return TagRules.riff().streamTitle().timecodes(TagRules.Timecodes.ONE);
  }

  private static TagRules wav() {
    return TagRules.riff("album");
  }

  private static TagRules ogg() {
    return TagRules.vorbis()
        .streamKeys()
        .anyLanguage()
        .streamHidesFile()
        .timecodes(TagRules.Timecodes.ONE)
        .cover(TagRules.Cover.COMMENT);
  }

  private static TagRules flac() {
    return TagRules.vorbis().cover(TagRules.Cover.STREAM);
  }

  /** With ID3v2.4, FFmpeg writes wrong sizes for chapters. */
  private static TagRules mp3() {
    return TagRules.any()
        .chapters(TagRules.Chapters.AT_HEADER)
        .maxChapters(255)
        .chaptersWith("id3v2_version", "3")
        .cover(TagRules.Cover.STREAM);
  }

  /** With ID3 tags as MP3 has them. */
  private static TagRules aiff() {
    return TagRules.none()
        .keys("title", "author", "copyright", "comment")
        .ownKeysWith("write_id3v2", "1");
  }

  private static TagRules nut() {
    return TagRules.any()
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
  }

  /** Of whose tags nothing else is known. */
  private static TagRules withTimecode() {
    return TagRules.none().timecodes(TagRules.Timecodes.ONE);
  }

  /** The rules of a muxer; nothing is known to be stored by one without. */
  static TagRules of(String name) {
    return switch (name) {
      case "mp4" -> mp4();
      case "mov" -> mov();
      case "ipod" -> m4a();
      case "f4v" -> f4v();
      case "3gp", "3g2", "psp" -> mobile();
      case "matroska" -> matroska();
      case "webm" -> webm();
      case "mpegts" -> transportStream();
      case "flv" -> flv();
      case "avi" -> avi();
      case "wav" -> wav();
      case "ogg", "oga", "ogv", "opus" -> ogg();
      case "flac" -> flac();
      case "mp3" -> mp3();
      case "aiff" -> aiff();
      case "caf", "tta", "wv" -> TagRules.any();
      case "nut" -> nut();
      case "mxf", "mxf_d10", "mxf_opatom", "gxf", "dv", "asf", "wtv" -> withTimecode();
      default -> TagRules.none();
    };
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
    return name.equals("mpegts") ? transportStreamVideo() : of(name);
  }
}
