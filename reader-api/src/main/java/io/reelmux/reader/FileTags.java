package io.reelmux.reader;

import io.reelmux.Encoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies the tags and chapters of a file. */
final class FileTags {

  /** Of the old container; the new one has its own. */
  private static final Set<String> OBSOLETE =
      Set.of("major_brand", "minor_version", "compatible_brands", "encoder", "creation_time");

  private FileTags() {}

  /** Copies what is within the part; chapters count from its start. */
  static void copy(MediaInfo info, Feed.Part part, Encoder.Builder settings, List<String> notes) {
    for (Map.Entry<String, String> tag : info.tags().entrySet()) {
      String key = tag.getKey();
      if (OBSOLETE.contains(key.toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (key.isBlank() || !StreamTags.isText(key) || !StreamTags.isText(tag.getValue())) {
        notes.add("a tag of the input has been left out: it is not text");
      } else {
        settings.metadata(key, tag.getValue());
      }
    }
    copyChapters(info, part, settings, notes);
  }

  private static void copyChapters(
      MediaInfo info, Feed.Part part, Encoder.Builder settings, List<String> notes) {
    Duration last = Duration.ofMillis(-1);
    for (Chapter chapter : info.chapters()) {
      Duration start = part.output(chapter.start());
      boolean within = !part.isAfter(chapter.start()) && chapter.end().compareTo(part.from()) > 0;
      String title = chapter.title().filter(StreamTags::isText).orElse("");
      if (within && !title.isBlank() && start.toMillis() > last.toMillis()) {
        settings.chapter(start, title);
        last = start;
      } else {
        notes.add(
            "the chapter at "
                + chapter.start()
                + " has been left out: it is not in the part, or has no title or no time of its"
                + " own");
      }
    }
  }
}
