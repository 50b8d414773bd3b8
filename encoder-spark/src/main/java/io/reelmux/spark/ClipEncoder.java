package io.reelmux.spark;

import java.io.Serializable;

/**
 * Turns an element of an RDD into a media file. It is serialized to the executors, where one
 * instance may encode several clips at once, each on the thread of its task.
 *
 * <p>Both methods must give the same for the same element, because Spark repeats tasks: those that
 * fail, those whose executor is lost, and with speculation those that are slow.
 *
 * @param <T> the type of the elements
 */
public interface ClipEncoder<T> extends Serializable {

  /**
   * Names the file of a clip.
   *
   * @param clip the element
   * @return the path of the file, relative to the directory of all clips; its extension chooses the
   *     container. No other clip has it, and no part of it begins with {@code _} or a dot
   * @throws Exception if it has none: then no clip is encoded
   */
  String name(T clip) throws Exception;

  /**
   * Encodes a clip. A clip is small enough to be encoded by one task; a task that is killed cancels
   * the encoder that was opened.
   *
   * @param clip the element
   * @param output opens the file, once
   * @throws Exception if the clip cannot be encoded
   */
  void encode(T clip, ClipOutput output) throws Exception;
}
