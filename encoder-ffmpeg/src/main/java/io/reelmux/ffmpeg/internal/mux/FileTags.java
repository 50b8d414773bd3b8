package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TagRules;
import io.reelmux.spi.FileMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses how the container's tags are written, and reports what the container does not store.
 *
 * <p>Note [tags without a place]. MP4 has fixed places for the tags of iTunes. Other keys need
 * another form of the whole list ({@code mdta}), which FFmpeg and QuickTime read, but not every
 * player; and which has no cover. So it is chosen only if there is such a key, and never with a
 * cover.
 */
final class FileTags {

  /** FFmpeg replaces this tag with its own name. */
  static final String ENCODER = "encoder";

  private static final String CREATION_TIME = "creation_time";

  private final Container container;
  private final TagRules rules;
  private final FileMetadata metadata;
  private final Notes notes;
  private final Map<String, String> entries = new LinkedHashMap<>();
  private final Map<String, String> options;

  private FileTags(
      Container container, FileMetadata metadata, Map<String, String> options, Notes notes) {
    this.container = container;
    this.rules = container.tags();
    this.metadata = metadata;
    this.options = new LinkedHashMap<>(options);
    this.notes = notes;
  }

  /**
   * Chooses the tags of a container.
   *
   * @param options the caller's muxer options
   * @param notes receives what is not stored
   * @throws IllegalArgumentException if a tag would break the file
   */
  static FileTags choose(
      Container container,
      FileMetadata metadata,
      List<MuxStream> streams,
      Map<String, String> options,
      Notes notes) {
    FileTags chosen = new FileTags(container, metadata, options, notes);
    chosen.tags(streams);
    Instant time = metadata.creationTime();
    if (time != null) {
      chosen.creationTime(time);
    }
    if (!metadata.chapters().isEmpty()) {
      chosen.rules.chapterOptions().forEach(chosen.options::putIfAbsent);
    }
    return chosen;
  }

  /** Returns the tags. */
  Map<String, String> entries() {
    return entries;
  }

  /** Returns the caller's options and those that the metadata require. */
  Map<String, String> options() {
    return options;
  }

  private void tags(List<MuxStream> streams) {
    boolean anyKey = storesAnyKey();
    for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
      String key = tag.getKey();
      TagLimits.checkKey(container, key);
      TagLimits.check(container, "metadata " + key, tag.getValue());
      if (key.equalsIgnoreCase(ENCODER)) {
        notes.add(notStored(key) + "the muxer writes a name of its own there");
        continue;
      }
      String stored = rules.storedKey(key);
      if (!stored.equals(key) && has(stored)) {
        notes.add(notStored(key) + container + " stores it as " + stored + ", which is set too");
        continue;
      }
      entries.put(key, tag.getValue());
      if (!anyKey && !rules.stores(key, tag.getValue())) {
        notes.add(notStored(key) + reason(key));
      } else if (!stored.equals(key)) {
        notes.add("metadata " + key + " is stored as " + stored);
      }
      if (rules.hidesFileTags()) {
        reportHidden(key, tag.getValue(), streams);
      }
    }
  }

  private boolean has(String key) {
    return metadata.tags().keySet().stream().anyMatch(key::equalsIgnoreCase);
  }

  /** Returns whether the muxer has been told to store every key. */
  private boolean storesAnyKey() {
    List<String> homeless = new ArrayList<>();
    for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
      String key = tag.getKey();
      if (!key.equalsIgnoreCase(ENCODER) && !rules.stores(key, tag.getValue())) {
        homeless.add(key);
      }
    }
    boolean loseCover = metadata.cover() != null && rules.ownKeysLoseAnyCover();
    if (homeless.isEmpty() || rules.ownKeyOptions().isEmpty() || loseCover) {
      return false;
    }
    for (Map.Entry<String, String> option : rules.ownKeyOptions().entrySet()) {
      String own = options.get(option.getKey());
      String value = option.getValue();
      if (own != null && !value.startsWith("+") && !own.equals(value)) {
        return false;
      }
      if (own != null && own.contains("-" + value.substring(1))) {
        return false;
      }
      options.put(option.getKey(), own == null || !value.startsWith("+") ? value : own + value);
      if (value.startsWith("+")) {
        notes.add(
            "metadata is stored in the form that has room for "
                + String.join(", ", homeless)
                + " ("
                + option.getKey()
                + " "
                + value
                + "); some players read no title or artist in it");
      }
    }
    return true;
  }

  private String reason(String key) {
    if (rules.ownKeysLoseAnyCover() && metadata.cover() != null) {
      return container + " stores own tags or a cover, not both";
    }
    if (rules.keys().contains(key)) {
      return container + " stores other values there";
    }
    if (rules.keys().isEmpty()) {
      return container + " is not known to have a place for it";
    }
    return container + " stores " + String.join(", ", rules.keys());
  }

  /** In Ogg, tags belong to streams; those of the container are given to each. */
  private void reportHidden(String key, String value, List<MuxStream> streams) {
    for (MuxStream stream : streams) {
      String own =
          key.equalsIgnoreCase("title")
              ? stream.title().orElse("")
              : stream.metadata().entrySet().stream()
                  .filter(tag -> tag.getKey().equalsIgnoreCase(key))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElse("");
      if (!own.isEmpty() && !own.equals(value)) {
        notes.add(
            notStored(key)
                + "in "
                + container
                + " it belongs to a stream, and "
                + stream.label()
                + " has its own");
      }
    }
  }

  private void creationTime(Instant time) {
    if (!rules.storesCreationTime()) {
      notes.add("creationTime is not stored: " + container + " has no place for it");
      return;
    }
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);
    entries.put(CREATION_TIME, micros.toString());
    if (!rules.countsWholeSeconds()) {
      return;
    }
    if (time.equals(Instant.EPOCH)) {
      notes.add("creationTime " + time + " is not stored: the muxer treats it as no time");
    } else if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
      notes.add("creationTime " + time + " is stored as " + time.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  static String notStored(String key) {
    return "metadata " + key + " is not stored: ";
  }
}
