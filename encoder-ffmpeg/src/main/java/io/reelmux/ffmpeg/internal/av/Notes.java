package io.reelmux.ffmpeg.internal.av;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the result of an encoding reports beyond its numbers: everything that was asked for and
 * written differently. Each note is kept once. Thread-safe.
 */
public final class Notes {
  private final Set<String> all;
  private final String prefix;

  /** Creates an empty list of notes. */
  public Notes() {
    this(Collections.synchronizedSet(new LinkedHashSet<>()), "");
  }

  private Notes(Set<String> all, String prefix) {
    this.all = all;
    this.prefix = prefix;
  }

  /** Returns a view that puts the label of a stream before each note. */
  public Notes of(String label) {
    return new Notes(all, label + ": ");
  }

  /** Adds a note, unless there is one like it. */
  public void add(String note) {
    all.add(prefix + note);
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
