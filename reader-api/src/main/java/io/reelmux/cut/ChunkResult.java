package io.reelmux.cut;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What was encoded of a chunk, and where it is.
 *
 * @param chunk the chunk
 * @param location the file or another name of the place, as the program knows it
 * @param packets the number of packets, which is that of the frames
 * @param bytes the size of the file in bytes
 * @param sha256 the SHA-256 sum of the file in hexadecimal digits
 * @param parameterSets the parameter sets that the packets are decoded with, in hexadecimal digits
 * @param settings the settings that it was encoded with, by their names
 * @param source what tells its video from others; empty if that is not known
 * @param backend the name, version and license of the native library that was used
 * @param notes anything unexpected of the encoding, which the notes of the joined video repeat
 */
public record ChunkResult(
    Chunk chunk,
    String location,
    long packets,
    long bytes,
    String sha256,
    List<String> parameterSets,
    Map<String, String> settings,
    String source,
    String backend,
    List<String> notes)
    implements Serializable {

  /** Copies the collections. */
  public ChunkResult {
    parameterSets = List.copyOf(parameterSets);
    settings = Map.copyOf(settings);
    notes = List.copyOf(notes);
  }

  /**
   * Returns the same result at another place, such as a file that has been renamed.
   *
   * @param newLocation the place
   * @return the result
   */
  public ChunkResult withLocation(String newLocation) {
    return new ChunkResult(
        chunk,
        newLocation,
        packets,
        bytes,
        sha256,
        parameterSets,
        settings,
        source,
        backend,
        notes);
  }
}
