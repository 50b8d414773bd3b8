package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.spi.FileMetadata;
import java.util.ArrayList;
import java.util.List;

/** Reports the metadata of the file where an output has no place for it. */
public final class UnstoredMetadata {

  private UnstoredMetadata() {}

  /**
   * Reports all that there is.
   *
   * @param output what has no place for it, as in {@code packets}
   */
  public static void note(FileMetadata metadata, String output, Notes notes) {
    List<String> names = new ArrayList<>();
    metadata.tags().keySet().forEach(name -> names.add("metadata " + name));
    if (metadata.creationTime() != null) {
      names.add("creationTime");
    }
    if (!metadata.chapters().isEmpty()) {
      names.add("the chapters");
    }
    if (metadata.cover() != null) {
      names.add("the cover");
    }
    if (!metadata.attachments().isEmpty()) {
      names.add("the attachments");
    }
    if (!names.isEmpty()) {
      notes.add(
          "not stored: " + String.join(", ", names) + "; " + output + " have no place for it");
    }
  }
}
