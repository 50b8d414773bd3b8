package io.reelmux.ffmpeg.internal.container;

import io.reelmux.ContainerMode;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the muxer options for a container mode and a kind of destination. docs/decisions explains
 * the numbers and pitfalls.
 */
public final class ContainerOptions {

  private static final String CLUSTER_MILLIS = "1000";
  private static final int MILLIS = 1000;

  /** Breaks a crash-safe file: when finished, it has no ftyp box and loses samples. */
  private static final String DELAY_MOOV = "delay_moov";

  private static final String EMPTY_MOOV = "empty_moov";
  private static final String FRAG_CUSTOM = "frag_custom";
  private static final String FRAG_DISCONT = "frag_discont";

  private final Container container;
  private final ContainerMode mode;
  private final boolean seekable;
  private final boolean readable;
  private final Notes notes;
  private boolean readsBack;
  private boolean editLists;

  /** The flags that the muxer is given. */
  private Set<String> movFlags = Set.of();

  /**
   * Chooses the mode.
   *
   * @param notes receives what is unusual about the output
   * @throws IllegalArgumentException if container, mode and destination do not match
   */
  public ContainerOptions(
      Container container, @Nullable ContainerMode wanted, Access access, Notes notes) {
    this.container = container;
    this.notes = notes;
    this.mode = mode(container, wanted, access);
    this.seekable = access.seekable();
    this.readable = access == Access.SEEK_AND_READ;
    this.readsBack = mode == ContainerMode.FAST_START;
    Optional<String> why = container.statesNothing();
    if (why.isPresent()) {
      notes.add(container + " states nothing of its streams: " + why.get());
    }
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
    return seekable && !fragments();
  }

  /** Returns whether the file stays fragmented. */
  public boolean staysFragmented() {
    return mode == ContainerMode.FRAGMENTED;
  }

  /** Returns whether we cut the output into fragments. */
  public boolean fragments() {
    return container.isMov()
        && (mode == ContainerMode.CRASH_SAFE || mode == ContainerMode.FRAGMENTED);
  }

  /** Returns whether the header has an index without samples, to which edit lists are added. */
  public boolean completesHeader() {
    return fragments() && startsWithIndex() && editLists;
  }

  /** Returns whether the header has an index; otherwise the first fragment brings it. */
  public boolean startsWithIndex() {
    return movFlags.contains(EMPTY_MOOV) && !delaysIndex();
  }

  /** Returns whether the first cut writes an index, and the second one the first fragment. */
  public boolean delaysIndex() {
    return movFlags.contains(DELAY_MOOV);
  }

  /** Returns whether fragments state times from the start of the file, not of their stream. */
  public boolean absoluteFragments() {
    return movFlags.contains(FRAG_DISCONT);
  }

  /** Returns whether a frame may be presented before it is decoded. */
  public boolean negativeOffsets() {
    return movFlags.contains("negative_cts_offsets") || movFlags.contains("cmaf");
  }

  /** Returns whether the muxer reads its own output back. */
  public boolean readsBack() {
    return readsBack;
  }

  /**
   * Returns the options to set, the caller's included.
   *
   * @param codecs names of the codecs in the container
   * @param movieTimescale multiples of it are the unit of delays in an MP4
   * @throws IllegalArgumentException if the caller's options contradict the mode
   */
  public Map<String, String> options(
      Map<String, String> own, Set<String> codecs, int movieTimescale) {
    Map<String, String> all = new LinkedHashMap<>();
    checkMovesData(own);
    if (container.isMov()) {
      String ownFlags = own.getOrDefault("movflags", "");
      Set<String> flags = modeFlags(codecs, ownFlags);
      all.put("movflags", ownFlags.isEmpty() ? join(flags) : merge(flags, ownFlags));
      movFlags = names(all.get("movflags"));
      if (fragments()) {
        all.put("use_editlist", "1");
      }
      if (movieTimescale > 1) {
        all.put("movie_timescale", Integer.toString(timescale(movieTimescale)));
      }
    } else if (container.isMatroska() && mode == ContainerMode.CRASH_SAFE) {
      all.put("cluster_time_limit", CLUSTER_MILLIS);
    }
    all.putAll(container.muxerDefaults());
    for (Map.Entry<String, String> option : own.entrySet()) {
      if (!option.getKey().equals("movflags") || !container.isMov()) {
        all.put(option.getKey(), option.getValue());
      }
    }
    if (all.getOrDefault("movflags", " ").isEmpty()) {
      all.remove("movflags");
    }
    editLists = all.getOrDefault("use_editlist", "").equals("1");
    return all;
  }

  /** A unit that also expresses milliseconds, the muxer's own, if 32 bits can hold it. */
  private static int timescale(int wanted) {
    long scale = wanted % MILLIS == 0 ? wanted : (long) wanted * MILLIS;
    return scale <= Integer.MAX_VALUE ? (int) scale : wanted;
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

  private Set<String> modeFlags(Set<String> codecs, String ownFlags) {
    Set<String> flags = new LinkedHashSet<>();
    boolean needsSamples = container.indexNeedsSamplesOf(codecs);
    switch (mode) {
      case CRASH_SAFE -> {
        flags.add("hybrid_fragmented");
        if (!needsSamples) {
          flags.add(EMPTY_MOOV);
        }
      }
      case FRAGMENTED -> {
        flags.add(FRAG_CUSTOM);
        flags.add("default_base_moof");
        if (needsSamples || names(ownFlags).contains(DELAY_MOOV)) {
          flags.add(DELAY_MOOV);
        } else {
          flags.add(EMPTY_MOOV);
          flags.add(FRAG_DISCONT);
        }
      }
      case FAST_START -> flags.add("faststart");
      case PLAIN -> {}
    }
    return flags;
  }

  private static Set<String> names(String flags) {
    return Set.copyOf(List.of(flags.split("[+-]", -1)));
  }

  private static String join(Set<String> flags) {
    StringBuilder text = new StringBuilder();
    for (String flag : flags) {
      text.append('+').append(flag);
    }
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
        Set.of("hybrid_fragmented", EMPTY_MOOV, "frag_keyframe", "frag_every_frame", FRAG_CUSTOM)
            .contains(name);
    return switch (mode) {
      case CRASH_SAFE -> name.equals("faststart") || name.equals(DELAY_MOOV);
      case FRAGMENTED -> name.equals("faststart") || name.equals("hybrid_fragmented");
      case FAST_START, PLAIN -> fragments || (name.equals("faststart") && !flags.contains(name));
    };
  }
}
