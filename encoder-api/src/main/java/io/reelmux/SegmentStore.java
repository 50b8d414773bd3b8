package io.reelmux;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Where the segments and playlists of a presentation are kept: a directory, memory, or an object
 * store of the caller's.
 *
 * <p><b>Order.</b> A player that reads the store at any time finds everything that a playlist
 * names. Objects are committed in this order: the init segment before the first segment of its
 * stream, a segment or part before the playlist that names it, the media playlists before the main
 * one, and segments before the DASH manifest that makes them available. An object is deleted after
 * the playlists without it have been committed. With {@link SegmentOptions#parts}, playlists and
 * manifests also announce what will follow, to a store that {@link #holdsRequests holds requests}.
 *
 * <p><b>Threads.</b> One thread at a time calls a store, on the thread of its output. Several
 * entries may be open at once.
 *
 * <p><b>Errors.</b> What a store throws ends its output, and is thrown unchanged. Open entries are
 * then closed without a commit, and nothing is created or deleted anymore.
 */
public interface SegmentStore {

  /**
   * Begins an object. It stays invisible until {@link Entry#commit}; if there is one with this name
   * already, such as the previous version of a playlist, that one stays visible until then. Only a
   * store that {@link #holdsRequests holds requests} sends a segment before, while it is written.
   *
   * @param name relative, with {@code /} between directories; {@link #checkName} accepts it
   * @param info what the object is
   * @return the object, which is open
   * @throws IOException if it cannot be created
   */
  Entry create(String name, SegmentInfo info) throws IOException;

  /**
   * Deletes an object that no playlist names anymore.
   *
   * @param name an object that has been committed
   * @throws IOException if it cannot be deleted
   */
  void delete(String name) throws IOException;

  /**
   * What a playlist or manifest {@link SegmentInfo#announced announces} will not come, and it will
   * not be written again: the encoder was canceled, or its output has failed. Called after the last
   * call for the objects of the output, once for each that announces anything. A store that {@link
   * #holdsRequests holds requests} answers those that wait for it.
   *
   * @param name the playlist or manifest, which has been committed and remains
   */
  default void abandon(String name) {}

  /**
   * Returns whether clients can ask this store for objects that do not exist yet, which {@link
   * SegmentOptions#parts} requires: players with low latency do. Such a store
   *
   * <ul>
   *   <li>holds a request for what a playlist or manifest announces ({@link SegmentInfo#announced})
   *       until it is there, or the announcement is {@linkplain #abandon abandoned};
   *   <li>holds a request for an HLS playlist with {@code _HLS_msn} and {@code _HLS_part} as the
   *       second edition of RFC 8216 describes;
   *   <li>for DASH, sends the bytes of a segment as they are written. If it sends them after the
   *       commit instead, players work, but are a segment later;
   *   <li>for DASH, answers a request for the manifest with the query {@code _time} with its time,
   *       such as {@code 2026-01-02T12:00:00.125Z}.
   * </ul>
   *
   * @return false by default; true for {@link LiveStore}
   */
  default boolean holdsRequests() {
    return false;
  }

  /** An object that is being written. Used by one thread at a time. */
  interface Entry extends Closeable {

    /**
     * Appends bytes.
     *
     * @param bytes all remaining bytes are written; valid until the method returns
     * @throws IOException if they cannot be written
     */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Makes the object visible as a whole, in place of an earlier one with its name. Called at most
     * once, and followed only by {@link #close}.
     *
     * @throws IOException if it cannot be made visible; the object is then as if never begun
     */
    void commit() throws IOException;

    /** Ends the work on the object; without a commit it is dropped. A second call does nothing. */
    @Override
    void close() throws IOException;
  }

  /**
   * Returns a store in a directory, which is created if necessary. An entry is written to a
   * temporary file beside its place, whose name begins with a dot and ends in {@code .tmp}, and
   * moved there atomically. The store never leaves the directory, not even through symbolic links
   * in it. An encoder is not opened while another one of this process writes into the directory.
   *
   * @param directory the directory
   * @return the store
   */
  static SegmentStore directory(Path directory) {
    return new DirectoryStore(directory);
  }

  /**
   * Checks that a name is safe in every store: relative, not empty, without {@code .} or {@code ..}
   * as a part, a trailing or doubled {@code /}, a backslash, a colon, or control characters.
   *
   * @param name the name
   * @return the name
   * @throws IllegalArgumentException if it is not
   */
  static String checkName(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "name '%s' must be relative: names separated by single '/', none of them '.' or '..'"
                .formatted(name));
      }
    }
    if (name.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "name '%s' must not contain a backslash, a colon or a control character"
              .formatted(name.replaceAll("\\p{Cntrl}", "?")));
    }
    return name;
  }
}
