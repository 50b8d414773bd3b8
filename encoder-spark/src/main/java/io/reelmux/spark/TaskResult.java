package io.reelmux.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a task reports to the driver.
 *
 * @param clips those of its partition, in order
 */
record TaskResult(List<Clip> clips) implements Serializable {

  /**
   * A clip.
   *
   * @param attempt the name of the file that the task has written
   * @param result what is in it
   */
  record Clip(String attempt, ClipResult result) implements Serializable {}

  TaskResult {
    clips = List.copyOf(clips);
  }
}
