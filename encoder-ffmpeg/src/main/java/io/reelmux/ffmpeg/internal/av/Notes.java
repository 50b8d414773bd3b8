package io.reelmux.ffmpeg.internal.av;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the result of an encoding reports beyond its numbers: everything that was asked for and
 * written differently. Each note is kept once. Thread-safe.
 */
public final class Notes {
  private final Set<String> all;

  /** The notes of outputs, by name. */
  private final Map<String, Notes> parts;

  private final String prefix;

  /** Receives the notes as well, or null. */
  private final @Nullable Notes wider;

  /** Creates an empty list of notes. */
  public Notes() {
    this(newSet(), new ConcurrentHashMap<>(), "", null);
  }

  private Notes(Set<String> all, Map<String, Notes> parts, String prefix, @Nullable Notes wider) {
    this.all = all;
    this.parts = parts;
    this.prefix = prefix;
    this.wider = wider;
  }

  private static Set<String> newSet() {
    return Collections.synchronizedSet(new LinkedHashSet<>());
  }

  /** Returns the notes of the only output, which are added to these as well. */
  public Notes alone() {
    return new Notes(newSet(), new ConcurrentHashMap<>(), "", this);
  }

  /**
   * Returns the notes of an output, which are added to these as well, behind its name.
   *
   * @param output the name, for which there is one object
   */
  public Notes part(String output) {
    return parts.computeIfAbsent(
        output,
        name ->
            new Notes(
                newSet(),
                new ConcurrentHashMap<>(),
                "",
                new Notes(all, parts, name + ": ", wider)));
  }

  /** Returns a view that adds the notes of a stream to those of an output; empty for this view. */
  public Notes in(Optional<String> output) {
    return output.isPresent() ? part(output.get()).prefixed(prefix) : this;
  }

  /** Returns a view that puts the label of a stream before each note. */
  public Notes of(String label) {
    return prefixed(label + ": ");
  }

  private Notes prefixed(String more) {
    return new Notes(all, parts, prefix + more, wider == null ? null : wider.prefixed(more));
  }

  /** Adds a note, unless there is one like it. */
  public void add(String note) {
    all.add(prefix + note);
    if (wider != null) {
      wider.add(note);
    }
  }

  /** Takes back all notes, which are dropped from the wider ones as well. */
  public void withdraw() {
    List<String> own = list();
    own.forEach(this::remove);
  }

  private void remove(String note) {
    all.remove(prefix + note);
    if (wider != null) {
      wider.remove(note);
    }
  }

  /** Drops all notes but these: those on an attempt that was given up. */
  public void keep(List<String> notes) {
    synchronized (all) {
      all.retainAll(notes);
    }
    parts.forEach(
        (name, part) -> {
          synchronized (part.all) {
            part.all.removeIf(note -> !notes.contains(name + ": " + note));
          }
        });
  }

  /** Returns the notes of all streams, in the order in which they were added. */
  public List<String> list() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
