package io.reelmux.ffmpeg.internal.mux;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.Disposition;
import io.reelmux.StreamKind;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TagRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses the tags of a stream, and reports what the container does not store of them. */
final class StreamTags {

  /** In MOV its length is a byte, which FFmpeg reads as a signed one. */
  private static final int MAX_HANDLER = 127;

  private final MuxStream stream;
  private final Container container;
  private final TagRules rules;
  private final Notes notes;
  private final Map<String, String> tags = new LinkedHashMap<>();

  private StreamTags(MuxStream stream, Container container, Notes notes) {
    this.stream = stream;
    this.container = container;
    this.rules = container.tags(stream.kind());
    this.notes = notes;
  }

  /**
   * Returns the tags to write.
   *
   * @param all the streams of the file, in order
   * @param stream one of them
   * @param notes receives what is not stored
   * @throws IllegalArgumentException if a tag would break the file
   */
  static Map<String, String> of(
      List<MuxStream> all, MuxStream stream, Container container, Notes notes) {
    StreamTags chosen = new StreamTags(stream, container, notes.of(stream.label()));
    if (stream.language().isPresent()) {
      chosen.language(stream.language().get());
    }
    if (!stream.title().orElse("").isEmpty()) {
      chosen.title(stream.title().get());
    }
    for (Map.Entry<String, String> tag : stream.metadata().entrySet()) {
      chosen.own(tag.getKey(), tag.getValue());
    }
    chosen.dispositions(isAssumed(all, stream) ? Set.of(Disposition.DEFAULT) : Set.of());
    return chosen.tags;
  }

  private void language(String code) {
    Optional<String> stored = LanguageCodes.alike(code).filter(rules::storesLanguage).findFirst();
    if (stored.isEmpty()) {
      notes.add("language " + code + " is not stored: " + container + " has no place for it");
      return;
    }
    tags.put("language", stored.get());
    if (!stored.get().equals(code)) {
      notes.add(
          "language " + code + " is stored as " + stored.get() + ", its other ISO 639-2 code");
    }
  }

  private void title(String text) {
    TagLimits.check(container, stream.label() + ": title", text);
    tags.put("title", text);
    boolean nameable = rules.storesTitleAsHandler() || text.getBytes(UTF_8).length <= MAX_HANDLER;
    if (container.isMov() && nameable) {
      // many players, and the programs of older FFmpeg, look for the title there
      tags.put("handler_name", text);
    }
    if (rules.storesStreamTitle()) {
      return;
    }
    if (rules.storesTitleAsHandler()) {
      notes.add(
          "title '"
              + text
              + "' is stored as the name of the handler: "
              + container
              + " has none for streams");
    } else {
      notes.add("title '" + text + "' is not stored: " + container + " has none for streams");
    }
  }

  private void own(String key, String value) {
    TagLimits.check(container, stream.label() + ": metadata " + key, value);
    TagLimits.checkKey(container, key);
    if (key.equalsIgnoreCase(FileTags.ENCODER)) {
      notes.add(FileTags.notStored(key) + "the muxer writes a name of its own there");
      return;
    }
    tags.put(key, value);
    if (!rules.storesStreamKeys()) {
      notes.add(FileTags.notStored(key) + container + " has no tags for streams");
    } else if (!rules.storedKey(key).equals(key)) {
      notes.add("metadata " + key + " is stored as " + rules.storedKey(key));
    }
  }

  /** Whether readers assume, where nothing says otherwise, that a stream is to be played. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isAssumed(List<MuxStream> all, MuxStream stream) {
    if (stream.kind() == StreamKind.SUBTITLE) {
      return false;
    }
    for (MuxStream other : all) {
      if (other.kind() == stream.kind()) {
        // two streams with the same settings are equal, and only one of them is the first
        return other == stream;
      }
    }
    return false;
  }

  private void dispositions(Set<Disposition> assumed) {
    Set<Disposition> lost = container.lost(stream.kind(), stream.dispositions());
    lost.removeAll(assumed);
    for (Disposition disposition : lost) {
      boolean known = rules.dispositions().contains(disposition);
      notes.add(
          "disposition "
              + disposition
              + " is not stored: "
              + container
              + (known ? " does not store it with the others" : " has none such"));
    }
  }
}
