package io.reelmux.ffmpeg.internal.container;

import io.reelmux.Disposition;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a muxer stores of tags, chapters and images. FFmpeg does not report this: it drops what it
 * has no place for. Keys of tags are in lower case.
 */
public final class TagRules {

  /** How chapters are stored. */
  public enum Chapters {
    /** Not at all. */
    NONE,
    /** With the header: the end of the last one is not known then. */
    AT_HEADER,
    /** With the trailer, if the destination can seek; else with the header. */
    AT_TRAILER,
    /** As comments of the form CHAPTER001=00:00:01.000. */
    AS_COMMENTS
  }

  /** How a cover is stored. */
  public enum Cover {
    /** Not at all. */
    NONE,
    /** As a stream of one packet. */
    STREAM,
    /** As an attached file. */
    ATTACHMENT,
    /** As a comment that holds the block of a FLAC file. */
    COMMENT
  }

  /** How timecodes are stored. */
  public enum Timecodes {
    /** Not at all. */
    NONE,
    /** Each video stream has a track for its own. */
    TRACKS,
    /** The file has one. */
    ONE
  }

  // regular expressions, compiled when a tag is checked
  private static final String ANYTHING = "(?s).*";
  private static final String NUMBER = "\\d{1,5}";
  private static final String NUMBER_OF = "\\d{1,5}(/\\d{1,5})?";
  private static final String FLAG = "[01]";

  /** ISO 6709. */
  private static final String PLACE = "[+-]\\d{2}(\\.\\d{1,4})?[+-]\\d{3}(\\.\\d{1,4})?/";

  private final Map<String, String> keys = new TreeMap<>();
  private final Set<String> dropped = new TreeSet<>();
  private boolean anyKey;
  private String keyPattern = ANYTHING;
  private String keyForm = "";
  private Map<String, String> synonyms = Map.of();
  private boolean upperCaseKeys;
  private Map<String, String> ownKeyOptions = Map.of();
  private boolean ownKeysLoseCover;
  private Map<String, String> chapterOptions = Map.of();
  private boolean streamKeys;
  private boolean streamTitle;
  private boolean titleAsHandler;
  private boolean streamHidesFile;
  private Set<String> languages = Set.of();
  private boolean anyLanguage;
  private final Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);
  private boolean creationTime;
  private boolean wholeSeconds;
  private Chapters chapters = Chapters.NONE;
  private boolean firstChapterAtZero;
  private int maxChapters = Integer.MAX_VALUE;
  private int maxChapterTitle = 65_000;
  private Cover cover = Cover.NONE;
  private boolean attachments;
  private Timecodes timecodes = Timecodes.NONE;
  private int maxBytes = Integer.MAX_VALUE;

  private TagRules() {}

  /** A muxer that stores nothing, or of which nothing is known. */
  static TagRules none() {
    return new TagRules();
  }

  /** MP4 and M4A: the tags of iTunes, or any key in another form. */
  static TagRules mp4() {
    return new TagRules()
        .keys(
            "title",
            "artist",
            "album_artist",
            "composer",
            "album",
            "date",
            "encoding_tool",
            "comment",
            "genre",
            "copyright",
            "grouping",
            "lyrics",
            "description",
            "synopsis",
            "show",
            "episode_id",
            "network",
            "keywords")
        .key(NUMBER_OF, "track", "disc")
        .key(NUMBER, "episode_sort")
        .key("\\d{1,2}", "season_number", "media_type")
        .key(FLAG, "hd_video", "gapless_playback", "compilation")
        .ownKeysWith("movflags", "+use_metadata_tags")
        .ownKeysLoseCover()
        .anyLanguage()
        .titleAsHandler()
        .creationTime()
        .wholeSeconds()
        .chapters(Chapters.AT_TRAILER)
        .cover(Cover.STREAM)
        .dispositions(Disposition.DEFAULT);
  }

  /** Stores any key. */
  static TagRules any() {
    TagRules rules = new TagRules().creationTime();
    rules.anyKey = true;
    return rules;
  }

  /** RIFF's INFO list. */
  static TagRules riff(String... keys) {
    return new TagRules()
        .keys("title", "artist", "comment", "copyright", "date", "genre", "encoded_by")
        .keys("track")
        .keys(keys);
  }

  /** Vorbis comments. */
  static TagRules vorbis() {
    return any()
        .keyForm("[ -<>-}]+", "printable ASCII letters other than '='")
        .chapters(Chapters.AS_COMMENTS)
        .maxChapters(1_000)
        .sameAs("description", "comment");
  }

  TagRules keys(String... names) {
    return key(ANYTHING, names);
  }

  /** Keys that are stored if the value has this form. */
  TagRules key(String value, String... names) {
    for (String name : names) {
      keys.put(name, value);
    }
    return this;
  }

  /** A place by its coordinates. */
  TagRules place(String name) {
    return key(PLACE, name);
  }

  /** Keys that are dropped or overwritten, although all others are stored. */
  TagRules drops(String... names) {
    dropped.addAll(List.of(names));
    return this;
  }

  /** A key that is stored as another one, and read as that. */
  private TagRules sameAs(String key, String other) {
    synonyms = Map.of(key, other);
    return this;
  }

  /** Keys without a place are stored too if the muxer has this option. */
  TagRules ownKeysWith(String option, String value) {
    ownKeyOptions = Map.of(option, value);
    return this;
  }

  TagRules withoutOwnKeys() {
    ownKeyOptions = Map.of();
    return this;
  }

  private TagRules ownKeysLoseCover() {
    ownKeysLoseCover = true;
    return this;
  }

  /** Options that chapters require. */
  TagRules chaptersWith(String option, String value) {
    chapterOptions = Map.of(option, value);
    return this;
  }

  private TagRules keyForm(String form, String description) {
    keyPattern = form;
    keyForm = description;
    return this;
  }

  TagRules upperCaseKeys() {
    upperCaseKeys = true;
    return this;
  }

  TagRules streamKeys() {
    streamKeys = true;
    return this;
  }

  TagRules streamTitle() {
    streamTitle = true;
    titleAsHandler = false;
    return this;
  }

  TagRules titleAsHandler() {
    titleAsHandler = true;
    return this;
  }

  /** A tag of a stream takes the place of the container's tag of the same name. */
  TagRules streamHidesFile() {
    streamHidesFile = true;
    return this;
  }

  TagRules anyLanguage() {
    anyLanguage = true;
    return this;
  }

  TagRules languages(Set<String> codes) {
    anyLanguage = false;
    languages = codes;
    return this;
  }

  TagRules dispositions(Disposition... stored) {
    dispositions.addAll(List.of(stored));
    return this;
  }

  TagRules creationTime() {
    creationTime = true;
    return this;
  }

  TagRules withoutCreationTime() {
    creationTime = false;
    return this;
  }

  TagRules wholeSeconds() {
    wholeSeconds = true;
    return this;
  }

  TagRules chapters(Chapters how) {
    chapters = how;
    return this;
  }

  /** Readers take the first chapter to start at 0: it is a track, and those have no gaps. */
  TagRules firstChapterAtZero() {
    firstChapterAtZero = true;
    return this;
  }

  TagRules maxChapters(int count) {
    maxChapters = count;
    return this;
  }

  /** In bytes. */
  TagRules maxChapterTitle(int bytes) {
    maxChapterTitle = bytes;
    return this;
  }

  TagRules cover(Cover how) {
    cover = how;
    return this;
  }

  TagRules attachments() {
    attachments = true;
    return this;
  }

  TagRules timecodes(Timecodes how) {
    timecodes = how;
    return this;
  }

  /** The most bytes of UTF-8 that a value may have; more would break the file. */
  TagRules maxBytes(int count) {
    maxBytes = count;
    return this;
  }

  /** Returns whether a tag of the container has a place, without options. */
  public boolean stores(String key, String value) {
    String name = key.toLowerCase(Locale.ROOT);
    String form = keys.get(name);
    return !dropped.contains(name) && (anyKey || (form != null && value.matches(form)));
  }

  /** Returns the names that have a place; empty if all have, or none. */
  public Set<String> keys() {
    return keys.keySet();
  }

  /** Returns the options with which every tag of the container is stored; empty if none help. */
  public Map<String, String> ownKeyOptions() {
    return ownKeyOptions;
  }

  /** Returns whether these options leave no place for a cover. */
  public boolean ownKeysLoseAnyCover() {
    return ownKeysLoseCover;
  }

  /** Returns the options that chapters require. */
  public Map<String, String> chapterOptions() {
    return chapterOptions;
  }

  /** Returns what a name must consist of, if this one breaks the file. */
  public Optional<String> keyFault(String key) {
    return key.matches(keyPattern) ? Optional.empty() : Optional.of(keyForm);
  }

  /** Returns the name under which a tag is stored, apart from its case. */
  public String storedKey(String key) {
    String name = synonyms.getOrDefault(key.toLowerCase(Locale.ROOT), key);
    return upperCaseKeys ? name.replace(' ', '_') : name;
  }

  /** Returns whether a stream's own tags are stored. */
  public boolean storesStreamKeys() {
    return streamKeys;
  }

  /** Returns whether a stream's title is stored as such. */
  public boolean storesStreamTitle() {
    return streamTitle || streamKeys;
  }

  /** Returns whether a stream's title can be stored as the name of its handler. */
  public boolean storesTitleAsHandler() {
    return titleAsHandler;
  }

  /** Returns whether a tag of a stream takes the place of the container's. */
  public boolean hidesFileTags() {
    return streamHidesFile;
  }

  /** Returns whether a stream's language is stored. */
  public boolean storesLanguage(String code) {
    return anyLanguage || languages.contains(code);
  }

  /** Returns the dispositions that are stored. */
  public Set<Disposition> dispositions() {
    return dispositions;
  }

  /** Returns whether the time of creation is stored. */
  public boolean storesCreationTime() {
    return creationTime;
  }

  /** Returns whether the time of creation is stored in whole seconds. */
  public boolean countsWholeSeconds() {
    return wholeSeconds;
  }

  /** Returns how chapters are stored. */
  public Chapters chapters() {
    return chapters;
  }

  /** Returns whether readers take the first chapter to start at 0. */
  public boolean startsChaptersAtZero() {
    return firstChapterAtZero;
  }

  /** Returns the most chapters. */
  public int maxChapters() {
    return maxChapters;
  }

  /** Returns the most bytes of a chapter's title. */
  public int maxChapterTitle() {
    return maxChapterTitle;
  }

  /** Returns how a cover is stored. */
  public Cover cover() {
    return cover;
  }

  /** Returns whether files can be attached. */
  public boolean storesAttachments() {
    return attachments;
  }

  /** Returns how timecodes are stored. */
  public Timecodes timecodes() {
    return timecodes;
  }

  /** Returns the most bytes of a value. */
  public int maxBytes() {
    return maxBytes;
  }
}
