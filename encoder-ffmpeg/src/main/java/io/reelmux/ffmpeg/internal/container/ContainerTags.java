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

  /** Nothing, or nothing known. */
  static final TagRules NONE = TagRules.none();

  static final TagRules MP4 =
      TagRules.mp4()
          .streamTitle()
          .dispositions(
              Disposition.DUB,
              Disposition.COMMENT,
              Disposition.FORCED,
              Disposition.HEARING_IMPAIRED,
              Disposition.VISUAL_IMPAIRED);

  static final TagRules M4A = TagRules.mp4();

  static final TagRules F4V = TagRules.mp4().maxChapters(255).maxChapterTitle(255);

  static final TagRules MOV =
      TagRules.none()
          .keys(
              "title", "artist", "album", "date", "comment", "genre", "copyright", "make", "model")
          .place("location")
          .ownKeysWith("movflags", "+use_metadata_tags")
          .languages(QUICKTIME_LANGUAGES)
          .streamTitle()
          .creationTime()
          .wholeSeconds()
          .chapters(TagRules.Chapters.AT_TRAILER)
          .dispositions(Disposition.DEFAULT)
          .maxBytes(65_535);

  /** Its tags are of a kind that few programs read. */
  static final TagRules MOBILE =
      TagRules.none()
          .anyLanguage()
          .titleAsHandler()
          .creationTime()
          .wholeSeconds()
          .dispositions(Disposition.DEFAULT)
          .chapters(TagRules.Chapters.AT_TRAILER)
          .maxChapters(255)
          .maxChapterTitle(255);

  static final TagRules MATROSKA =
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
          .attachments();

  static final TagRules WEBM =
      TagRules.any()
          .drops("encoding_tool", "stereo_mode", "duration")
          .upperCaseKeys()
          .streamKeys()
          .anyLanguage()
          .dispositions(Disposition.DEFAULT, Disposition.FORCED)
          .chapters(TagRules.Chapters.AT_TRAILER);

  static final TagRules TRANSPORT_STREAM =
      TagRules.none()
          .keys("title", "service_name", "service_provider")
          .maxBytes(255)
          .anyLanguage()
          .dispositions(Disposition.HEARING_IMPAIRED, Disposition.VISUAL_IMPAIRED);

  static final TagRules FLV =
      TagRules.any()
          .maxBytes(65_535)
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

  static final TagRules AVI = TagRules.riff().streamTitle();

  static final TagRules WAV = TagRules.riff("album");

  static final TagRules OGG =
      TagRules.vorbis().streamKeys().anyLanguage().streamHidesFile().cover(TagRules.Cover.COMMENT);

  static final TagRules FLAC = TagRules.vorbis().cover(TagRules.Cover.STREAM);

  /** With ID3v2.4, FFmpeg writes wrong sizes for chapters. */
  static final TagRules MP3 =
      TagRules.any()
          .chapters(TagRules.Chapters.AT_HEADER)
          .maxChapters(255)
          .chaptersWith("id3v2_version", "3")
          .cover(TagRules.Cover.STREAM);

  static final TagRules CAF = TagRules.any();

  /** With ID3 tags as MP3 has them. */
  static final TagRules AIFF =
      TagRules.none()
          .keys("title", "author", "copyright", "comment")
          .ownKeysWith("write_id3v2", "1");

  static final TagRules APE = TagRules.any();

  static final TagRules NUT =
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
          .chapters(TagRules.Chapters.AT_HEADER);

  private ContainerTags() {}
}
