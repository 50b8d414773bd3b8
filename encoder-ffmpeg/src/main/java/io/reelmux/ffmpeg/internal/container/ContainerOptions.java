package io.reelmux.ffmpeg.internal.container;

import io.reelmux.ContainerMode;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the muxer options for a container mode and a kind of destination. docs/decisions explains
 * the numbers and pitfalls.
 */
public final class ContainerOptions {

  /** The most that a killed process loses. */
  private static final String FRAGMENT_MICROS = "1000000";

  private static final String CLUSTER_MILLIS = "1000";

  /** Breaks a crash-safe file: when finished, it has no ftyp box and loses samples. */
  private static final String DELAY_MOOV = "delay_moov";

  private final Container container;
  private final ContainerMode mode;
  private final boolean seekable;
  private final boolean readable;
  private final Notes notes;
  private boolean readsBack;

  /**
   * Chooses the mode.
   *
   * @param variableFrameRate whether frames have times of their own: then the last frame of a
   *     fragment lasts until the next frame, whose time is not known when the fragment is cut
   * @param notes receives what is unusual about the output
   * @throws IllegalArgumentException if container, mode and destination do not match
   */
  public ContainerOptions(
      Container container,
      @Nullable ContainerMode wanted,
      Access access,
      boolean variableFrameRate,
      Notes notes) {
    this.container = container;
    this.notes = notes;
    ContainerMode fitting = mode(container, wanted, access);
    if (variableFrameRate && container.isMov() && fitting == ContainerMode.CRASH_SAFE) {
      fitting = variableFrameRateMode(wanted);
    }
    this.mode = fitting;
    this.seekable = access.seekable();
    this.readable = access == Access.SEEK_AND_READ;
    this.readsBack = mode == ContainerMode.FAST_START;
    if (!access.seekable()) {
      appendOnly(wanted);
    }
  }

  private static ContainerMode mode(
      Container container, @Nullable ContainerMode wanted, Access access) {
    ContainerMode mode = wanted == null ? ContainerMode.CRASH_SAFE : wanted;
    boolean movOnly = mode == ContainerMode.FAST_START || mode == ContainerMode.FRAGMENTED;
    if (movOnly && !container.isMov()) {
      throw new IllegalArgumentException(
          "ContainerMode.%s requires mp4, mov or m4a, not %s".formatted(mode, container));
    }
    if (mode == ContainerMode.FAST_START && access != Access.SEEK_AND_READ) {
      throw new IllegalArgumentException(
          "ContainerMode.FAST_START requires a destination that can seek and be read: a file, a"
              + " readable SeekableByteChannel or a ByteArrayOutput");
    }
    if (container.isMov() && !access.seekable()) {
      if (wanted == ContainerMode.PLAIN) {
        throw new IllegalArgumentException(
            "ContainerMode.PLAIN requires a destination that can seek for " + container);
      }
      return ContainerMode.FRAGMENTED;
    }
    return mode;
  }

  private ContainerMode variableFrameRateMode(@Nullable ContainerMode wanted) {
    if (wanted != null) {
      throw new IllegalArgumentException(
          "ContainerMode.CRASH_SAFE does not support variableFrameRate in "
              + container
              + ": choose FRAGMENTED or PLAIN, or mkv");
    }
    notes.add(
        "the "
            + container
            + " has a variable frame rate and cannot be played before it is finished");
    return ContainerMode.PLAIN;
  }

  private void appendOnly(@Nullable ContainerMode wanted) {
    if (container.mustSeek()) {
      throw new IllegalArgumentException(
          "container '%s' requires a destination that can seek: use openFile, a SeekableByteChannel or a SeekableOutputStream, or a container that needs no seeking (mkv, ts, mp4)"
              .formatted(container));
    }
    Optional<String> lacks = container.lacksWithoutSeek();
    if (lacks.isPresent()) {
      notes.add("the " + container + " was written without seeking: " + lacks.get());
    } else if (container.isMov() && wanted != ContainerMode.FRAGMENTED) {
      notes.add("the " + container + " is fragmented, because its destination cannot seek");
    }
  }

  /** Returns whether finishing the file rewrites it as an unfragmented one. */
  public boolean rebuildsAtEnd() {
    return container.isMov() && mode == ContainerMode.CRASH_SAFE;
  }

  /** Returns whether what describes the file is written with its trailer. */
  public boolean writesIndexAtEnd() {
    return seekable && !isFragmented();
  }

  /** Returns whether the muxer writes fragments, even if finishing the file rewrites it. */
  public boolean isFragmented() {
    return rebuildsAtEnd() || mode == ContainerMode.FRAGMENTED;
  }

  /** Returns whether the file stays fragmented. */
  public boolean staysFragmented() {
    return mode == ContainerMode.FRAGMENTED;
  }

  /** Returns whether the muxer reads its own output back. */
  public boolean readsBack() {
    return readsBack;
  }

  /**
   * Returns the options to set, the caller's included.
   *
   * @param codecs names of the codecs in the container
   * @throws IllegalArgumentException if the caller's options contradict the mode
   */
  public Map<String, String> options(Map<String, String> own, Set<String> codecs) {
    Map<String, String> all = new LinkedHashMap<>();
    checkMovesData(own);
    if (container.isMov()) {
      Set<String> flags = movFlags(codecs);
      String ownFlags = own.get("movflags");
      all.put("movflags", ownFlags == null ? join(flags) : merge(flags, ownFlags));
      if (mode == ContainerMode.CRASH_SAFE) {
        all.put("use_editlist", "1");
      } else if (mode == ContainerMode.FRAGMENTED) {
        all.put("frag_duration", FRAGMENT_MICROS);
      }
    } else if (container.isMatroska() && mode == ContainerMode.CRASH_SAFE) {
      all.put("cluster_time_limit", CLUSTER_MILLIS);
    }
    own.forEach(
        (name, value) -> {
          if (!name.equals("movflags") || !container.isMov()) {
            all.put(name, value);
          }
        });
    if (all.getOrDefault("movflags", " ").isEmpty()) {
      all.remove("movflags");
    }
    return all;
  }

  /** Checks options that, like faststart, put an index before the data at the end. */
  private void checkMovesData(Map<String, String> own) {
    Optional<String> option = container.indexMover(own);
    if (option.isEmpty()) {
      return;
    }
    if (!readable) {
      throw new IllegalArgumentException(
          "muxer option '%s' requires a destination that can seek and be read: a file or a readable SeekableByteChannel"
              .formatted(option.get()));
    }
    readsBack = true;
  }

  private Set<String> movFlags(Set<String> codecs) {
    Set<String> flags = new LinkedHashSet<>();
    boolean needsSamples = container.indexNeedsSamplesOf(codecs);
    switch (mode) {
      case CRASH_SAFE -> {
        flags.add("hybrid_fragmented");
        if (!needsSamples) {
          flags.add("empty_moov");
        }
      }
      case FRAGMENTED -> {
        flags.add(needsSamples ? DELAY_MOOV : "empty_moov");
        flags.add("default_base_moof");
      }
      case FAST_START -> flags.add("faststart");
      case PLAIN -> {}
    }
    return flags;
  }

  private static String join(Set<String> flags) {
    StringBuilder text = new StringBuilder();
    flags.forEach(flag -> text.append('+').append(flag));
    return text.toString();
  }

  /** Adds the caller's flags to the mode's. */
  private String merge(Set<String> flags, String own) {
    for (String token : own.split("(?=[+-])", -1)) {
      String name = token.replaceFirst("^[+-]", "");
      boolean removes = token.startsWith("-");
      if (contradicts(flags, name, removes)) {
        throw new IllegalArgumentException(
            "movflags '%s' contradicts ContainerMode.%s, which means '%s'; choose another mode with Encoder.Builder.container"
                .formatted(own, mode, join(flags)));
      }
    }
    boolean signed = own.startsWith("+") || own.startsWith("-");
    return join(flags) + (signed ? own : "+" + own);
  }

  private boolean contradicts(Set<String> flags, String name, boolean removes) {
    if (removes) {
      return flags.contains(name);
    }
    boolean fragments =
        Set.of(
                "hybrid_fragmented",
                "empty_moov",
                "frag_keyframe",
                "frag_every_frame",
                "frag_custom")
            .contains(name);
    return switch (mode) {
      case CRASH_SAFE -> name.equals("faststart") || name.equals(DELAY_MOOV);
      case FRAGMENTED -> name.equals("faststart") || name.equals("hybrid_fragmented");
      case FAST_START, PLAIN -> fragments || (name.equals("faststart") && !flags.contains(name));
    };
  }
}
