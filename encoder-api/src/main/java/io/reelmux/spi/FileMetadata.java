package io.reelmux.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container says of itself.
 *
 * @param tags the tags, in the order in which they are written; no value is empty
 * @param creationTime the time of creation, or null
 * @param chapters the chapters, in order
 * @param cover the cover, or null
 * @param attachments the attached files, in order
 */
public record FileMetadata(
    Map<String, String> tags,
    @Nullable Instant creationTime,
    List<Chapter> chapters,
    @Nullable CoverImage cover,
    List<Attachment> attachments) {

  /** Nothing at all. */
  public static final FileMetadata NONE = ofTags(Map.of());

  /** Copies the collections; the map keeps its order. */
  public FileMetadata {
    // unlike Map.copyOf, whose order differs from one JVM to the next
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    chapters = List.copyOf(chapters);
    attachments = List.copyOf(attachments);
  }

  /**
   * Returns metadata of tags only.
   *
   * @param tags the tags
   * @return the metadata
   */
  public static FileMetadata ofTags(Map<String, String> tags) {
    return new FileMetadata(tags, null, List.of(), null, List.of());
  }

  /**
   * Returns all but the chapters, whose times count from a start that a file may not have.
   *
   * @return the metadata
   */
  public FileMetadata withoutChapters() {
    return new FileMetadata(tags, creationTime, List.of(), cover, attachments);
  }
}
