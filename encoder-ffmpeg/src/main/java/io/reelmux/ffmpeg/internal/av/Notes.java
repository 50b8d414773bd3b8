package io.reelmux.ffmpeg.internal.av;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the result of an encoding reports beyond its numbers: everything that was asked for and
 * written differently. Each note is kept once. Thread-safe.
 */
public final class Notes {
  private final Set<String> all;
  private final String prefix;

  /** Receives the notes as well, or null. */
  private final @Nullable Notes wider;

  /** Creates an empty list of notes. */
  public Notes() {
    this(newSet(), "", null);
  }

  private Notes(Set<String> all, String prefix, @Nullable Notes wider) {
    this.all = all;
    this.prefix = prefix;
    this.wider = wider;
  }

  private static Set<String> newSet() {
    return Collections.synchronizedSet(new LinkedHashSet<>());
  }

  /**
   * Returns notes of their own whose notes are added to these as well.
   *
   * @param label is put before each note that is added to these; empty for nothing
   */
  public Notes part(String label) {
    return new Notes(newSet(), "", label.isEmpty() ? this : of(label));
  }

  /** Returns a view that puts the label of a stream before each note. */
  public Notes of(String label) {
    return new Notes(all, prefix + label + ": ", wider == null ? null : wider.of(label));
  }

  /** Adds a note, unless there is one like it. */
  public void add(String note) {
    all.add(prefix + note);
    if (wider != null) {
      wider.add(note);
    }
  }

  /** Drops all notes but these: those on an attempt that was given up. */
  public void keep(List<String> notes) {
    synchronized (all) {
      all.retainAll(notes);
    }
  }

  /** Returns the notes of all streams, in the order in which they were added. */
  public List<String> list() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
